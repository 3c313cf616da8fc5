// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Features that users use besides calls. */
public enum CallFeature {
    /** A call is transferred to a third user without consultation (RFC 5589 §6). */
    BLIND_TRANSFER("blind transfer"),
    /** A call is held, a third user is called, and the two far ends are connected (RFC 5589 §7). */
    ATTENDED_TRANSFER("attended transfer"),
    /**
     * A third user sees on a busy lamp that another's phone rings, and picks up the call (RFC
     * 3891).
     */
    PICKUP("pickup"),
    /** Each user's busy lamp is watched by another (RFC 4235). */
    LAMPS("busy lamps"),
    /** Users in a call send each other texts (RFC 3428). */
    TEXTS("text messages");

    private final String title;

    CallFeature(String title) {
        this.title = title;
    }

    /** Returns the name in reports. */
    public String title() {
        return title;
    }

    /** Returns a stable word. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a third user takes part in the call. */
    boolean hasThird() {
        return this == BLIND_TRANSFER || this == ATTENDED_TRANSFER || this == PICKUP;
    }

    public static Set<CallFeature> all() {
        return Collections.unmodifiableSet(EnumSet.allOf(CallFeature.class));
    }
}
