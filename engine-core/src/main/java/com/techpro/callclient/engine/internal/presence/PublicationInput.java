// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An input of the {@link PublicationMachine}. */
sealed interface PublicationInput {
    /** Publish something else. */
    record Publish() implements PublicationInput {}

    /** Publish nothing any more. */
    record Withdraw() implements PublicationInput {}

    record Registered() implements PublicationInput {}

    record FlowLost() implements PublicationInput {}

    /**
     * A 2xx.
     *
     * @param tag its SIP-ETag, or null
     */
    record Accepted(@Nullable String tag, Duration granted) implements PublicationInput {}

    record Rejected(
            int status,
            @Nullable Duration minExpires,
            @Nullable Duration retryAfter) implements PublicationInput {}

    /** No final response. */
    record Failed() implements PublicationInput {}

    record TimerFired() implements PublicationInput {}
}
