// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * Options for logging out.
 *
 * @param eraseFavorites whether the favourites are erased as well; credentials, history and caches always are (promise
 *     S6), and so are the favourites while the app is locked
 * @param grace how long the phone system may take to confirm; the device is erased in any case
 */
public record LogoutOptions(boolean eraseFavorites, Duration grace) {
    /** Erases everything and gives the phone system ten seconds. */
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
