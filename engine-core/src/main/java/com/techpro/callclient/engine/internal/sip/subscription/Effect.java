// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.subscription;

import java.time.Duration;

/** What a subscription wants done. */
sealed interface Effect {
    /** Outside dialogs: a new subscription, whose dialog the first NOTIFY makes. */
    record Subscribe(Duration expires) implements Effect {}

    /** Within the dialog; zero takes the subscription back. */
    record Refresh(Duration expires) implements Effect {}

    /** What belonged to the subscription is over. */
    record DropDialog() implements Effect {}

    /** Replaces the timer that runs, if any. */
    record StartTimer(Duration delay) implements Effect {}

    record StopTimer() implements Effect {}

    record Publish(SubscriptionState state) implements Effect {}
}
