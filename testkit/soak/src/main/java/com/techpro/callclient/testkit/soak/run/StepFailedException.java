// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.SipStatus;
import org.jspecify.annotations.Nullable;

/** What a {@link LoadUser} was about to do did not come about. Says nothing of persons. */
public final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;

    StepFailedException(String code, @Nullable SipStatus status, String message) {
        super(message);
        this.code = code;
        this.status = status == null ? 0 : status.code();
    }

    StepFailedException(String code, String message) {
        this(code, null, message);
    }

    /** Found out by who looked at what a step brought about. */
    public static StepFailedException because(String code, String message) {
        return new StepFailedException(code, message);
    }

    /** A stable word: that of a failure or an ending of the engine's, or one that begins with {@code stuck-} where nothing came in time. */
    public String code() {
        return code;
    }

    /** The final response of the phone system's (RFC 3261 §21) that it was, or 0. */
    public int status() {
        return status;
    }
}
