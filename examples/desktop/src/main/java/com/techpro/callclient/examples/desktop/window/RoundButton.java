// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import javax.swing.JToggleButton;

/**
 * A round button with an icon, and a word under it. A selected one is filled with the accent
 * colour.
 */
final class RoundButton extends JToggleButton {
    private static final long serialVersionUID = 1L;
    private static final int GAP = 7;

    private final int size;
    private final String fill;
    private final boolean toggles;
    private transient Glyph glyph;
    private String caption;

    /** The purpose of the button. */
    enum Role {
        /** An action on a call; may be on or off. */
        PLAIN(Theme.SURFACE),
        /** Calls or answers. */
        GREEN(Theme.GREEN),
        /** Ends a call. */
        RED(Theme.RED);

        private final String fill;

        Role(String fill) {
            this.fill = fill;
        }
    }

    /**
     * @param words its action, for its tooltip and for screen readers
     * @param caption under it; may be empty
     * @param mnemonic with Alt, or 0
     */
    RoundButton(String name, String words, String caption, Glyph glyph, Role role, int size, char mnemonic) {
        this.size = size;
        this.glyph = glyph;
        this.caption = caption;
        fill = role.fill;
        toggles = role == Role.PLAIN;
        Parts.named(name, words, this);
        setToolTipText(mnemonic == 0 ? words : words + " (Alt+" + mnemonic + ")");
        if (mnemonic != 0) {
            setMnemonic(mnemonic);
        }
        setContentAreaFilled(false);
        setBorderPainted(false);
        setFocusPainted(false);
        setOpaque(false);
        setRolloverEnabled(true);
    }

    RoundButton doing(Runnable action) {
        addActionListener(pressed -> {
            if (!toggles) {
                setSelected(false);
            }
            action.run();
        });
        return this;
    }

    /** Updates the button's state, text and icon. */
    void show(boolean on, String words, String shortly, Glyph icon) {
        setSelected(on);
        getAccessibleContext().setAccessibleName(words);
        int mnemonic = getMnemonic();
        setToolTipText(mnemonic == 0 ? words : words + " (Alt+" + (char) mnemonic + ")");
        caption = shortly;
        glyph = icon;
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        FontMetrics metrics = getFontMetrics(getFont());
        int text = caption.isEmpty() ? 0 : metrics.getHeight() + GAP;
        return new Dimension(Math.max(size + 8, caption.isEmpty() ? 0 : size + 20), size + 8 + text);
    }

    @Override
    public Dimension getMaximumSize() {
        return getPreferredSize();
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double x = (getWidth() - size) / 2.0;
        double y = 4;
        boolean on = isSelected() && toggles;
        Color back = Theme.color(on ? Theme.ACCENT : fill);
        Color front = on || !toggles ? Color.WHITE : Theme.color("Label.foreground");
        if (!isEnabled()) {
            front = Theme.color("Label.disabledForeground");
            back = Theme.color(Theme.SURFACE);
        } else if (getModel().isRollover() || getModel().isPressed()) {
            back = getModel().isPressed() ? back.darker() : mixed(back, front);
        }
        g.setColor(back);
        g.fill(new Ellipse2D.Double(x, y, size, size));
        if (isFocusOwner()) {
            g.setColor(Theme.color(Theme.ACCENT));
            g.setStroke(new BasicStroke(2));
            g.draw(new Ellipse2D.Double(x - 2, y - 2, size + 4, size + 4));
        }
        double icon = size * 0.42;
        g.setColor(front);
        glyph.paint(g, x + (size - icon) / 2, y + (size - icon) / 2, icon);
        if (!caption.isEmpty()) {
            g.setFont(getFont());
            FontMetrics metrics = g.getFontMetrics();
            g.setColor(Theme.color(isEnabled() ? Theme.MUTED : "Label.disabledForeground"));
            float left = (float) ((getWidth() - metrics.stringWidth(caption)) / 2.0);
            g.drawString(caption, left, (float) (y + size + GAP + metrics.getAscent()));
        }
        g.dispose();
    }

    private static Color mixed(Color most, Color some) {
        return new Color(
                (most.getRed() * 9 + some.getRed()) / 10,
                (most.getGreen() * 9 + some.getGreen()) / 10,
                (most.getBlue() * 9 + some.getBlue()) / 10);
    }
}
