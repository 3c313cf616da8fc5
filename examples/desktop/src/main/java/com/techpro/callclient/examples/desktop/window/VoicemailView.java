// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.BorderLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** The messages, and the player. */
final class VoicemailView extends SideView {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JLabel summary = Parts.named("voicemail summary", "Mailbox", Parts.muted(""));
    private final RowList list;
    private final JButton undo;
    private final JButton dial;

    VoicemailView(Phone phone) {
        super("Voicemail");
        this.phone = phone;
        list = new RowList("messages", "Messages", "", row -> phone.mailbox().play(row.id()));
        dial = Parts.icon(
                "dial mailbox",
                "Call the mailbox",
                Glyph.HANDSET,
                () -> phone.mailbox().call());
        heading(dial);
        above(Parts.padded(summary, 0, 16, 10, 10));
        JPanel middle = Parts.plain(new BorderLayout());
        middle.add(Parts.scrolling(list), BorderLayout.CENTER);
        middle.add(new PlayerBar(phone), BorderLayout.SOUTH);
        add(middle, BorderLayout.CENTER);
        of(list, "play", "Play", Glyph.PLAY, row -> phone.mailbox().play(row.id()));
        of(list, "call back", "Call back", Glyph.HANDSET, this::callBack);
        actionsEnd();
        undo = Parts.icon(
                "undelete",
                "Restore deleted messages",
                Glyph.UNDO,
                () -> phone.mailbox().undelete());
        action(undo);
        of(list, "delete", "Delete", Glyph.TRASH, row -> phone.mailbox().delete(row.id()));
        phone.whenChanged(this::refresh);
    }

    private void callBack(Row row) {
        if (row.number().isEmpty()) {
            phone.tellProblem("You cannot call back here.", "The caller's number was withheld.");
        } else {
            phone.calls().dial(row.number());
        }
    }

    private void refresh() {
        summary.setText(phone.mailbox().summary());
        list.show(phone.mailbox().messages());
        undo.setVisible(phone.mailbox().canUndelete());
        dial.setVisible(phone.mailbox().canBeCalled());
    }
}
