// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Failure;

/** What became of bringing somebody into a conference, or of removing somebody. */
public sealed interface ConferenceOutcome {
    /** It is so. */
    record Done() implements ConferenceOutcome {}

    /** The focus said that it would, and does not tell how it ended; the roster will. */
    record Accepted() implements ConferenceOutcome {}

    /** The room cannot: it has no focus, or the user is not in it. */
    record Unsupported() implements ConferenceOutcome {}

    /** The focus would not, or whom it called did not come. */
    record Failed(Failure failure) implements ConferenceOutcome {}
}
