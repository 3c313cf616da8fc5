// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to play a message.
 *
 * @param device a device id of the audio port, such as the earpiece's, or null for the system's
 *     default
 * @param from the position to start at
 * @param markHeard whether the message is marked heard after it was played to its end
 */
public record PlaybackOptions(@Nullable String device, Duration from, boolean markHeard) {
    /** From the beginning, on the default device; the message is marked heard at its end. */
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

    /** Does not mark the message heard; the user can do so. */
    public PlaybackOptions withoutMarking() {
        return new PlaybackOptions(device, from, false);
    }
}
