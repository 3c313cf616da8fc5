// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import java.util.Objects;

/**
 * A favourite of the user. Prints without personal data.
 *
 * @param number the extension or telephone number, as it is dialled
 * @param name the name to show; may be empty
 */
public record Favorite(String number, String name) {
    public Favorite {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(name, "name");
        if (number.isEmpty() || number.length() > 128 || name.length() > 128) {
            throw new IllegalArgumentException(
                    "a favourite has a number of up to 128 characters and a name of up to 128");
        }
    }

    @Override
    public String toString() {
        return "Favorite[redacted]";
    }
}
