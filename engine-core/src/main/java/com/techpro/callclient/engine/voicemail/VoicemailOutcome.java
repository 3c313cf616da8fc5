// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request to the mailbox.
 *
 * @param problem why the request failed, or null if it succeeded
 */
public record VoicemailOutcome(@Nullable VoicemailProblem problem) {
    public static final VoicemailOutcome DONE = new VoicemailOutcome(null);

    public boolean isDone() {
        return problem == null;
    }
}
