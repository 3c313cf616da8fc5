// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioDeviceInfo;
import android.media.AudioManager;
import android.os.Build;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The microphones and speakers usable for calls. Android's device numbers change, so the IDs here
 * consist of stable parts: the kind, and for pluggable devices the product's name.
 */
final class AudioDevices {
    /** Android's preference in a call: worn devices come first. */
    private static final List<Integer> PLAYED = List.of(
            AudioDeviceInfo.TYPE_BLUETOOTH_SCO,
            AudioDeviceInfo.TYPE_BLE_HEADSET,
            AudioDeviceInfo.TYPE_HEARING_AID,
            AudioDeviceInfo.TYPE_WIRED_HEADSET,
            AudioDeviceInfo.TYPE_WIRED_HEADPHONES,
            AudioDeviceInfo.TYPE_USB_HEADSET,
            AudioDeviceInfo.TYPE_USB_DEVICE,
            AudioDeviceInfo.TYPE_BUILTIN_EARPIECE,
            AudioDeviceInfo.TYPE_BUILTIN_SPEAKER);

    private static final List<Integer> CAPTURED = List.of(
            AudioDeviceInfo.TYPE_BLUETOOTH_SCO,
            AudioDeviceInfo.TYPE_BLE_HEADSET,
            AudioDeviceInfo.TYPE_WIRED_HEADSET,
            AudioDeviceInfo.TYPE_USB_HEADSET,
            AudioDeviceInfo.TYPE_USB_DEVICE,
            AudioDeviceInfo.TYPE_BUILTIN_MIC);

    private static final Map<Integer, String> KINDS = Map.of(
            AudioDeviceInfo.TYPE_BLUETOOTH_SCO, "bluetooth",
            AudioDeviceInfo.TYPE_BLE_HEADSET, "bluetooth-le",
            AudioDeviceInfo.TYPE_HEARING_AID, "hearing-aid",
            AudioDeviceInfo.TYPE_WIRED_HEADSET, "headset",
            AudioDeviceInfo.TYPE_WIRED_HEADPHONES, "headphones",
            AudioDeviceInfo.TYPE_USB_HEADSET, "usb-headset",
            AudioDeviceInfo.TYPE_USB_DEVICE, "usb",
            AudioDeviceInfo.TYPE_BUILTIN_EARPIECE, "earpiece",
            AudioDeviceInfo.TYPE_BUILTIN_SPEAKER, "speaker",
            AudioDeviceInfo.TYPE_BUILTIN_MIC, "microphone");

    private static final List<Integer> NAMED = List.of(
            AudioDeviceInfo.TYPE_BLUETOOTH_SCO,
            AudioDeviceInfo.TYPE_BLE_HEADSET,
            AudioDeviceInfo.TYPE_HEARING_AID,
            AudioDeviceInfo.TYPE_USB_HEADSET,
            AudioDeviceInfo.TYPE_USB_DEVICE);

    private final AudioManager audio;

    AudioDevices(AudioManager audio) {
        this.audio = audio;
    }

    List<AudioDevice> all() {
        List<AudioDevice> devices = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            Map<String, AudioDeviceInfo> present = present(direction);
            String preferred = preferred(direction, present);
            present.forEach(
                    (id, info) -> devices.add(new AudioDevice(id, name(info), direction, id.equals(preferred))));
        }
        return devices;
    }

    /** Null if there is no such device now. */
    @Nullable
    AudioDeviceInfo find(Direction direction, String id) {
        return present(direction).get(id);
    }

    private Map<String, AudioDeviceInfo> present(Direction direction) {
        boolean playback = direction == Direction.PLAYBACK;
        List<Integer> usable = playback ? PLAYED : CAPTURED;
        Map<String, Integer> counts = new HashMap<>();
        Map<String, AudioDeviceInfo> present = new LinkedHashMap<>();
        for (AudioDeviceInfo info :
                audio.getDevices(playback ? AudioManager.GET_DEVICES_OUTPUTS : AudioManager.GET_DEVICES_INPUTS)) {
            if (usable.contains(info.getType())) {
                String id = id(info);
                int count = counts.merge(id, 1, Integer::sum);
                present.put(count == 1 ? id : id + "#" + count, info);
            }
        }
        return present;
    }

    private @Nullable String preferred(Direction direction, Map<String, AudioDeviceInfo> present) {
        if (direction == Direction.PLAYBACK && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            AudioDeviceInfo chosen = audio.getCommunicationDevice();
            if (chosen != null) {
                for (Map.Entry<String, AudioDeviceInfo> each : present.entrySet()) {
                    if (each.getValue().getId() == chosen.getId()
                            && each.getValue().getType() == chosen.getType()) {
                        return each.getKey();
                    }
                }
            }
        }
        for (int type : direction == Direction.PLAYBACK ? PLAYED : CAPTURED) {
            for (Map.Entry<String, AudioDeviceInfo> each : present.entrySet()) {
                if (each.getValue().getType() == type) {
                    return each.getKey();
                }
            }
        }
        return null;
    }

    private static String id(AudioDeviceInfo info) {
        return hasName(info) ? kind(info) + ":" + info.getProductName() : kind(info);
    }

    private static String name(AudioDeviceInfo info) {
        CharSequence product = hasName(info) ? info.getProductName() : "";
        return product.length() == 0 ? kind(info) : product.toString();
    }

    private static String kind(AudioDeviceInfo info) {
        return KINDS.getOrDefault(info.getType(), "device");
    }

    /**
     * Built-in devices and those with a plug have the phone's name, which an update of Android may
     * change.
     */
    private static boolean hasName(AudioDeviceInfo info) {
        return NAMED.contains(info.getType());
    }
}
