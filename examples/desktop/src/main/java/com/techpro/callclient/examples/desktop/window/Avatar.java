// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Lamp;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * A round substitute for a person's picture: initials on a constant colour, with a lamp at the
 * edge.
 */
final class Avatar extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final int[] HUES = {0x3b6fb6, 0x7a5bb5, 0x2f8579, 0xb0643a, 0xa94a73, 0x4f7d3a, 0x5a6b86};

    private static final int EDGE = 2;

    private int size;
    private String name = "";
    private String initials = "";
    private transient @Nullable Lamp lamp;
    private String around = "";

    Avatar(int size) {
        resize(size);
    }

    void resize(int diameter) {
        if (size != diameter) {
            size = diameter;
            Dimension whole = new Dimension(size + 2 * EDGE, size + 2 * EDGE);
            setPreferredSize(whole);
            setMinimumSize(whole);
            setMaximumSize(whole);
            revalidate();
        }
    }

    /**
     * @param behind the theme's colour behind it, which surrounds the lamp; empty for the
     *     background
     */
    Avatar on(String behind) {
        around = behind;
        return this;
    }

    void show(String whose, String letters, @Nullable Lamp shown) {
        name = whose;
        initials = letters;
        lamp = shown;
        repaint();
    }

    private Color color() {
        return new Color(HUES[Math.floorMod((name.hashCode() * 0x9e3779b9) >>> 16, HUES.length)]);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        double x = (getWidth() - size) / 2.0;
        double y = (getHeight() - size) / 2.0;
        g.setColor(color());
        g.fill(new Ellipse2D.Double(x, y, size, size));
        g.setColor(Color.WHITE);
        if ("#".equals(initials)) {
            Glyph.PERSON.paint(g, x + size * 0.24, y + size * 0.24, size * 0.52);
        } else {
            g.setFont(getFont().deriveFont(Font.BOLD, size * 0.36f));
            FontMetrics metrics = g.getFontMetrics();
            float baseline = (float) (y + (size - metrics.getHeight()) / 2.0 + metrics.getAscent());
            g.drawString(initials, (float) (x + (size - metrics.stringWidth(initials)) / 2.0), baseline);
        }
        if (lamp != null) {
            double dot = Math.max(10, size * 0.26);
            double left = x + size - dot;
            double top = y + size - dot;
            g.setColor(around.isEmpty() ? Theme.color("Panel.background") : Theme.color(around));
            g.fill(new Ellipse2D.Double(left - 2, top - 2, dot + 4, dot + 4));
            g.setColor(Theme.of(lamp));
            g.fill(new Ellipse2D.Double(left, top, dot, dot));
        }
        g.dispose();
    }
}
