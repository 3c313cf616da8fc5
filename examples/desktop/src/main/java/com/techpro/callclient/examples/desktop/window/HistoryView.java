// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.people.HistoryEntry.ConferenceRecord;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.util.function.Consumer;
import javax.swing.Box;
import javax.swing.JPanel;

/** The call history: call back, add a favourite, delete. */
final class HistoryView extends JPanel {
    private final Phone phone;

    HistoryView(Phone phone) {
        this.phone = phone;
        History history = phone.client().people().history();
        RowList<HistoryEntry> list = new RowList<>("history", "History", "No calls yet.", this::call);
        phone.whenChanged(
                () -> list.show(phone.unlocked(() -> history.snapshot().entries()), this::row));
        Parts.side(
                this,
                Parts.title("History"),
                list,
                list.button("call again", "Call", Glyph.HANDSET, this::call),
                list.button("make favorite", "Add to favourites", Glyph.STAR, this::makeFavorite),
                Box.createHorizontalGlue(),
                list.button(
                        "forget call", "Delete from the history", Glyph.TRASH, entry -> history.delete(entry.id())));
    }

    private RowList.Row<HistoryEntry> row(HistoryEntry entry) {
        String when = Words.when(entry.start(), phone.clock());
        if (entry instanceof CallRecord call) {
            boolean missed = call.outcome() == CallOutcome.MISSED;
            return new RowList.Row<>(
                    entry,
                    call.id(),
                    Words.name(call),
                    Words.outcome(call),
                    when,
                    missed
                            ? Glyph.MISSED
                            : call.direction() == CallDirection.INCOMING ? Glyph.ARROW_IN : Glyph.ARROW_OUT,
                    missed ? Theme.RED : Theme.MUTED,
                    FavoritesView.color(FavoritesView.lamp(phone, call.number())));
        }
        ConferenceRecord stay = (ConferenceRecord) entry;
        String room = stay.name() == null ? "Room " + stay.room() : stay.name();
        return new RowList.Row<>(
                entry, stay.id(), room, "You were in this room", when, Glyph.PEOPLE, Theme.MUTED, null);
    }

    private void call(HistoryEntry entry) {
        withNumber(entry, "You cannot call back here.", call -> phone.dial(call.number()));
    }

    private void makeFavorite(HistoryEntry entry) {
        withNumber(entry, "This cannot be a favourite.", call -> {
            Favorite favorite = new Favorite(call.number(), call.name() == null ? "" : call.name());
            phone.tellRefusal(phone.client().people().favorites().add(favorite));
        });
    }

    private void withNumber(HistoryEntry entry, String problem, Consumer<CallRecord> action) {
        if (entry instanceof CallRecord call && !call.number().isEmpty()) {
            action.accept(call);
        } else {
            phone.tellProblem(problem, "The number was withheld, or it was a room.");
        }
    }
}
