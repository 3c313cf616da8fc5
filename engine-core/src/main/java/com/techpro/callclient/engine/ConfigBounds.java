// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.call.CustomHeaders;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a {@link CallClientConfig} may say; anything else is an {@link IllegalArgumentException}. */
final class ConfigBounds {
    private ConfigBounds() {}

    static String country(String country) {
        if (!country.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("a country is two letters, such as DE");
        }
        return country;
    }

    static String product(String product) {
        if (product.isEmpty() || product.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("a user agent is printable ASCII");
        }
        return product;
    }

    static int mediaLoops(int loops) {
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("1 to 64 media loops, not " + loops);
        }
        return loops;
    }

    static int calls(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least one call, not " + calls);
        }
        return calls;
    }

    static Set<String> customHeaders(String... names) {
        Set<String> permitted = new LinkedHashSet<>();
        for (String name : names) {
            CustomHeaders.requirePermissible(name);
            permitted.add(name);
        }
        return Collections.unmodifiableSet(permitted);
    }

    static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing, not " + duration);
        }
        return duration;
    }
}
