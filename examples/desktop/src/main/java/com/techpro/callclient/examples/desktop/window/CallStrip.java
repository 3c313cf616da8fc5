// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.util.ArrayList;
import java.util.List;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** The calls that wait while the user talks in another. */
final class CallStrip extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private transient List<String> shown = List.of();

    CallStrip(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        setOpaque(false);
        Parts.padded(this, 0, 14, 14, 14);
        phone.whenChanged(this::refresh);
    }

    private void refresh() {
        String front = phone.calls().shown().map(CallCard::id).orElse("");
        List<CallCard> waiting = new ArrayList<>(phone.calls().cards());
        waiting.removeIf(card -> card.id().equals(front));
        List<String> now =
                waiting.stream().map(card -> card.id() + card.status()).toList();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        removeAll();
        JPanel lines = Parts.column();
        for (CallCard card : waiting) {
            lines.add(line(card));
            lines.add(Parts.gap(6));
        }
        add(lines, BorderLayout.CENTER);
        setVisible(!waiting.isEmpty());
        revalidate();
    }

    private JComponent line(CallCard card) {
        Parts.Surface line = new Parts.Surface(null, Theme.SURFACE);
        line.setLayout(new BoxLayout(line, BoxLayout.X_AXIS));
        Avatar avatar = new Avatar(30).on(Theme.SURFACE);
        avatar.show(card.name(), card.initials(), null);
        JLabel who = Parts.named("waiting call", card.sentence(), Parts.label(card.name(), "font: $semibold.font"));
        JButton swap = Parts.icon(
                "swap " + card.name(),
                "Talk to " + card.name(),
                Glyph.SWAP,
                () -> phone.calls().bringToFront(card.id()));
        line.add(avatar);
        line.add(Parts.gap(12));
        line.add(who);
        line.add(Parts.gap(10));
        line.add(Parts.muted(card.status()));
        line.add(Box.createHorizontalGlue());
        line.add(swap);
        Parts.styled(line, "arc: 14");
        return Parts.padded(line, 8, 14, 8, 10);
    }
}
