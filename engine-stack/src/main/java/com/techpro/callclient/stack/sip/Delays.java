// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import java.time.Duration;

/**
 * How long to wait before the next attempt. Delays are random so that a thousand phones do not
 * retry at the same moment. {@code chance} is uniform in [0, 1).
 */
public final class Delays {
    private Delays() {}

    /**
     * Returns a delay between half of the base and all of it, doubled for each earlier failure up
     * to {@code most} (RFC 5626 §4.5).
     */
    public static Duration afterFailures(Duration base, int failures, Duration most, double chance) {
        Duration ceiling = base;
        for (int i = 0; i < failures && ceiling.compareTo(most) < 0; i++) {
            ceiling = ceiling.multipliedBy(2);
        }
        return scaled(smaller(ceiling, most), 0.5 + 0.5 * chance);
    }

    /** Returns 80 to 90 % of the lifetime, which leaves time for two attempts. */
    public static Duration untilRefresh(Duration lifetime, double chance) {
        return scaled(lifetime, 0.8 + 0.1 * chance);
    }

    /**
     * As {@link #untilRefresh(Duration, double)}, but early enough to leave the lead.
     *
     * @param lead zero for none; one over three quarters of the lifetime is cut to that, to avoid
     *     constant refreshes
     */
    public static Duration untilRefresh(Duration lifetime, Duration lead, double chance) {
        Duration usable = lifetime.minus(smaller(lead, scaled(lifetime, 0.75)));
        Duration usual = untilRefresh(lifetime, chance);
        return lead.isZero() ? usual : smaller(usual, scaled(usable, 0.9 + 0.08 * chance));
    }

    public static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    public static Duration larger(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    public static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }
}
