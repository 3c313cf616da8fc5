// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens to a publication; see {@link PublicationMachine}. */
sealed interface PublicationInput {
    /** Something else is to be published. */
    record Publish() implements PublicationInput {}

    /** Nothing is to be published any more. */
    record Withdraw() implements PublicationInput {}

    record Registered() implements PublicationInput {}

    record FlowLost() implements PublicationInput {}

    /**
     * 2xx.
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
