// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The inputs of a subscription. */
sealed interface SubscriptionInput {
    /** There is a registration, or a new one. */
    record Start() implements SubscriptionInput {}

    /** A 2xx to a SUBSCRIBE. */
    record Accepted(Duration granted) implements SubscriptionInput {}

    /**
     * Any other final response.
     *
     * @param minExpires of a 423, else null
     */
    record Rejected(
            int status,
            @Nullable Duration minExpires,
            @Nullable Duration retryAfter) implements SubscriptionInput {}

    /** No response. */
    record Failed() implements SubscriptionInput {}

    /**
     * A NOTIFY of the subscription, active or pending.
     *
     * @param expires the remaining time, or null if it does not say
     */
    record Notified(@Nullable Duration expires) implements SubscriptionInput {}

    /** The last NOTIFY of the subscription. */
    record Terminated(Reason reason, @Nullable Duration retryAfter) implements SubscriptionInput {}

    record TimerFired() implements SubscriptionInput {}

    /** The flow to the phone system is lost; {@link Start} follows when there is a new one. */
    record FlowLost() implements SubscriptionInput {}

    record Leave() implements SubscriptionInput {}

    /** Why a notifier ended a subscription (RFC 6665 §4.1.3), by the required reaction. */
    enum Reason {
        /** {@code deactivated}, {@code timeout}: subscribe again at once. */
        AGAIN,
        /** {@code probation}, {@code giveup}, or an unknown one: subscribe again later. */
        LATER,
        /** {@code rejected}, {@code noresource}, {@code invariant}: do not subscribe again. */
        NEVER;

        static Reason of(String text) {
            return switch (text) {
                case "deactivated", "timeout" -> AGAIN;
                case "rejected", "noresource", "invariant" -> NEVER;
                default -> LATER;
            };
        }
    }
}
