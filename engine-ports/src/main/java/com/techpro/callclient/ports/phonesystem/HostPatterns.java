// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets of host names in which {@code *.example.com} matches every host below the domain, but not
 * the domain itself.
 */
final class HostPatterns {
    private HostPatterns() {}

    static boolean matches(Set<String> patterns, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> covers(pattern.toLowerCase(Locale.ROOT), name));
    }

    /** Returns patterns for the hosts that both sets permit; null stands for all hosts. */
    static @Nullable Set<String> common(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> common = new HashSet<>();
        one.stream().filter(pattern -> matches(other, pattern)).forEach(common::add);
        other.stream().filter(pattern -> matches(one, pattern)).forEach(common::add);
        return common;
    }

    private static boolean covers(String pattern, String name) {
        boolean below =
                pattern.startsWith("*.") && name.length() >= pattern.length() && name.endsWith(pattern.substring(1));
        return below || pattern.equals(name);
    }
}
