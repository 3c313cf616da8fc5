// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Failure;

/** What became of {@link com.techpro.callclient.engine.Account#publishPresence}. */
public sealed interface PublicationOutcome {
    /** The phone system has it; it is refreshed as long as the account is there. */
    record Published() implements PublicationOutcome {}

    /** The phone system tells it no more, or something else was published before this was. */
    record Withdrawn() implements PublicationOutcome {}

    /** The phone system takes no such publications (405, 489, 501, ...). Nothing more is sent. */
    record Unsupported() implements PublicationOutcome {}

    /** The phone system does not let this account publish (403, 404). Nothing more is sent. */
    record Forbidden() implements PublicationOutcome {}

    /** The organisation has switched presence off (promise O1). Nothing was sent. */
    record SwitchedOff() implements PublicationOutcome {}

    /** It failed this time; it is tried again less and less often, and when the account is registered anew. */
    record Failed(Failure failure) implements PublicationOutcome {}

    /** The account was removed, or the client closed. */
    record AccountGone() implements PublicationOutcome {}
}
