// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.Icon;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A glyph as an icon, sharp on every screen. */
final class GlyphIcon implements Icon {
    private final Glyph glyph;
    private final int size;
    private final @Nullable String color;

    /** In the colour of its component. */
    GlyphIcon(Glyph glyph, int size) {
        this(glyph, size, null);
    }

    /** @param color its name in the theme */
    GlyphIcon(Glyph glyph, int size, @Nullable String color) {
        this.glyph = glyph;
        this.size = size;
        this.color = color;
    }

    @Override
    public void paintIcon(Component on, Graphics graphics, int x, int y) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(
                !on.isEnabled()
                        ? UIManager.getColor("Label.disabledForeground")
                        : color == null ? on.getForeground() : UIManager.getColor(color));
        glyph.paint(g, x, y, size);
        g.dispose();
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}
