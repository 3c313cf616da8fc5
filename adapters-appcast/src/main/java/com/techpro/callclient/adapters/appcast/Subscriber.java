// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The system and channels for which updates are wanted. None of it leaves the device: everybody
 * reads the same feed.
 *
 * @param channels the additional channels, by their {@code sparkle:channel}; items without one are
 *     for everybody
 * @param os as in {@code sparkle:os}, in lower case; null if none was given: only items for every
 *     system match
 * @param systemVersion of the operating system; null if none was given: items with a minimum do not
 *     match
 */
record Subscriber(
        Set<String> channels, @Nullable String os, @Nullable Version systemVersion) {
    static final Subscriber ANYBODY = new Subscriber(Set.of(), null, null);

    Subscriber {
        channels = Set.copyOf(channels);
    }

    /**
     * Returns whether an item is for it.
     *
     * @param channel null for everybody's
     * @param itsOs null for every system
     * @param minimumSystem null for every version; a malformed one matches none
     */
    boolean hears(@Nullable String channel, @Nullable String itsOs, @Nullable String minimumSystem) {
        if ((channel != null && !channels.contains(channel)) || (itsOs != null && !itsOs.equalsIgnoreCase(os))) {
            return false;
        }
        if (minimumSystem == null) {
            return true;
        }
        Version minimum = Version.parse(minimumSystem);
        return minimum != null && systemVersion != null && systemVersion.compareTo(minimum) >= 0;
    }
}
