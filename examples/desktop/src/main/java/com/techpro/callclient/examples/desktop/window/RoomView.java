// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.util.List;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** A conference room and its participants. */
final class RoomView extends JPanel {
    private final Phone phone;
    private final JTextField number = Parts.field("room", "Room number");
    private final JLabel summary = Parts.named("room summary", "Room", Parts.label("", "muted"));
    private final RowList<Participant> list = new RowList<>("roster", "Who is in the room", "", who -> {});
    private final JButton enter;
    private final JButton leave;

    RoomView(Phone phone) {
        this.phone = phone;
        enter = Parts.primary(Parts.button("enter", "Enter", 'N', this::enter), number);
        leave = Parts.icon("leave", "Leave the room", Glyph.LEAVE, () -> room().ifPresent(Conference::leave));
        Parts.side(this, Parts.column(10, Parts.title("Rooms"), Parts.row(8, number, enter), summary), list, leave);
        phone.whenChanged(this::refresh);
    }

    private Optional<Conference> room() {
        return phone.unlocked(phone.client().conferences()::joined).stream().findFirst();
    }

    private void enter() {
        try {
            phone.account().ifPresent(account -> {
                var unused = account.join(number.getText().strip());
                phone.tell(null);
            });
        } catch (IllegalArgumentException e) {
            phone.tellProblem("This is not a room.", "Check the room number.");
        }
    }

    private void refresh() {
        Optional<Conference> room = room();
        summary.setText(room.map(in -> Words.room(in.snapshot())).orElse("You are not in a room"));
        list.show(room.map(in -> in.snapshot().roster().participants()).orElse(List.of()), RoomView::row);
        enter.setEnabled(room.isEmpty());
        leave.setEnabled(room.isPresent());
    }

    private static RowList.Row<Participant> row(Participant who) {
        String name = Words.name(who.caller()) + (who.self() ? " (you)" : "");
        String lamp = Boolean.TRUE.equals(who.talking()) ? Theme.GREEN : null;
        return new RowList.Row<>(who, who.id(), name, Words.participant(who), "", null, Theme.MUTED, lamp);
    }
}
