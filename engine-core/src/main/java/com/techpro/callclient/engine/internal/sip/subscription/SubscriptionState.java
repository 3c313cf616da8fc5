// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.subscription;

/** What a subscription's owner is told of it. */
public enum SubscriptionState {
    /** Notifications come. */
    ACTIVE,
    /** None come now; the subscription tries again by itself, or when it is started again. */
    INTERRUPTED,
    /** The notifier does not offer this event to us. */
    REFUSED,
    /** Over, since it was left. */
    ENDED
}
