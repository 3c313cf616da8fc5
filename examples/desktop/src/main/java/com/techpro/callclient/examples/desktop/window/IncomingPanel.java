// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.GridBagLayout;
import java.awt.event.KeyEvent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;

/** A ringing call with its caller, to answer or decline. Enter answers, Escape declines. */
final class IncomingPanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final String id;
    private final RoundButton answer;
    private final Avatar avatar = new Avatar(88);
    private final JLabel name = Parts.named("caller name", "Name", Parts.label("", "font: +10 $semibold.font"));
    private final JLabel number =
            Parts.named("caller number", "Number", Parts.styled(new JLabel(), "font: +1; foreground: $" + Theme.MUTED));

    IncomingPanel(Phone phone, CallCard card) {
        super(new GridBagLayout());
        this.phone = phone;
        id = card.id();
        answer = new RoundButton("answer", "Answer", "Answer", Glyph.HANDSET, RoundButton.Role.GREEN, 62, 'A')
                .doing(this::answer);
        RoundButton decline = new RoundButton(
                        "decline", "Decline", "Decline", Glyph.HANG_UP, RoundButton.Role.RED, 62, 'D')
                .doing(this::decline);
        JPanel buttons = Parts.row();
        buttons.add(decline);
        RoundButton silence =
                new RoundButton("silence", "Stop ringing", "Silence", Glyph.BELL_OFF, RoundButton.Role.PLAIN, 62, 'S');
        silence.doing(() -> {
            phone.calls().silence(id);
            silence.setEnabled(false);
        });
        buttons.add(Parts.gap(18));
        buttons.add(silence);
        buttons.add(Parts.gap(18));
        buttons.add(answer);
        JLabel what = Parts.styled(new JLabel("Incoming call"), "foreground: $" + Theme.MUTED);
        JPanel column = Parts.column();
        Parts.align(0.5f, what, avatar, name, number, buttons);
        column.add(what);
        column.add(Parts.gap(16));
        column.add(avatar);
        column.add(Parts.gap(14));
        column.add(name);
        column.add(Parts.gap(3));
        column.add(number);
        column.add(Parts.gap(24));
        column.add(buttons);
        add(Parts.padded(column, 24, 36, 20, 36));
        Shortcuts.bind(this, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), this::answer);
        Shortcuts.bind(this, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), this::decline);
        Parts.named("incoming call", "Incoming call", this);
        show(card);
        addHierarchyListener(shown -> answer.requestFocusInWindow()); // the focus is where Enter is
    }

    void show(CallCard card) {
        avatar.show(card.name(), card.initials(), null);
        name.setText(card.name());
        number.setText(card.number().isEmpty() ? " " : card.number());
        getAccessibleContext().setAccessibleDescription(card.sentence());
    }

    private void answer() {
        phone.calls().answer(id);
    }

    private void decline() {
        phone.calls().decline(id);
    }
}
