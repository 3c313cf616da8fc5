// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

/** The state of a subscription, as reported to its owner. */
public enum SubscriptionState {
    /** Notifications arrive. */
    ACTIVE,
    /** No notifications arrive. The subscription retries by itself, or when it is started again. */
    INTERRUPTED,
    /** The notifier does not offer this event to us. */
    REFUSED,
    /** Over, because its owner unsubscribed. */
    ENDED
}
