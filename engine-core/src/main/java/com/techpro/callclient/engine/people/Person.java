// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who can be called. Prints without personal data.
 *
 * @param source the source: contact, colleague or favourite
 * @param numbers extensions and telephone numbers as written in the source
 */
public record Person(
        Caller.Source source, String name, @Nullable String organisation, List<String> numbers) {
    public Person {
        numbers = List.copyOf(numbers);
    }

    @Override
    public String toString() {
        return "Person[" + source + ", redacted]";
    }
}
