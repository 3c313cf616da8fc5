// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.subscription;

import java.time.Duration;

/** Where a subscription stands; see {@link SubscriptionMachine}. */
sealed interface SubscriptionPhase {
    /** Not started, or at rest until somebody starts it again. */
    record Idle() implements SubscriptionPhase {}

    /**
     * A first SUBSCRIBE is on its way.
     *
     * @param asked the duration it asks for
     * @param failures how often in a row it has failed
     * @param notified whether a NOTIFY overtook the answer
     */
    record Subscribing(Duration asked, int failures, boolean notified) implements SubscriptionPhase {}

    /** Accepted; the first NOTIFY, which makes the dialog, is waited for until Timer N (RFC 6665 §4.1.2.4). */
    record Awaiting(Duration asked, Duration granted, int failures) implements SubscriptionPhase {}

    /** The notifier tells us of changes; a timer runs until the refresh. */
    record Active(Duration asked) implements SubscriptionPhase {}

    /** As Active, and the refresh is on its way. */
    record Refreshing(Duration asked) implements SubscriptionPhase {}

    /** Ended or failed; a timer runs until the next attempt. */
    record Waiting(Duration asked, int failures) implements SubscriptionPhase {}

    /** The notifier does not have this event, or not for us: trying again makes no sense. */
    record Stopped() implements SubscriptionPhase {}

    /** Taken back; the last NOTIFY is waited for (§4.1.2.3). */
    record Leaving() implements SubscriptionPhase {}

    record Gone() implements SubscriptionPhase {}
}
