// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to play a message.
 *
 * @param device an id that the audio port lists, such as the earpiece's, or null for the system's default
 * @param from where to begin
 * @param markHeard whether the message counts as heard once it was played to its end
 */
public record PlaybackOptions(@Nullable String device, Duration from, boolean markHeard) {
    /** From the beginning, on the default device, and it counts as heard at its end. */
    public static final PlaybackOptions DEFAULT = new PlaybackOptions(null, Duration.ZERO, true);

    public PlaybackOptions {
        Objects.requireNonNull(from, "from");
        if (from.isNegative()) {
            throw new IllegalArgumentException("a position is not negative");
        }
    }

    public PlaybackOptions on(@Nullable String deviceId) {
        return new PlaybackOptions(deviceId, from, markHeard);
    }

    public PlaybackOptions from(Duration position) {
        return new PlaybackOptions(device, position, markHeard);
    }

    /** Leaves it to the user to mark it. */
    public PlaybackOptions withoutMarking() {
        return new PlaybackOptions(device, from, false);
    }
}
