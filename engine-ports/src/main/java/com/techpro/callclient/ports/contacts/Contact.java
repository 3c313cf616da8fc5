// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.contacts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person or company in the address book. Prints without personal data.
 *
 * @param id stable within the address book
 * @param displayName the name to show; not empty
 * @param organisation or null
 * @param numbers as the user typed them, in the address book's order
 */
public record Contact(
        String id, String displayName, @Nullable String organisation, List<PhoneNumber> numbers) {
    public Contact {
        numbers = List.copyOf(numbers);
    }

    @Override
    public String toString() {
        return "Contact[redacted, numbers=" + numbers.size() + "]";
    }

    /**
     * One number of a contact.
     *
     * @param text as the user typed it, including spaces and signs
     * @param label such as {@code work}, or null
     */
    public record PhoneNumber(String text, @Nullable String label) {
        @Override
        public String toString() {
            return "PhoneNumber[redacted]";
        }
    }
}
