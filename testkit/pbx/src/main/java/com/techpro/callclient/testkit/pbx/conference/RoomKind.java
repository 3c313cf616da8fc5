// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import org.jspecify.annotations.Nullable;

/**
 * What a room is like.
 *
 * @param focus whether it says that it is a conference (RFC 4579) and tells who is in it; if not, it only mixes
 * @param pin what has to be typed to get in, or null
 * @param owner the only one who may remove others and with whom the room came to be; null for a room that is always there, where every
 *     participant may
 */
record RoomKind(
        boolean focus, @Nullable String pin, @Nullable String owner) {
    @Override
    public String toString() {
        return "RoomKind[" + (focus ? "focus" : "no focus") + (pin == null ? "]" : ", pin]");
    }
}
