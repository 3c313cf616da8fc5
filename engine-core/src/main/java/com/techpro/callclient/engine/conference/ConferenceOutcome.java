// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.failure.Failure;

/** The outcome of adding a participant to a conference, or of removing one. */
public sealed interface ConferenceOutcome {
    /** It succeeded. */
    record Done() implements ConferenceOutcome {}

    /** The focus accepted the request but does not report the result; the roster will show it. */
    record Accepted() implements ConferenceOutcome {}

    /** The room does not support it: it has no focus, or the user is not in it. */
    record Unsupported() implements ConferenceOutcome {}

    /** The focus refused, or the participant that it called did not join. */
    record Failed(Failure failure) implements ConferenceOutcome {}
}
