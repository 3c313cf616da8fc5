// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose updates are looked for. Nothing of it leaves the device: the feed is the same for everybody, and read by it.
 *
 * @param channels the further channels that are listened to, by their {@code sparkle:channel}; what has none is for everybody
 * @param os as {@code sparkle:os} names it, in lower case; null if none was given, which hears of what is for every system alone
 * @param systemVersion of the operating system; null if none was given, which fits nothing that asks for one
 */
record Subscriber(
        Set<String> channels, @Nullable String os, @Nullable Version systemVersion) {
    static final Subscriber ANYBODY = new Subscriber(Set.of(), null, null);

    Subscriber {
        channels = Set.copyOf(channels);
    }

    /**
     * Whether an item is for it.
     *
     * @param channel null for the one that is everybody's
     * @param itsOs null for every system
     * @param minimumSystem null for every version; one that nobody can read fits none
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
