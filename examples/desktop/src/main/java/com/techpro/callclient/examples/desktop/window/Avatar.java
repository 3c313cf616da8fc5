// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Words;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import javax.swing.Icon;
import org.jspecify.annotations.Nullable;

/**
 * A round substitute for a person's picture: initials on a constant colour.
 *
 * @param lamp the theme's colour of a dot at the edge; null for none
 */
record Avatar(int size, String name, @Nullable String lamp) implements Icon {
    private static final int[] HUES = {0x3b6fb6, 0x7a5bb5, 0x2f8579, 0xb0643a, 0xa94a73, 0x4f7d3a, 0x5a6b86};

    @Override
    public void paintIcon(Component on, Graphics graphics, int x, int y) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(new Color(HUES[Math.floorMod((name.hashCode() * 0x9e3779b9) >>> 16, HUES.length)]));
        g.fill(new Ellipse2D.Double(x, y, size, size));
        g.setColor(Color.WHITE);
        g.setFont(on.getFont().deriveFont(Font.BOLD, size * 0.36f));
        String initials = Words.initials(name);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(
                initials.isEmpty() ? "#" : initials,
                x + (size - metrics.stringWidth(initials.isEmpty() ? "#" : initials)) / 2f,
                y + (size - metrics.getHeight()) / 2f + metrics.getAscent());
        if (lamp != null) {
            double dot = size * 0.26;
            g.setColor(on.getParent().getBackground());
            g.fill(new Ellipse2D.Double(x + size - dot - 2, y + size - dot - 2, dot + 4, dot + 4));
            g.setColor(Theme.color(lamp));
            g.fill(new Ellipse2D.Double(x + size - dot, y + size - dot, dot, dot));
        }
        g.dispose();
    }

    @Override
    public int getIconWidth() {
        return size + 2;
    }

    @Override
    public int getIconHeight() {
        return size + 2;
    }

    /** Prints without personal data. */
    @Override
    public String toString() {
        return "Avatar[redacted]";
    }
}
