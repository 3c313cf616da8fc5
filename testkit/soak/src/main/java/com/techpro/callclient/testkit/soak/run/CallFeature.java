// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What users of a phone system do besides calling each other. */
public enum CallFeature {
    /** A call is transferred to a third, who is not asked before (RFC 5589 §6). */
    BLIND_TRANSFER("blind transfer"),
    /** A call is held, a third is called, and the two far ends are connected (RFC 5589 §7). */
    ATTENDED_TRANSFER("attended transfer"),
    /** A third sees on a busy lamp that it rings at somebody, and takes the call (RFC 3891). */
    PICKUP("pickup"),
    /** Each user's busy lamp is watched by another (RFC 4235). */
    LAMPS("busy lamps"),
    /** Those who talk send each other texts (RFC 3428). */
    TEXTS("text messages");

    private final String title;

    CallFeature(String title) {
        this.title = title;
    }

    /** As reports call it. */
    public String title() {
        return title;
    }

    /** A stable word. */
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
