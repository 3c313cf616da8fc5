// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/**
 * The harmless part of a foreign exception: its type and place. Its message may contain a name, a
 * number or a path.
 */
final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;

    private Redacted(Throwable original) {
        super(original.getClass().getName(), null, false, true);
        setStackTrace(original.getStackTrace());
    }

    static Redacted of(Throwable original) {
        return new Redacted(original);
    }
}
