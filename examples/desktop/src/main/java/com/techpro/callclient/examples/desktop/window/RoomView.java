// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** A conference room and its participants. */
final class RoomView extends SideView {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JTextField number = Parts.field("room", "Room number");
    private final JLabel summary = Parts.named("room summary", "Room", Parts.muted(""));
    private final RowList list = new RowList("roster", "Who is in the room", "", row -> {});
    private final JButton enter;
    private final JButton leave;

    RoomView(Phone phone) {
        super("Rooms");
        this.phone = phone;
        enter = Parts.primary(
                Parts.button("enter", "Enter", 'N', () -> phone.room().enter(number.getText())), number);
        leave = Parts.icon(
                "leave", "Leave the room", Glyph.LEAVE, () -> phone.room().leave());
        JPanel form = Parts.plain(new BorderLayout(8, 0));
        form.add(number, BorderLayout.CENTER);
        form.add(enter, BorderLayout.EAST);
        above(Parts.padded(form, 0, 14, 10, 14));
        above(Parts.padded(summary, 0, 16, 10, 10));
        add(Parts.scrolling(list), BorderLayout.CENTER);
        action(leave);
        actionsEnd();
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        boolean in = phone.room().entered();
        summary.setText(phone.room().summary());
        list.show(phone.room().roster());
        enter.setEnabled(!in);
        leave.setEnabled(in);
    }
}
