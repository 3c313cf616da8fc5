// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;

/**
 * The outcome of {@link com.techpro.callclient.engine.privacy.Privacy#export}. Prints without
 * personal data.
 */
public sealed interface DataExport {
    /**
     * All data about the user on this device (promise R1).
     *
     * @param json indented JSON for people to read; passwords, tokens and keys are listed without
     *     their values
     */
    record Exported(String json) implements DataExport {
        @Override
        public String toString() {
            return "Exported[redacted]";
        }
    }

    /** The organisation's policy has switched this off. */
    record NotAllowed() implements DataExport {}

    /** The stored data cannot be read now. */
    record Unreadable(SecureStoreException.Reason reason) implements DataExport {}
}
