// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What may be logged of an exception (promise O2): its type, and where it came from. Not its message: the JDK and the libraries quote
 * there what they choked on, be it a number, a header or a URL. That is all there is to redact, because nothing else is logged that holds
 * anything personal.
 */
public final class Redactor {
    private Redactor() {}

    /** The same failure without messages, down to its causes. */
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

    @SuppressWarnings("OverrideThrowableToString") // it is to look like the failure that it stands for
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
