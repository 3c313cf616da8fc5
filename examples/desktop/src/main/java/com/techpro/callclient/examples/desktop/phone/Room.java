// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conference room and its participants. */
public final class Room {
    private final Phone phone;
    private @Nullable Conference conference;

    Room(Phone phone) {
        this.phone = phone;
    }

    public boolean entered() {
        return conference != null;
    }

    public void enter(String number) {
        Account account = phone.account();
        if (account == null || number.isBlank()) {
            return;
        }
        try {
            conference = account.join(number.strip());
            phone.tell(null);
        } catch (IllegalArgumentException e) {
            phone.tellProblem("This is not a room.", "Check the room number.");
        }
    }

    public void leave() {
        Conference room = conference;
        if (room != null) {
            room.leave();
        }
    }

    void changed(Conference room, ConferenceSnapshot after) {
        if (after.state() == ConferenceSnapshot.State.ENDED && room.equals(conference)) {
            conference = null;
            if (after.ending() instanceof CallEnding.Failed failed) {
                phone.tellProblem("You are not in the room.", failed.failure().advice());
            }
        }
        phone.changed();
    }

    /** Returns a one-line summary of the room. */
    public String summary() {
        Conference room = conference;
        if (room == null) {
            return "You are not in a room";
        }
        ConferenceSnapshot now = room.snapshot();
        if (now.state() == ConferenceSnapshot.State.JOINING) {
            return "Entering…";
        }
        return now.roster() instanceof Roster.Unsupported
                ? "This room does not show who is in it"
                : "You are in room " + (now.name() == null ? now.room() : now.name());
    }

    /** Returns the participants, if the room reports them. */
    public List<Row> roster() {
        Conference room = conference;
        if (room == null) {
            return List.of();
        }
        return room.snapshot().roster().participants().stream().map(Room::row).toList();
    }

    private static Row row(Participant who) {
        String state = !who.present()
                ? "Entering…"
                : who.onHold()
                        ? "On hold"
                        : who.muted() ? "Muted" : Boolean.TRUE.equals(who.talking()) ? "Talking" : "Listening";
        String name = Words.name(who.caller()) + (who.self() ? " (you)" : "");
        return new Row(
                who.id(),
                who.caller().number(),
                name,
                state,
                "",
                Boolean.TRUE.equals(who.talking()) ? Lamp.FREE : null,
                Row.Mark.PERSON);
    }
}
