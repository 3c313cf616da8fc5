// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import java.time.Duration;

/** An action that a subscription requests. */
sealed interface SubscriptionEffect {
    /** A new subscription outside dialogs; its first NOTIFY makes the dialog. */
    record Subscribe(Duration expires) implements SubscriptionEffect {}

    /** A SUBSCRIBE within the dialog; zero unsubscribes. */
    record Refresh(Duration expires) implements SubscriptionEffect {}

    /** Drops the subscription's dialog. */
    record DropDialog() implements SubscriptionEffect {}

    /** Starts a timer, replacing the running one. */
    record StartTimer(Duration delay) implements SubscriptionEffect {}

    record StopTimer() implements SubscriptionEffect {}

    record Publish(SubscriptionState state) implements SubscriptionEffect {}
}
