// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers separated by dots, such as 3.1.4; missing ones count as zero. */
final class Version implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){0,7}");

    private final String[] parts;

    private Version(String[] parts) {
        this.parts = parts;
    }

    /** Null if malformed: a version that cannot be compared is not newer. */
    static @Nullable Version parse(String text) {
        return FORM.matcher(text).matches() ? new Version(text.split("\\.", -1)) : null;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(parts.length, other.parts.length); i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int part(int index) {
        return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < 8; i++) {
            hash = 31 * hash + part(i);
        }
        return hash;
    }
}
