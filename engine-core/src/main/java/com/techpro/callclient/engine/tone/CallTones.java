// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.tone;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The call progress tones and the ring. Immutable. The engine plays them on the audio port of the
 * client or of the call; without one, it plays nothing.
 *
 * <p>The tones are those of a country (ITU-T E.180). The engine takes the first country that is
 * known: {@link #region}, that of the phone system that the user is logged in to,
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#region}, or that of the machine's
 * locale. For a country that is not in its table, it plays the tones that E.180 recommends.
 *
 * @param progress whether to play call progress: ringback while the other phone rings, a tone when
 *     a call failed or the other side hung up, call waiting, and a warning while no sound arrives
 * @param ringing whether incoming calls ring. The engine does not ring if the system rings by
 *     itself: see {@link com.techpro.callclient.ports.callui.CallUiPort#rings} and
 *     {@link com.techpro.callclient.ports.notification.NotificationPort#rings}
 * @param region the ISO 3166-1 country, two letters in any case, kept in capitals; or null
 * @param ringDevice the playback device for the ring, an id of the client's audio port; null for
 *     the system's default
 * @param ringFile a recording that replaces the ring, repeated, at most its first half minute: WAV
 *     with PCM, A-law, µ-law or GSM 6.10, or Ogg Opus; null for the engine's ring. If it cannot be
 *     played, a {@link ToneProblem} is reported
 */
public record CallTones(
        boolean progress,
        boolean ringing,
        @Nullable String region,
        @Nullable String ringDevice,
        @Nullable Path ringFile) {
    /** All tones, of the country that is known. */
    public static final CallTones DEFAULT = new CallTones(true, true, null, null, null);

    /** No tones: devices are opened only for the sound of calls. */
    public static final CallTones OFF = new CallTones(false, false, null, null, null);

    /**
     * Checks the region.
     *
     * @throws IllegalArgumentException if the region is not two letters
     */
    public CallTones {
        if (region != null) {
            if (!region.matches("[A-Za-z]{2}")) {
                throw new IllegalArgumentException("a region is the two letters of a country, such as DE");
            }
            region = region.toUpperCase(Locale.ROOT);
        }
    }

    public CallTones withProgress(boolean heard) {
        return new CallTones(heard, ringing, region, ringDevice, ringFile);
    }

    public CallTones withRinging(boolean rings) {
        return new CallTones(progress, rings, region, ringDevice, ringFile);
    }

    /**
     * Sets the country of the tones.
     *
     * @throws IllegalArgumentException if it is not two letters
     */
    public CallTones withRegion(@Nullable String country) {
        return new CallTones(progress, ringing, country, ringDevice, ringFile);
    }

    public CallTones withRingDevice(@Nullable String deviceId) {
        return new CallTones(progress, ringing, region, deviceId, ringFile);
    }

    public CallTones withRingFile(@Nullable Path file) {
        return new CallTones(progress, ringing, region, ringDevice, file);
    }

    /** Prints without the file, because its path may contain a person's name. */
    @Override
    public String toString() {
        return "CallTones[progress: " + progress + ", ringing: " + ringing + ", " + region + ", redacted]";
    }
}
