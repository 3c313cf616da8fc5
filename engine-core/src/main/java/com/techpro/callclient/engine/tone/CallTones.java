// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.tone;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the user hears of calls beside the other side. Immutable. The engine plays it on the audio port of the client, or of the call; where
 * there is none, nothing is played.
 *
 * <p>The tones are those of a country (ITU-T E.180): of {@link #region} if it is given; else of the phone system that the user is logged in
 * to, of {@link com.techpro.callclient.engine.CallClientConfig.Builder#region}, or of the machine's locale, the first that is known. A
 * country that is not in the engine's table has those that E.180 recommends.
 *
 * @param progress whether the user hears ringback while the other phone rings, a tone when a call has failed or the other side has hung up,
 *     call waiting while another call comes in, and a warning while no sound arrives
 * @param ringing whether incoming calls ring. Where the system rings by itself, they do not in any case: see
 *     {@link com.techpro.callclient.ports.callui.CallUiPort#rings} and {@link com.techpro.callclient.ports.notification.NotificationPort#rings}
 * @param region the ISO 3166-1 country, in capital letters, or null
 * @param ringDevice the playback device that rings, an id of the client's audio port; null for the system's default
 * @param ringFile a recording in place of the ring, played again and again, at most its first half a minute: WAV with PCM, A-law, µ-law or
 *     GSM 6.10, or Ogg Opus; null for the ring of the engine. One that cannot be played is told as a {@link ToneProblem}
 */
public record CallTones(
        boolean progress,
        boolean ringing,
        @Nullable String region,
        @Nullable String ringDevice,
        @Nullable Path ringFile) {
    /** Everything, by the country that is known. */
    public static final CallTones DEFAULT = new CallTones(true, true, null, null, null);

    /** Nothing: no device is ever opened but for the sound of calls. */
    public static final CallTones OFF = new CallTones(false, false, null, null, null);

    /**
     * Refuses what is no country.
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
     * The tones of this country.
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

    /** Prints without the file, whose path may name somebody. */
    @Override
    public String toString() {
        return "CallTones[progress: " + progress + ", ringing: " + ringing + ", " + region + ", redacted]";
    }
}
