// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phone system's conference rooms. {@link #rooms} blocks; the engine calls it on a worker. */
public interface ConferenceDirectory {
    /**
     * Returns the rooms that the user may join.
     *
     * @param limit the maximum number of rooms
     */
    List<Room> rooms(int limit) throws IOException;

    /**
     * Returns the address that creates a new room when it is called (RFC 4579 §5.4), or null. Does
     * not block.
     */
    @Nullable
    String factory();

    /** Returns a directory of fixed rooms, such as those of an app's own configuration. */
    static ConferenceDirectory of(List<Room> rooms, @Nullable String factory) {
        List<Room> all = List.copyOf(rooms);
        return new ConferenceDirectory() {
            @Override
            public List<Room> rooms(int limit) {
                return all.subList(0, Math.min(limit, all.size()));
            }

            @Override
            public @Nullable String factory() {
                return factory;
            }
        };
    }

    /**
     * A conference room. Prints without personal data.
     *
     * @param name the name to show
     * @param address the number or SIP address to call
     * @param needsPin whether the room asks for a PIN
     * @param muteKeys the keys that mute and unmute the user at the room, such as {@code *6}, or
     *     null
     * @param muteMembersKeys the keys by which a moderator mutes and unmutes all other members, or
     *     null
     */
    record Room(
            String name,
            String address,
            boolean needsPin,
            @Nullable String muteKeys,
            @Nullable String muteMembersKeys) {
        /** Without keys for a moderator. */
        public Room(String name, String address, boolean needsPin, @Nullable String muteKeys) {
            this(name, address, needsPin, muteKeys, null);
        }

        @Override
        public String toString() {
            return "Room[redacted]";
        }
    }
}
