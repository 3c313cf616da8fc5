// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import javax.swing.JButton;

/** A key of the keypad: a digit, and the letters under it (ITU-T E.161). */
final class KeyButton extends JButton {
    private static final long serialVersionUID = 1L;

    private final String digit;
    private final String letters;
    private final int size;

    KeyButton(char key, String letters, int size, Runnable action) {
        digit = String.valueOf(key);
        this.letters = letters;
        this.size = size;
        String spoken = key == '*' ? "Star" : key == '#' ? "Hash" : digit;
        Parts.named("key " + key, letters.isEmpty() ? spoken : spoken + ", letters " + letters, this);
        setToolTipText("Key " + spoken);
        addActionListener(pressed -> action.run());
        setContentAreaFilled(false);
        setBorderPainted(false);
        setFocusPainted(false);
        setOpaque(false);
        setRolloverEnabled(true);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(size + 6, size + 6);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        double x = (getWidth() - size) / 2.0;
        double y = (getHeight() - size) / 2.0;
        Color back = Theme.color(getModel().isRollover() || getModel().isPressed() ? Theme.LINE : Theme.SURFACE);
        g.setColor(back);
        g.fill(new Ellipse2D.Double(x, y, size, size));
        if (isFocusOwner()) {
            g.setColor(Theme.color(Theme.ACCENT));
            g.setStroke(new BasicStroke(2));
            g.draw(new Ellipse2D.Double(x + 1, y + 1, size - 2, size - 2));
        }
        Font big = getFont().deriveFont(size * 0.36f);
        FontMetrics metrics = g.getFontMetrics(big);
        g.setFont(big);
        g.setColor(Theme.color("Label.foreground"));
        boolean alone = letters.isEmpty();
        double middle = y + size * (alone ? 0.5 : 0.43);
        g.drawString(digit, (float) (x + (size - metrics.stringWidth(digit)) / 2.0), (float)
                (middle - metrics.getHeight() / 2.0 + metrics.getAscent()));
        if (!alone) {
            Font small = getFont().deriveFont(size * 0.145f);
            FontMetrics under = g.getFontMetrics(small);
            g.setFont(small);
            g.setColor(Theme.color(Theme.MUTED));
            g.drawString(letters, (float) (x + (size - under.stringWidth(letters)) / 2.0), (float) (y + size * 0.77));
        }
        g.dispose();
    }
}
