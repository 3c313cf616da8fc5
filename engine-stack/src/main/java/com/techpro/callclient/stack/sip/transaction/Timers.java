// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import java.time.Duration;

/**
 * The timers of RFC 3261 appendix A and RFC 6026 §7.1, by letter. Timers that only make up for lost
 * packets are zero on a reliable transport; a zero timer fires at once.
 *
 * @param t1 the expected round-trip time
 * @param t2 the longest interval between retransmissions
 * @param t4 the longest time that a message stays in the network
 */
public record Timers(Duration t1, Duration t2, Duration t4) {
    /** The values of RFC 3261. */
    public static final Timers RFC_3261 =
            new Timers(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

    /** How long a server may take before a 100 is sent for it (§17.2.1). */
    static final Duration TRYING = Duration.ofMillis(200);

    /** The first retransmission interval of an INVITE; it doubles. */
    Duration a() {
        return t1;
    }

    /** How long an INVITE waits for any response. */
    Duration b() {
        return t1.multipliedBy(64);
    }

    /** How long retransmitted failure responses are acknowledged. */
    Duration d(boolean reliable) {
        return reliable ? Duration.ZERO : Duration.ofSeconds(32);
    }

    /** The first retransmission interval of other requests; it doubles up to T2. */
    Duration e() {
        return t1;
    }

    /** How long other requests wait for a final response. */
    Duration f() {
        return t1.multipliedBy(64);
    }

    /**
     * The first retransmission interval of a failure response to an INVITE; it doubles up to T2.
     */
    Duration g() {
        return t1;
    }

    /** How long to wait for an ACK. */
    Duration h() {
        return t1.multipliedBy(64);
    }

    /** How long retransmitted ACKs are absorbed. */
    Duration i(boolean reliable) {
        return reliable ? Duration.ZERO : t4;
    }

    /** How long retransmitted requests get the same answer. */
    Duration j(boolean reliable) {
        return reliable ? Duration.ZERO : t1.multipliedBy(64);
    }

    /** How long retransmitted responses are absorbed. */
    Duration k(boolean reliable) {
        return reliable ? Duration.ZERO : t4;
    }

    /** How long a server absorbs retransmitted INVITEs after accepting (RFC 6026 §7.1). */
    Duration l() {
        return t1.multipliedBy(64);
    }

    /** How long a client waits for the 2xx of other forks (RFC 6026 §7.2). */
    Duration m() {
        return t1.multipliedBy(64);
    }

    /** Twice the interval, but not above T2. */
    Duration doubled(Duration interval) {
        Duration twice = interval.multipliedBy(2);
        return twice.compareTo(t2) > 0 ? t2 : twice;
    }
}
