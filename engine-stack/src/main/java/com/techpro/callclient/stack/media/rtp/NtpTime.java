// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.time.Instant;

/** Wall-clock time in RTCP reports (RFC 3550 §4). */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpTime() {}

    /** Seconds since 1900 in the upper 32 bits, their binary fraction in the lower. */
    public static long of(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / 1_000_000_000L;
        return (instant.getEpochSecond() + SECONDS_1900_TO_1970) << 32 | fraction;
    }

    /** The middle 32 bits: 16 of seconds, 16 of fraction. */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** Nanoseconds as 65536ths of a second. */
    public static int units(long nanos) {
        return (int) (nanos * 65_536 / 1_000_000_000L);
    }

    /** 65536ths of a second as nanoseconds. */
    public static long nanos(int units) {
        return (units & 0xFFFFFFFFL) * 1_000_000_000L / 65_536;
    }
}
