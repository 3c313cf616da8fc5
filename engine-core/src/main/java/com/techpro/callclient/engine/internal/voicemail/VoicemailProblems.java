// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.voicemail.VoicemailException;

/** Converts a mailbox's failure to the problem that the user sees. */
public final class VoicemailProblems {
    private VoicemailProblems() {}

    public static VoicemailProblem of(VoicemailException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> VoicemailProblem.UNREACHABLE;
            case UNTRUSTED -> VoicemailProblem.UNTRUSTED;
            case REFUSED -> VoicemailProblem.REFUSED;
            case NO_SUCH_MESSAGE -> VoicemailProblem.NO_SUCH_MESSAGE;
            case FULL -> VoicemailProblem.FULL;
            case UNSUPPORTED -> VoicemailProblem.UNSUPPORTED;
            case PROTOCOL -> VoicemailProblem.PROTOCOL;
            case CLOSED -> VoicemailProblem.NOT_AVAILABLE;
        };
    }
}
