// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;

/** Nothing of a recording can be played. */
public final class UnplayableException extends Exception {
    private static final long serialVersionUID = 1;

    private final VoicemailProblem problem;

    UnplayableException(VoicemailProblem problem) {
        super(problem.code());
        this.problem = problem;
    }

    public VoicemailProblem problem() {
        return problem;
    }
}
