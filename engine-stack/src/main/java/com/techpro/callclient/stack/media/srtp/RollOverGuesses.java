// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.stack.media.srtp.SrtpSources.Source;
import org.jspecify.annotations.Nullable;

/**
 * The possible indices of a source's first packet. RFC 3711 §3.3.1 guesses a roll-over counter of 0
 * only; a source with another counter would never be heard. There are three cases:
 * <ul>
 * <li>The keys changed. The sender continued counting, as §3.3.1 requires; many start again
 *   instead.
 * <li>The sender began shortly before the wrap, and its packets up to the wrap were lost.
 * <li>Direct media: a phone that has been sending for hours, and whose key we learn now.
 * </ul>
 *
 * <p>Each guess costs an authentication, so a packet gets few. The many guesses of the last case
 * are spread over consecutive packets, and stop once a packet was authentic under the key.
 */
final class RollOverGuesses {
    /** There is no further guess. */
    static final long NONE = -1;

    private static final int FIRST_DEALT = 2;
    private static final int DEALT_A_PACKET = 4;
    /** With packets of 20 ms, a roll-over takes 22 minutes: this covers twelve hours. */
    private static final int GROUPS = 8;

    private final @Nullable SrtpSources former;

    RollOverGuesses() {
        former = null;
    }

    /**
     * @param former the sources under the previous keys
     */
    RollOverGuesses(SrtpSources former) {
        this.former = former;
    }

    /**
     * @param attempt counted from 0
     * @param anyHeard whether any packet was authentic under the key
     * @return {@link #NONE} after the last
     */
    long next(int attempt, int ssrc, int sequence, boolean anyHeard) {
        int guess = attempt;
        long kept = ifKept(ssrc, sequence);
        if (kept != NONE && guess-- == 0) {
            return kept;
        }
        if (guess < FIRST_DEALT) {
            return index(guess, sequence);
        }
        guess -= FIRST_DEALT;
        if (anyHeard || guess >= DEALT_A_PACKET) {
            return NONE;
        }
        return index(FIRST_DEALT + sequence % GROUPS * DEALT_A_PACKET + guess, sequence);
    }

    private long ifKept(int ssrc, int sequence) {
        Source source = former == null ? null : former.find(ssrc);
        if (source == null || source.rtp.highest() < 0) {
            return NONE;
        }
        long index = PacketIndex.estimate(source.rtp.highest(), sequence);
        return index < 0 || index >= PacketIndex.LIMIT ? NONE : index;
    }

    private static long index(int rollOver, int sequence) {
        return ((long) rollOver << 16) + sequence;
    }
}
