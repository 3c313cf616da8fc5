// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Notice;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.Dimension;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/** A notice to the user: what happened, and what to do about it. */
final class NoticeBar extends JPanel {
    private final JLabel icon = new JLabel();
    private final JTextArea title = text("notice", "Notice", "semibold");
    private final JTextArea advice = text("advice", "What to do", "small");
    private final JPanel lines = Parts.column(2, title, advice);

    NoticeBar(Phone phone) {
        super(new BorderLayout(12, 0));
        add(icon, BorderLayout.WEST);
        add(lines, BorderLayout.CENTER);
        add(Parts.icon("dismiss", "Close this notice", Glyph.CLOSE, () -> phone.tell(null)), BorderLayout.EAST);
        Parts.named("notice bar", "Notice", Parts.padded(this, 12, 20, 12, 16));
        phone.whenChanged(() -> {
            setVisible(phone.notice().isPresent());
            phone.notice().ifPresentOrElse(this::show, () -> title.setText(""));
        });
    }

    /** Text that goes on in the next line where the window is too narrow. */
    private static JTextArea text(String name, String spoken, String style) {
        JTextArea text = Parts.styled(Parts.named(name, spoken, new JTextArea()), style);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        return text;
    }

    /** As high as the text needs at the width of the window. */
    @Override
    public Dimension getPreferredSize() {
        int beside = super.getPreferredSize().width - lines.getPreferredSize().width;
        int width = getParent().getWidth() - beside;
        if (width != title.getWidth() || width != advice.getWidth()) {
            title.setSize(width, Short.MAX_VALUE);
            advice.setSize(width, Short.MAX_VALUE);
            lines.invalidate();
        }
        return super.getPreferredSize();
    }

    private void show(Notice now) {
        Parts.styled(this, now.problem() ? "problem" : "information");
        icon.setIcon(now.problem() ? Glyph.WARNING.icon(20, Theme.RED) : Glyph.INFORMATION.icon(20, Theme.ACCENT));
        title.setText(now.title());
        advice.setText(now.advice());
        advice.setVisible(!now.advice().isEmpty());
        getAccessibleContext().setAccessibleDescription(now.sentence());
    }
}
