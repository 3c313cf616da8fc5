// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.Box;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import org.jspecify.annotations.Nullable;

/** Draws a line of a list: name, detail, time. */
final class RowRenderer extends JPanel implements ListCellRenderer<Row> {
    private static final long serialVersionUID = 1L;

    private final Avatar avatar = new Avatar(38);
    private final JLabel name = new JLabel();
    private final JLabel detail = new JLabel();
    private final JLabel right = new JLabel();
    private transient @Nullable Color chosen;

    RowRenderer() {
        super(new BorderLayout(12, 0));
        setOpaque(false);
        Parts.padded(this, 9, 12, 9, 11);
        JPanel text = Parts.column();
        text.add(Box.createVerticalGlue());
        text.add(name);
        text.add(Parts.gap(2));
        text.add(detail);
        text.add(Box.createVerticalGlue());
        add(avatar, BorderLayout.WEST);
        add(text, BorderLayout.CENTER);
        add(right, BorderLayout.EAST);
        // The available width, and no more: long names end in dots.
        for (JLabel line : new JLabel[] {name, detail}) {
            line.setMinimumSize(new Dimension(10, 10));
            line.setMaximumSize(new Dimension(Integer.MAX_VALUE, 40));
        }
        Parts.padded(right, 0, 0, 0, 3);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends Row> list, Row row, int index, boolean selected, boolean focused) {
        boolean loud = row.mark() == Row.Mark.UNHEARD;
        Font font = list.getFont();
        name.setText(row.name());
        name.setFont(font.deriveFont(loud ? Font.BOLD : Font.PLAIN, font.getSize2D() + 0.5f));
        name.setForeground(Theme.color(row.mark() == Row.Mark.MISSED ? Theme.RED : "Label.foreground"));
        detail.setText(row.detail());
        detail.setFont(font.deriveFont(font.getSize2D() - 1.5f));
        detail.setForeground(Theme.color(row.mark() == Row.Mark.RINGING ? Theme.AMBER : Theme.MUTED));
        detail.setIcon(icon(row.mark()));
        detail.setIconTextGap(5);
        right.setText(row.right());
        right.setFont(font.deriveFont(font.getSize2D() - 1.5f));
        right.setForeground(Theme.color(loud ? Theme.ACCENT : Theme.MUTED));
        avatar.setFont(font);
        chosen = selected ? Theme.color(Theme.SURFACE) : null;
        avatar.on(selected ? Theme.SURFACE : Theme.SIDE).show(row.name(), row.initials(), row.lamp());
        getAccessibleContext().setAccessibleName(row.sentence());
        return this;
    }

    private static @Nullable GlyphIcon icon(Row.Mark mark) {
        return switch (mark) {
            case CALLED -> new GlyphIcon(Glyph.ARROW_OUT, 12, Theme.MUTED);
            case CALLED_BY -> new GlyphIcon(Glyph.ARROW_IN, 12, Theme.MUTED);
            case MISSED -> new GlyphIcon(Glyph.MISSED, 12, Theme.RED);
            case RINGING -> new GlyphIcon(Glyph.BELL, 12, Theme.AMBER);
            case UNHEARD -> new GlyphIcon(Glyph.VOICEMAIL, 13, Theme.ACCENT);
            case HEARD -> new GlyphIcon(Glyph.VOICEMAIL, 13, Theme.MUTED);
            case PERSON, ROOM -> null;
        };
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        if (chosen != null) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(chosen);
            g.fillRoundRect(4, 1, getWidth() - 8, getHeight() - 2, 12, 12);
            g.dispose();
        }
    }
}
