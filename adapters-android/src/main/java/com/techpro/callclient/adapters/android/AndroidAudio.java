// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.content.Context;
import android.content.pm.PackageManager;
import android.media.AudioDeviceInfo;
import android.media.AudioManager;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The audio port on {@code AudioRecord} and {@code AudioTrack}, configured for calls. Android
 * converts between the device's rate and the requested one. It moves a stream to another device by
 * itself when its own is unplugged, and one without a device ID when another device becomes the
 * default (AUD-12). Whether a stream returns to a chosen device that is connected again (AUD-13) is
 * Android's decision, too.
 *
 * <p>While a stream is open the device is in {@code MODE_IN_COMMUNICATION}, and other apps' audio
 * pauses. To choose where calls are heard, prefer {@link AndroidCallUi#route} to a device ID,
 * because Telecom also connects Bluetooth.
 */
public final class AndroidAudio implements AudioPort {
    private final Context context;
    private final AudioDevices devices;
    private final CallAudioMode mode;
    private volatile Consumer<AudioFocus> focus = change -> {};

    public AndroidAudio(Context context) {
        this.context = context.getApplicationContext();
        AudioManager audio = this.context.getSystemService(AudioManager.class);
        this.devices = new AudioDevices(audio);
        this.mode = new CallAudioMode(audio, change -> focus.accept(change));
    }

    /**
     * Sets a watcher for other apps' use of the audio. With {@link AndroidCallUi} nothing needs to
     * be done: Telecom takes the focus for calls as well and makes the engine hold ours. An app
     * without it holds its calls when it loses the audio.
     *
     * @param watcher called on the main thread while a stream is open; replaces the previous one
     */
    public void watchFocus(Consumer<AudioFocus> watcher) {
        focus = watcher;
    }

    @Override
    public List<AudioDevice> devices() {
        return devices.all();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        PcmDevice.Opener opener = () -> {
            if (context.checkSelfPermission(Manifest.permission.RECORD_AUDIO) != PackageManager.PERMISSION_GRANTED) {
                throw new AudioUnavailableException(Reason.NOT_PERMITTED, "the microphone is not allowed");
            }
            return CapturedDevice.open(
                    chosen(Direction.CAPTURE, deviceId), format.sampleRate(), format.samplesPerFrame());
        };
        return start(opener, deviceId, Direction.CAPTURE, format, sink::captured, listener);
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        PcmDevice.Opener opener = () ->
                PlayedDevice.open(chosen(Direction.PLAYBACK, deviceId), format.sampleRate(), format.samplesPerFrame());
        return start(opener, deviceId, Direction.PLAYBACK, format, source::fill, listener);
    }

    private AudioStream start(
            PcmDevice.Opener opener,
            @Nullable String deviceId,
            Direction direction,
            AudioFormat format,
            Consumer<short[]> frames,
            AudioStreamListener listener)
            throws AudioUnavailableException {
        if (deviceId != null && devices.find(direction, deviceId) == null) {
            throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, "there is no such device");
        }
        mode.enter(); // before the device is opened, because its tuning depends on the mode
        PcmDevice opened;
        try {
            opened = opener.open();
        } catch (AudioUnavailableException | RuntimeException e) {
            mode.leave();
            throw e;
        }
        return new PcmStream(
                opened,
                opener,
                direction == Direction.CAPTURE,
                format.samplesPerFrame(),
                frames,
                listener,
                mode::leave);
    }

    /** Null lets Android choose, also if a device has been unplugged since. */
    private @Nullable AudioDeviceInfo chosen(Direction direction, @Nullable String deviceId) {
        return deviceId == null ? null : devices.find(direction, deviceId);
    }
}
