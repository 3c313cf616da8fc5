// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * How to log out.
 *
 * @param eraseFavorites whether favourites go as well; credentials, history and caches go in any case (promise S6), and out of a locked app
 *     the favourites too
 * @param grace how long the phone system may take to say goodbye; what is on the device is erased whatever it does
 */
public record LogoutOptions(boolean eraseFavorites, Duration grace) {
    /** Everything goes; the phone system has ten seconds. */
    public static final LogoutOptions EVERYTHING = new LogoutOptions(true, Duration.ofSeconds(10));

    public LogoutOptions {
        Objects.requireNonNull(grace, "grace");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace is not negative");
        }
    }

    public LogoutOptions keepingFavorites() {
        return new LogoutOptions(false, grace);
    }

    public LogoutOptions within(Duration limit) {
        return new LogoutOptions(eraseFavorites, limit);
    }
}
