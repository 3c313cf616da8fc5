// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;

/** How {@link com.techpro.callclient.engine.CallClient#exportMyData} ended. Prints without personal data. */
public sealed interface DataExport {
    /**
     * Everything that this device holds about the user (promise R1).
     *
     * @param json indented, for people to read; passwords, tokens and keys appear with their place but not their value
     */
    record Exported(String json) implements DataExport {
        @Override
        public String toString() {
            return "Exported[redacted]";
        }
    }

    /** The organisation's policy has switched this off. */
    record NotAllowed() implements DataExport {}

    /** What is stored cannot be read now. */
    record Unreadable(SecureStoreException.Reason reason) implements DataExport {}
}
