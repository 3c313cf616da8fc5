// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.stack.media.sound.LearntEcho;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What echo cancellers have learnt of each pair of devices, for the next stream of the same pair. It is never stored,
 * so a client forgets it when it closes. Belongs to the audio worker.
 */
public final class EchoMemory {
    private static final int MOST_PAIRS = 16;

    private final Map<DevicePair, LearntEcho> learnt = new LinkedHashMap<>(MOST_PAIRS, 0.75f, true);

    /**
     * A microphone and a speaker.
     *
     * @param microphone its id, or null if the port has none
     * @param speaker its id, or null if the port has none
     */
    public record DevicePair(
            @Nullable String microphone, @Nullable String speaker) {
        /**
         * Finds the devices at which streams are now: the chosen ones if they are present, and the default ones if not
         * (AUD-12, AUD-13).
         *
         * @param microphone the chosen one's id, or null for the default one
         * @param speaker the chosen one's id, or null for the default one
         */
        public static DevicePair among(
                List<AudioDevice> present, @Nullable String microphone, @Nullable String speaker) {
            return new DevicePair(
                    present(present, AudioDevice.Direction.CAPTURE, microphone),
                    present(present, AudioDevice.Direction.PLAYBACK, speaker));
        }

        private static @Nullable String present(
                List<AudioDevice> devices, AudioDevice.Direction direction, @Nullable String chosen) {
            String found = null;
            for (AudioDevice device : devices) {
                if (device.direction() == direction) {
                    if (device.id().equals(chosen)) {
                        return chosen;
                    }
                    found = device.systemDefault() ? device.id() : found;
                }
            }
            return found;
        }

        /** Without the ids, which may name a person. */
        @Override
        public String toString() {
            return "DevicePair";
        }
    }

    /** Returns what was learnt last of a pair, or null. */
    public @Nullable LearntEcho of(DevicePair pair) {
        return learnt.get(pair);
    }

    /** Remembers what was learnt; null leaves what was known. */
    public void keep(DevicePair pair, @Nullable LearntEcho now) {
        if (now != null) {
            learnt.put(pair, now);
            if (learnt.size() > MOST_PAIRS) {
                learnt.remove(learnt.keySet().iterator().next());
            }
        }
    }
}
