// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import org.jspecify.annotations.Nullable;

/**
 * The configuration of a room.
 *
 * @param focus whether it is a conference focus (RFC 4579) with participant notifications; if not,
 *     it only mixes
 * @param pin the PIN for joining, or null
 * @param owner the creator and only one who may remove others; null for a permanent room, where
 *     every participant may
 */
record RoomKind(
        boolean focus, @Nullable String pin, @Nullable String owner) {
    @Override
    public String toString() {
        return "RoomKind[" + (focus ? "focus" : "no focus") + (pin == null ? "]" : ", pin]");
    }
}
