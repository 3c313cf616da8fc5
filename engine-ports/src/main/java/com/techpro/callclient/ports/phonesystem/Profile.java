// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's identity as the phone system gives it; never typed in (promise C2). Prints without
 * personal data.
 *
 * @param extension the user's own number within the organisation
 * @param displayName the name that others see, or null
 * @param region the ISO 3166-1 country of the account, used to parse national numbers, or null
 * @param further further data from the phone system, under its own names
 */
public record Profile(
        String extension,
        @Nullable String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String region,
        Map<String, String> further) {
    public Profile {
        further = Map.copyOf(further);
    }

    /** Returns a profile with only the extension. */
    public static Profile ofExtension(String extension) {
        return new Profile(extension, null, null, null, null, null, Map.of());
    }

    @Override
    public String toString() {
        return "Profile[redacted]";
    }
}
