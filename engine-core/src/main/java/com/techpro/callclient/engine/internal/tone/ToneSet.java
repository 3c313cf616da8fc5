// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import java.util.List;

/**
 * The tones of a country.
 *
 * @param ring for an incoming call: the country's ringing rhythm, which is that of ringback, with a
 *     sound of our own
 * @param ringback while the other phone rings
 * @param busy the other side is busy, or declines the call
 * @param congestion the call cannot be connected
 * @param information the number does not exist (E.180: special information tone)
 * @param end the other side has hung up
 * @param waiting another call comes in
 * @param warning no sound arrives any more: two short tones with the frequency of the busy tone, as
 *     E.180 has none for it
 */
public record ToneSet(
        Tone ring, Tone ringback, Tone busy, Tone congestion, Tone information, Tone end, Tone waiting, Tone warning) {
    /** E.180 recommends -10 dBm0; speech has its peaks above that. */
    private static final double LEVEL = -10;
    /** For notifications while the user listens to a call. */
    private static final double NOTICE_LEVEL = -13;

    private static final List<Integer> RING_HERTZ = List.of(660, 880);

    static ToneSet of(String ringback, String busy, String congestion, String waiting, String information) {
        Tone.Cadence rhythm = Tone.Cadence.of(ringback, LEVEL);
        Tone.Cadence engaged = Tone.Cadence.of(busy, LEVEL);
        return new ToneSet(
                rhythm.withHertz(RING_HERTZ, LEVEL),
                rhythm,
                engaged,
                Tone.Cadence.of(congestion, LEVEL),
                Tone.Cadence.of(information, LEVEL),
                engaged,
                Tone.Cadence.of(waiting, NOTICE_LEVEL),
                Tone.Cadence.of("1/100,0/100,1/100,0/4700", NOTICE_LEVEL)
                        .withHertz(engaged.bursts().get(0).hertz(), NOTICE_LEVEL));
    }
}
