// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.conference.Rooms;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conference room of an {@link EmbeddedPbx}, as its operator sees it. Callable from any thread
 * except the PBX's own.
 */
public final class PbxRoom {
    private final Rooms rooms;
    private final ConferenceRoom room;
    private final LoopCalls onLoop;

    PbxRoom(Rooms rooms, ConferenceRoom room, LoopCalls onLoop) {
        this.rooms = rooms;
        this.room = room;
        this.onLoop = onLoop;
    }

    /** Returns the number to dial. */
    public String number() {
        return room.number();
    }

    /**
     * Returns all participants, joined or being called, one per device, in order of joining. Never
     * waits, so conditions may call it.
     */
    public List<Member> participants() {
        return room.participants().stream()
                .map(one -> new Member(
                        one.extension(),
                        one.displayName(),
                        one.status(),
                        one.joinedAt(),
                        one.muted(),
                        one.onHold(),
                        one.talking()))
                .toList();
    }

    /** Returns whether an extension is in the room. */
    public boolean has(String extension) {
        return room.has(extension);
    }

    /** Mutes an extension's devices for everybody, or unmutes them. */
    public void mute(String extension, boolean on) {
        onLoop.run(() -> room.user(extension).endpoints().forEach(one -> room.mute(one, on)));
    }

    /** Removes an extension from the room. */
    public void remove(String extension) {
        onLoop.run(() -> rooms.remove(room, extension));
    }

    /** Calls an extension into the room. */
    public void bring(String extension) {
        onLoop.run(() -> rooms.bring(room, extension, room.number(), status -> {}));
    }

    /** Removes everybody from the room. */
    public void clear() {
        onLoop.run(room::clear);
    }

    /**
     * One participating device.
     *
     * @param status as in RFC 4575 §5.7: {@code connected}, {@code on-hold},
     *     {@code muted-via-focus}, {@code alerting} and so on
     * @param joined null until it has joined
     */
    public record Member(
            String extension,
            String displayName,
            String status,
            @Nullable Instant joined,
            boolean muted,
            boolean onHold,
            boolean talking) {}
}
