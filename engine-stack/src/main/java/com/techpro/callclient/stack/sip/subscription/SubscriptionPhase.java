// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import java.time.Duration;

/** The phase of a subscription; see {@link SubscriptionMachine}. */
sealed interface SubscriptionPhase {
    /** Not started, or stopped until it is started again. */
    record Idle() implements SubscriptionPhase {}

    /**
     * A first SUBSCRIBE was sent.
     *
     * @param asked the requested duration
     * @param failures how often in a row it has failed
     * @param notified whether a NOTIFY overtook the response
     */
    record Subscribing(Duration asked, int failures, boolean notified) implements SubscriptionPhase {}

    /**
     * Accepted; waits for the first NOTIFY, which makes the dialog, until Timer N (RFC 6665
     * §4.1.2.4).
     */
    record Awaiting(Duration asked, Duration granted, int failures) implements SubscriptionPhase {}

    /** The notifier reports changes; a timer runs until the refresh. */
    record Active(Duration asked) implements SubscriptionPhase {}

    /** As Active, while the refresh has no response yet. */
    record Refreshing(Duration asked) implements SubscriptionPhase {}

    /** Ended or failed; a timer runs until the next attempt. */
    record Waiting(Duration asked, int failures) implements SubscriptionPhase {}

    /** The notifier does not have this event, or not for us: another attempt makes no sense. */
    record Stopped() implements SubscriptionPhase {}

    /** Unsubscribed; waits for the last NOTIFY (§4.1.2.3). */
    record Leaving() implements SubscriptionPhase {}

    record Gone() implements SubscriptionPhase {}
}
