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
import java.util.List;
import javax.swing.Box;

/** The call history: call back, add a favourite, delete. */
final class HistoryView {
    private final Phone phone;

    private HistoryView(Phone phone) {
        this.phone = phone;
    }

    static SideView of(Phone phone) {
        HistoryView view = new HistoryView(phone);
        History history = phone.client().people().history();
        RowList<HistoryEntry> list = new RowList<>("history", "History", "No calls yet.", view::call);
        phone.whenChanged(() -> list.show(
                phone.locked()
                        ? List.of()
                        : history.snapshot().entries().stream().map(view::row).toList()));
        return new SideView(
                "History",
                SideView.nothing(),
                SideView.nothing(),
                list,
                list.button("call again", "Call", Glyph.HANDSET, view::call),
                list.button("make favorite", "Add to favourites", Glyph.STAR, view::makeFavorite),
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
        if (entry instanceof CallRecord call && !call.number().isEmpty()) {
            phone.dial(call.number());
        } else {
            phone.tellProblem("You cannot call back here.", "The number was withheld, or it was a room.");
        }
    }

    private void makeFavorite(HistoryEntry entry) {
        if (entry instanceof CallRecord call && !call.number().isEmpty()) {
            String name = call.name() == null ? "" : call.name();
            phone.tellRefusal(phone.client().people().favorites().add(new Favorite(call.number(), name)));
        } else {
            phone.tellProblem("This cannot be a favourite.", "The number was withheld, or it was a room.");
        }
    }
}
