// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.rtp.NtpTime;

/**
 * The round trip to the far end, from its answers to our reports (RFC 3550 §6.4.1) and to our
 * reference times (RFC 3611 §4.5). Belongs to the media loop.
 */
final class RoundTrips {
    /**
     * In 65536ths of a second: the possible rounding of the three numbers, and an implausible round
     * trip.
     */
    private static final int ROUNDING = 64;

    private static final int LONGEST_TRIP = 60 << 16;

    private int nowNtpMiddle;
    private long nanos = -1;

    /** A packet arrived at this time. */
    void arrived(int ntpMiddle) {
        nowNtpMiddle = ntpMiddle;
    }

    /**
     * The packet answers ours.
     *
     * @param sent our time, which it repeats; 0 if it knows none
     * @param delay between its arrival there and the answer, in 65536ths of a second
     */
    void answered(int sent, int delay) {
        if (sent != 0) {
            int trip = nowNtpMiddle - sent - delay;
            if (trip >= -ROUNDING && trip < LONGEST_TRIP) {
                nanos = NtpTime.nanos(Math.max(0, trip));
            }
        }
    }

    /** Negative until the first is known. */
    long nanos() {
        return nanos;
    }
}
