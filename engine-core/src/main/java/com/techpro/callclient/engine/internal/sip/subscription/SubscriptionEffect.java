// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.subscription;

import java.time.Duration;

/** What a subscription wants done. */
sealed interface SubscriptionEffect {
    /** Outside dialogs: a new subscription, whose dialog the first NOTIFY makes. */
    record Subscribe(Duration expires) implements SubscriptionEffect {}

    /** Within the dialog; zero takes the subscription back. */
    record Refresh(Duration expires) implements SubscriptionEffect {}

    /** What belonged to the subscription is over. */
    record DropDialog() implements SubscriptionEffect {}

    /** Replaces the timer that runs, if any. */
    record StartTimer(Duration delay) implements SubscriptionEffect {}

    record StopTimer() implements SubscriptionEffect {}

    record Publish(SubscriptionState state) implements SubscriptionEffect {}
}
