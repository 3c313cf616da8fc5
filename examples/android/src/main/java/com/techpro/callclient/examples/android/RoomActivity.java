// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.TextView;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conference room, and who is in it. */
public final class RoomActivity extends Screen {
    private EditText number;
    private EditText pin;
    private EditText guest;
    private TextView state;
    private LinearLayout rooms;
    private LinearLayout roster;

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        number = field("room_number", InputType.TYPE_CLASS_PHONE);
        pin = field("room_pin", InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD);
        button("room_join", () -> join(typed(number)));
        button("room_list", this::listRooms);
        rooms = list();
        state = line();
        button("room_leave", () -> inRoom(Conference::leave));
        button(
                "room_mute",
                () -> inRoom(room -> {
                    if (!room.toggleRoomMute()) { // a room without keys for it: the microphone here
                        room.setMuted(true);
                    }
                }));
        button("room_unmute_here", () -> inRoom(room -> room.setMuted(false)));
        guest = field("room_guest", InputType.TYPE_CLASS_PHONE);
        button("room_add", () -> inRoom(room -> tell(room.add(typed(guest)))));
        roster = list();
    }

    @Override
    void refresh() {
        Optional<ConferenceSnapshot> now = room().map(Conference::snapshot);
        state.setText(now.map(this::words).orElseGet(() -> text("room_none")));
        show(
                roster,
                now.map(room -> room.roster().participants()).orElse(List.of()),
                this::words,
                List.of(new Action<>("room_remove", who -> inRoom(room -> tell(room.remove(who))))));
    }

    private void join(String room) {
        phone().account().filter(account -> !room.isEmpty()).ifPresent(account -> {
            String keys = typed(pin);
            account.join(
                    room,
                    keys.isEmpty()
                            ? ConferenceOptions.DEFAULT
                            : ConferenceOptions.DEFAULT.withPin(Secret.of(keys + "#")));
            pin.setText("");
            phone().changed();
        });
    }

    /** The rooms that the phone system tells of. */
    private void listRooms() {
        client().conferences().rooms().thenAccept(outcome -> {
            if (outcome instanceof RoomsOutcome.Listed listed) {
                show(
                        rooms,
                        listed.rooms(),
                        ConferenceDirectory.Room::name,
                        List.of(new Action<>("room_join", room -> join(room.address()))));
            } else {
                phone().say(text("room_no_list"));
            }
        });
    }

    private Optional<Conference> room() {
        return client().conferences().joined().stream().findFirst();
    }

    private void inRoom(Consumer<Conference> step) {
        room().ifPresent(step);
    }

    private void tell(CompletionStage<ConferenceOutcome> wanted) {
        wanted.thenAccept(outcome -> {
            if (outcome instanceof ConferenceOutcome.Failed failed) {
                phone().say(failed.failure().advice());
            } else if (outcome instanceof ConferenceOutcome.Unsupported) {
                phone().say(text("room_cannot"));
            }
        });
    }

    private String words(ConferenceSnapshot room) {
        if (room.state() == ConferenceSnapshot.State.JOINING) {
            return text("room_joining");
        }
        return room.roster() instanceof Roster.Unsupported
                ? text("room_no_roster")
                : text("room_in", room.name() != null ? room.name() : room.room());
    }

    private String words(Participant who) {
        return who.caller().display()
                + (who.self() ? ", " + text("room_you") : "")
                + (Boolean.TRUE.equals(who.talking()) ? ", " + text("room_talking") : "")
                + (who.muted() ? ", " + text("muted") : "")
                + (who.onHold() ? ", " + text("call_held") : "");
    }
}
