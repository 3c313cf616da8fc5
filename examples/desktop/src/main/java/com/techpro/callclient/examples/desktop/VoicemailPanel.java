// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

/** Messages: play, delete and take it back, call back. */
final class VoicemailPanel extends Form {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withZone(ZoneId.systemDefault());

    private final transient Phone phone;
    private final JLabel summary = named("voicemail summary", new JLabel());
    private final DefaultListModel<String> lines = new DefaultListModel<>();
    private final JList<String> list = named("messages", new JList<>(lines));
    private transient List<VoicemailItem> messages = List.of();

    VoicemailPanel(Phone phone) {
        super(new BorderLayout(12, 12));
        this.phone = phone;
        JPanel actions = new JPanel(new FlowLayout(FlowLayout.LEADING));
        actions.add(of("play", "Play", id -> phone.client().voicemail().play(id)));
        actions.add(of("delete", "Delete", id -> phone.client().voicemail().delete(id)));
        actions.add(
                of("call back", "Call back", id -> phone.client().voicemail().callBack(id)));
        add(summary, BorderLayout.NORTH);
        add(new JScrollPane(list), BorderLayout.CENTER);
        add(actions, BorderLayout.SOUTH);
        phone.whenChanged(this::refresh);
    }

    private JButton of(String name, String text, Consumer<String> action) {
        return button(name, text, () -> {
            int index = list.getSelectedIndex();
            if (index >= 0 && index < messages.size()) {
                action.accept(messages.get(index).id());
            } else {
                phone.say("Choose a message first.");
            }
        });
    }

    private void refresh() {
        if (phone.client().lock().isLocked()) {
            summary.setText("The app is locked.");
            show(lines, List.of());
            return;
        }
        VoicemailSnapshot now = phone.client().voicemail().snapshot();
        messages = now.messages();
        summary.setText(now.total() + " messages, " + now.unheard() + " not heard yet");
        show(lines, messages.stream().map(VoicemailPanel::line).toList());
    }

    private static String line(VoicemailItem item) {
        return (item.message().heard() ? "   " : "●  ") + item.caller().display() + ", "
                + WHEN.format(item.message().received());
    }
}
