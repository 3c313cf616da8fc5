// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one value, in order and immutable. Most values have one or two, so that a hash
 * table would cost more memory and time than a search. {@link MessageLimits} bounds their number.
 */
final class ParameterMap extends AbstractMap<String, String> {
    private final String[] namesAndValues;

    private ParameterMap(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    @Override
    public int size() {
        return namesAndValues.length / 2;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        int index = index(namesAndValues, namesAndValues.length, name);
        return index < 0 ? null : namesAndValues[index + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return index(namesAndValues, namesAndValues.length, name) >= 0;
    }

    private static int index(@Nullable String[] namesAndValues, int end, @Nullable Object name) {
        for (int i = 0; i < end; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return ParameterMap.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < namesAndValues.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at += 2;
            return new SimpleImmutableEntry<>(namesAndValues[at - 2], namesAndValues[at - 1]);
        }
    }

    /** Collects parameters. */
    static final class Builder {
        private String[] namesAndValues = new String[4];
        private int end;

        /** Returns false, and adds nothing, if there is one of that name. */
        boolean add(String name, String value) {
            if (index(namesAndValues, end, name) >= 0) {
                return false;
            }
            if (end == namesAndValues.length) {
                namesAndValues = Arrays.copyOf(namesAndValues, 2 * end);
            }
            namesAndValues[end] = name;
            namesAndValues[end + 1] = value;
            end += 2;
            return true;
        }

        int size() {
            return end / 2;
        }

        Map<String, String> build() {
            if (end == 0) {
                return Map.of();
            }
            return new ParameterMap(end == namesAndValues.length ? namesAndValues : Arrays.copyOf(namesAndValues, end));
        }
    }
}
