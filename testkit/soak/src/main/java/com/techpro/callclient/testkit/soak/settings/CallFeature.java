// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Features that users use besides calls. */
public enum CallFeature {
    /** A call is transferred to a third user without consultation (RFC 5589 §6). */
    BLIND_TRANSFER("blind transfer", 3),
    /** A call is held, a third user is called, and the two far ends are connected (RFC 5589 §7). */
    ATTENDED_TRANSFER("attended transfer", 3),
    /**
     * A third user sees on a busy lamp that another's phone rings, and picks up the call (RFC
     * 3891).
     */
    PICKUP("pickup", 3),
    /** A call is parked at the phone system (RFC 5359 §2.8), and a third user fetches it. */
    PARK("park and retrieve", 3),
    /** The called user sends the caller on, and so does the next: a fourth answers (RFC 5359 §2.6). */
    FORWARDED_TWICE("forwarded twice", 4),
    /** Each user's busy lamp is watched by another (RFC 4235). */
    LAMPS("busy lamps", 0),
    /** Users in a call send each other texts (RFC 3428). */
    TEXTS("text messages", 0);

    private final String title;
    private final int users;

    /** @param users who take part in a call of it; 0 if it is nothing of a call */
    CallFeature(String title, int users) {
        this.title = title;
        this.users = users;
    }

    /** Returns the name in reports. */
    public String title() {
        return title;
    }

    /** Returns a stable word. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns how many users take part in the call. */
    public int users() {
        return users;
    }

    /** Whether two users are connected who did not talk before, in a call that was going on. */
    public boolean joins() {
        return this == BLIND_TRANSFER || this == ATTENDED_TRANSFER || this == PARK;
    }

    /** Whether a third user takes part in the call. */
    public boolean hasThird() {
        return users > 2;
    }

    public static Set<CallFeature> all() {
        return Collections.unmodifiableSet(EnumSet.allOf(CallFeature.class));
    }
}
