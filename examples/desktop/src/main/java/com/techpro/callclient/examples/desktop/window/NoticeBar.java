// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Notice;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Optional;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/** A notice to the user: what happened, and what to do about it. */
final class NoticeBar extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JLabel icon = new JLabel();
    private final JTextArea title = text("notice", "Notice", "font: $semibold.font");
    private final JTextArea advice = text("advice", "What to do", "font: -1");
    private final JPanel lines = Parts.column();
    private String color = Theme.INFORMATION;

    NoticeBar(Phone phone) {
        super(new BorderLayout(12, 0));
        this.phone = phone;
        setOpaque(false);
        lines.add(title);
        lines.add(advice);
        add(icon, BorderLayout.WEST);
        add(lines, BorderLayout.CENTER);
        add(Parts.icon("dismiss", "Close this notice", Glyph.CLOSE, () -> phone.tell(null)), BorderLayout.EAST);
        Parts.padded(this, 18, 28, 8, 24);
        phone.whenChanged(this::refresh);
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

    private void refresh() {
        Optional<Notice> now = phone.notice();
        setVisible(now.isPresent());
        title.setText(now.map(Notice::title).orElse(""));
        advice.setText(now.map(Notice::advice).orElse(""));
        advice.setVisible(!advice.getText().isEmpty());
        boolean problem = now.map(Notice::kind).orElse(Notice.Kind.INFORMATION) == Notice.Kind.PROBLEM;
        color = problem ? Theme.PROBLEM : Theme.INFORMATION;
        icon.setIcon(
                problem
                        ? new GlyphIcon(Glyph.WARNING, 20, Theme.RED)
                        : new GlyphIcon(Glyph.INFORMATION, 20, Theme.ACCENT));
        getAccessibleContext().setAccessibleName("Notice");
        getAccessibleContext()
                .setAccessibleDescription(now.map(Notice::sentence).orElse(""));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Color back = Theme.color(color);
        g.setColor(back);
        g.fillRoundRect(14, 10, getWidth() - 28, getHeight() - 10, 14, 14);
        g.dispose();
    }
}
