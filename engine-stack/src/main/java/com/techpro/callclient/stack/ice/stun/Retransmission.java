// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import java.time.Duration;

/**
 * The schedule of a request's retransmissions and its timeout (RFC 8489 §6.2.1, §6.2.2). Immutable:
 * the request was sent {@code sent} times.
 *
 * <pre>
 *   over UDP:     sent at 0, RTO, 3 RTO, 7 RTO … Rc = 7 times in all, given up Rm = 16 RTO after the last
 *   over streams: sent once, given up after Ti = 39.5 s
 * </pre>
 */
public record Retransmission(Duration rto, int sent, boolean stream) {
    /** §6.2.1: if the round trip is not known. */
    public static final Duration DEFAULT_RTO = Duration.ofMillis(500);

    static final int RC = 7;
    static final int RM = 16;
    static final Duration TI = Duration.ofMillis(39_500);

    public static Retransmission overUdp(Duration rto) {
        return new Retransmission(rto, 1, false);
    }

    public static Retransmission overStream() {
        return new Retransmission(DEFAULT_RTO, 1, true);
    }

    /** Returns how long after the last transmission the next step is due. */
    public Duration pause() {
        if (stream) {
            return TI;
        }
        return sent < RC ? rto.multipliedBy(1L << (sent - 1)) : rto.multipliedBy(RM);
    }

    /** Whether the next step is a retransmission; if not, the transaction ends. */
    public boolean sendsAgain() {
        return !stream && sent < RC;
    }

    public Retransmission next() {
        return new Retransmission(rto, sent + 1, stream);
    }
}
