// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Reduces an exception to what may be logged (promise O2): its type and stack trace. The message is
 * dropped, because the JDK and the libraries quote their input there: numbers, headers, URLs. No
 * other redaction is needed, because nothing else with personal data is logged.
 */
public final class Redactor {
    private Redactor() {}

    /** Returns the same failure without messages, including its causes. */
    public static Throwable withoutMessages(Throwable failure) {
        return copy(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Throwable copy(Throwable failure, Set<Throwable> seen) {
        seen.add(failure);
        Redacted copy = new Redacted(failure.getClass().getName());
        copy.setStackTrace(failure.getStackTrace());
        Throwable cause = failure.getCause();
        if (cause != null && !seen.contains(cause)) {
            copy.initCause(copy(cause, seen));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, seen));
            }
        }
        return copy;
    }

    @SuppressWarnings("OverrideThrowableToString") // it prints like the original failure
    private static final class Redacted extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String type;

        Redacted(String type) {
            this.type = type;
        }

        @Override
        public String toString() {
            return type;
        }
    }
}
