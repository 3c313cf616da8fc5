// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import org.jspecify.annotations.Nullable;

/** A step of a {@link LoadUser} failed. Contains no personal data. */
public final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int status;

    public StepFailedException(String code, @Nullable SipStatus status, String message) {
        super(message);
        this.code = code;
        this.status = status == null ? 0 : status.code();
    }

    public StepFailedException(String code, String message) {
        this(code, null, message);
    }

    /** For a failure found in the result of a step. */
    public static StepFailedException because(String code, String message) {
        return new StepFailedException(code, message);
    }

    /**
     * Returns a stable word: that of a failure or ending of the engine, or one that begins with
     * {@code stuck-} after a timeout.
     */
    public String code() {
        return code;
    }

    /** Returns the phone system's final status (RFC 3261 §21) that caused it, or 0. */
    public int status() {
        return status;
    }
}
