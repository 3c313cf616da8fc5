// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.List;
import javax.swing.DefaultListModel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;

/** A conference room, and who is in it. */
final class RoomPanel extends Form {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JTextField number = field("room", "");
    private final DefaultListModel<String> lines = new DefaultListModel<>();

    RoomPanel(Phone phone) {
        super(new BorderLayout(12, 12));
        this.phone = phone;
        JPanel top = new JPanel(new FlowLayout(FlowLayout.LEADING));
        top.add(label("Room", number));
        top.add(number);
        top.add(button("join", "Enter", () -> phone.join(number.getText())));
        top.add(button("leave", "Leave", phone::leave));
        add(top, BorderLayout.NORTH);
        add(new JScrollPane(named("roster", new JList<>(lines))), BorderLayout.CENTER);
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        Conference room = phone.room();
        show(lines, room == null ? List.of("You are in no room.") : roster(room.snapshot()));
    }

    private static List<String> roster(ConferenceSnapshot room) {
        if (room.state() == ConferenceSnapshot.State.JOINING) {
            return List.of("Entering…");
        } else if (room.roster() instanceof Roster.Unsupported) {
            return List.of("This room does not tell who is in it.");
        }
        return room.roster().participants().stream().map(RoomPanel::line).toList();
    }

    private static String line(Participant who) {
        return who.caller().display()
                + (who.self() ? " (you)" : "")
                + (Boolean.TRUE.equals(who.talking()) ? ", talking" : "")
                + (who.muted() ? ", muted" : "")
                + (who.onHold() ? ", on hold" : "");
    }
}
