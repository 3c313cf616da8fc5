// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phone system's own phone book. Methods block; the engine calls them on a worker. */
public interface RemoteDirectory {
    /**
     * Returns all entries.
     *
     * @param limit the maximum number of entries
     */
    List<Entry> entries(int limit) throws IOException;

    /**
     * A person of the organisation, or a contact of it. Prints without personal data.
     *
     * @param extension or null
     * @param numbers further numbers, as the phone system writes them
     */
    record Entry(String displayName, @Nullable String extension, List<String> numbers) {
        public Entry {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String toString() {
            return "Entry[redacted]";
        }
    }
}
