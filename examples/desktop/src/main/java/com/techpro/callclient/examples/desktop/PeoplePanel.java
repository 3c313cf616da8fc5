// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.function.Consumer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;

/** Busy lamps: who is talking, and whose call can be taken. */
final class PeoplePanel extends Form {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JTextField extension = field("extension", "");
    private final DefaultListModel<String> lines = new DefaultListModel<>();
    private final JList<String> list = named("lamps", new JList<>(lines));

    PeoplePanel(Phone phone) {
        super(new BorderLayout(12, 12));
        this.phone = phone;
        JPanel top = new JPanel(new FlowLayout(FlowLayout.LEADING));
        top.add(label("Extension", extension));
        top.add(extension);
        top.add(button("watch", "Watch", () -> {
            phone.watch(extension.getText());
            extension.setText("");
        }));
        JPanel actions = new JPanel(new FlowLayout(FlowLayout.LEADING));
        actions.add(of("call lamp", "Call", lamp -> phone.dial(lamp.snapshot().extension())));
        actions.add(of("pickup", "Take the call that rings there", BusyLamp::pickUp));
        actions.add(of("unwatch", "Watch no more", phone::unwatch));
        add(top, BorderLayout.NORTH);
        add(new JScrollPane(list), BorderLayout.CENTER);
        add(actions, BorderLayout.SOUTH);
        phone.whenChanged(this::refresh);
    }

    private JButton of(String name, String text, Consumer<BusyLamp> action) {
        return button(name, text, () -> {
            int index = list.getSelectedIndex();
            if (index >= 0 && index < phone.lamps().size()) {
                action.accept(phone.lamps().get(index));
            } else {
                phone.say("Choose an extension first.");
            }
        });
    }

    private void refresh() {
        int chosen = list.getSelectedIndex();
        show(lines, phone.lamps().stream().map(lamp -> line(lamp.snapshot())).toList());
        if (chosen >= 0 && chosen < lines.size()) {
            list.setSelectedIndex(chosen);
        }
    }

    static String line(BusyLampSnapshot lamp) {
        String state = switch (lamp.state()) {
            case UNKNOWN -> "not known yet";
            case IDLE -> "free";
            case RINGING ->
                lamp.caller() == null ? "ringing" : "ringing, " + lamp.caller().display();
            case TALKING -> "talking";
            case OFFLINE -> "not there";
            case FORBIDDEN -> "may not be watched by you";
            case NOT_FOUND -> "does not exist";
            case UNSUPPORTED -> "cannot be watched at this phone system";
            case SWITCHED_OFF -> "switched off by your organisation";
            case CLOSED -> "no longer watched";
        };
        return lamp.extension() + ": " + state;
    }
}
