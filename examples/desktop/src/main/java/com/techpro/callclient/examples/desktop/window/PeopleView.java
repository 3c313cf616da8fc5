// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.BorderLayout;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** The favourites with their busy lamps: call one, or pick up its ringing call. */
final class PeopleView extends SideView {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JTextField number = Parts.field("favorite number", "Number");
    private final JTextField name = Parts.field("favorite name", "Name");
    private final JPanel form = Parts.column();
    private final RowList list;

    PeopleView(Phone phone) {
        super("Favourites");
        this.phone = phone;
        list = new RowList("favorites", "Favourites", "Press + to add somebody.", this::callOrTake);
        heading(Parts.icon("new favorite", "New favourite", Glyph.PLUS, () -> open(!form.isVisible())));
        form.add(name);
        form.add(Parts.gap(8));
        form.add(number);
        form.add(Parts.gap(8));
        form.add(Parts.primary(Parts.button("add favorite", "Add favourite", 'A', this::add), name, number));
        Parts.align(0, name, number);
        form.setVisible(false);
        above(Parts.padded(form, 0, 14, 12, 14));
        add(Parts.scrolling(list), BorderLayout.CENTER);
        of(list, "call favorite", "Call", Glyph.HANDSET, row -> phone.calls().dial(row.number()));
        of(
                list,
                "pick up",
                "Pick up the call ringing there",
                Glyph.BELL,
                row -> phone.people().pickUp(row.number()));
        actionsEnd();
        of(
                list,
                "remove favorite",
                "Remove this favourite",
                Glyph.TRASH,
                row -> phone.people().remove(row.number()));
        phone.whenChanged(() -> list.show(phone.people().favorites()));
    }

    private void callOrTake(Row row) {
        if (row.mark() == Row.Mark.RINGING) {
            phone.people().pickUp(row.number());
        } else {
            phone.calls().dial(row.number());
        }
    }

    private void open(boolean visible) {
        form.setVisible(visible);
        if (visible) {
            name.requestFocusInWindow();
        }
        revalidate();
    }

    private void add() {
        phone.people().add(number.getText(), name.getText());
        if (!number.getText().isBlank()) {
            number.setText("");
            name.setText("");
            open(false);
        }
    }
}
