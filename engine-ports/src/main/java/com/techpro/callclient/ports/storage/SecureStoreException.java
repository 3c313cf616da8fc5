// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store failed. The message says what to do, and never contains a value, a name or a path. */
public final class SecureStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public SecureStoreException(Reason reason, @Nullable Throwable cause) {
        super(reason.advice, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The causes that call for different advice to the user. */
    public enum Reason {
        LOCKED("The device's key store is locked; unlock it and try again."),
        WRONG_PASSPHRASE("The passphrase is not the one this data was encrypted with."),
        KEY_MISSING(
                "The key to the stored data is not in the device's key store; log out and in again to start afresh."),
        CORRUPT("The stored data was changed or damaged; log out and in again to start afresh."),
        ROLLED_BACK(
                "The stored data is an older copy than the last one written; log out and in again to start afresh."),
        TOO_NEW("The stored data was written by a newer version of this app; update the app."),
        FULL("There is no space left to store data; free some and try again."),
        IN_USE("Another running copy of this app has the stored data open; close it first."),
        UNAVAILABLE("This device has no key store that can be used; choose a passphrase instead."),
        FAILED("The stored data could not be read or written; see the cause.");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }

        /** Returns what the user can do, in one sentence. */
        public String advice() {
            return advice;
        }
    }
}
