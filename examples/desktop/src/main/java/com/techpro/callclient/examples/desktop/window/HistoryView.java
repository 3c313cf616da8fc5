// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.BorderLayout;

/** The call history: call back, add a favourite, delete. */
final class HistoryView extends SideView {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;

    HistoryView(Phone phone) {
        super("History");
        this.phone = phone;
        RowList list = new RowList("history", "History", "No calls yet.", this::call);
        add(Parts.scrolling(list), BorderLayout.CENTER);
        of(list, "call again", "Call", Glyph.HANDSET, this::call);
        of(
                list,
                "make favorite",
                "Add to favourites",
                Glyph.STAR,
                row -> phone.people().add(row.number(), row.name().equals(row.number()) ? "" : row.name()));
        actionsEnd();
        of(
                list,
                "forget call",
                "Delete from the history",
                Glyph.TRASH,
                row -> phone.people().forget(row.id()));
        phone.whenChanged(() -> list.show(phone.people().history()));
    }

    private void call(Row row) {
        if (row.number().isEmpty()) {
            phone.tellProblem("You cannot call back here.", "The number was withheld, or it was a room.");
        } else {
            phone.calls().dial(row.number());
        }
    }
}
