// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.failure.Failure;

/** The outcome of {@link com.techpro.callclient.engine.Account#publishPresence}. */
public sealed interface PublicationOutcome {
    /** The phone system accepted it; the engine refreshes it while the account exists. */
    record Published() implements PublicationOutcome {}

    /** It was withdrawn, or replaced by a later request before its own outcome was known. */
    record Withdrawn() implements PublicationOutcome {}

    /**
     * The phone system does not support presence publication (405, 489, 501, ...). Nothing more is
     * sent.
     */
    record Unsupported() implements PublicationOutcome {}

    /**
     * The phone system does not permit this account to publish (403, 404). Nothing more is sent.
     */
    record Forbidden() implements PublicationOutcome {}

    /** The organisation has switched presence off (promise O1). Nothing was sent. */
    record SwitchedOff() implements PublicationOutcome {}

    /** It failed. The engine retries at growing intervals, and when the account registers again. */
    record Failed(Failure failure) implements PublicationOutcome {}

    /** The account was removed, or the client was closed. */
    record AccountGone() implements PublicationOutcome {}
}
