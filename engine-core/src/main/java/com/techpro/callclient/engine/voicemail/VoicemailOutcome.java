// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import org.jspecify.annotations.Nullable;

/**
 * What became of something asked of the mailbox.
 *
 * @param problem why it was not done, or null if it was
 */
public record VoicemailOutcome(@Nullable VoicemailProblem problem) {
    public static final VoicemailOutcome DONE = new VoicemailOutcome(null);

    public boolean isDone() {
        return problem == null;
    }
}
