// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.conference.Rooms;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conference room of an {@link EmbeddedPbx}, as its operator sees it. From any thread but the PBX's own. */
public final class PbxRoom {
    private final Rooms rooms;
    private final ConferenceRoom room;
    private final LoopCalls onLoop;

    PbxRoom(Rooms rooms, ConferenceRoom room, LoopCalls onLoop) {
        this.rooms = rooms;
        this.room = room;
        this.onLoop = onLoop;
    }

    /** What to dial. */
    public String number() {
        return room.number();
    }

    /** Everybody who is in it or being called, a device each, in order of coming. Never waits, so that a condition may ask it. */
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

    /** Whether somebody is in it. */
    public boolean has(String extension) {
        return room.has(extension);
    }

    /** Lets nobody hear an extension's devices, or lets them be heard again. */
    public void mute(String extension, boolean on) {
        onLoop.run(() -> room.user(extension).endpoints().forEach(one -> room.mute(one, on)));
    }

    /** Ends an extension's part in it. */
    public void remove(String extension) {
        onLoop.run(() -> rooms.remove(room, extension));
    }

    /** Calls an extension into it. */
    public void bring(String extension) {
        onLoop.run(() -> rooms.bring(room, extension, room.number(), status -> {}));
    }

    /** Ends everybody's part in it. */
    public void clear() {
        onLoop.run(room::clear);
    }

    /**
     * One device.
     *
     * @param status as RFC 4575 §5.7 has it: {@code connected}, {@code on-hold}, {@code muted-via-focus}, {@code alerting} and so on
     * @param joined null before it has
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
