// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of an event state publication; see {@link PublicationMachine}.
 *
 * @param reachable whether the account is registered
 * @param wanted whether something is to be published
 * @param changed whether the phone system has something else
 * @param tag the entity tag of what the phone system has (RFC 3903 §4.1), or null
 * @param asked the expiry that we ask for
 * @param failures consecutive failures
 */
record PublicationState(
        Phase phase,
        boolean reachable,
        boolean wanted,
        boolean changed,
        @Nullable String tag,
        Duration asked,
        int failures) {
    static final PublicationState START =
            new PublicationState(Phase.RESTING, false, false, false, null, Duration.ofHours(1), 0);

    enum Phase {
        /** Nothing to do, or nothing possible. */
        RESTING,
        SENDING,
        /** Published; a timer runs until the refresh. */
        PUBLISHED,
        /** Failed; a timer runs until the next attempt. */
        WAITING,
        /** The phone system refuses publications. */
        REFUSED
    }

    PublicationState in(Phase next) {
        return new PublicationState(next, reachable, wanted, changed, tag, asked, failures);
    }

    PublicationState reachable(boolean now) {
        return new PublicationState(phase, now, wanted, changed, tag, asked, failures);
    }

    PublicationState wanted(boolean now) {
        return new PublicationState(phase, reachable, now, true, tag, asked, failures);
    }

    PublicationState changed(boolean now) {
        return new PublicationState(phase, reachable, wanted, now, tag, asked, failures);
    }

    PublicationState tagged(@Nullable String now) {
        return new PublicationState(phase, reachable, wanted, changed, now, asked, failures);
    }

    PublicationState asking(Duration now) {
        return new PublicationState(phase, reachable, wanted, changed, tag, now, failures);
    }

    PublicationState failed(int times) {
        return new PublicationState(phase, reachable, wanted, changed, tag, asked, times);
    }

    @Override
    public String toString() {
        return "PublicationState[" + phase + ", redacted]";
    }
}
