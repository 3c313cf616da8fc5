// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/** What may be told of a foreign exception: its kind and its place. Its message may hold a name, a number or a path. */
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
