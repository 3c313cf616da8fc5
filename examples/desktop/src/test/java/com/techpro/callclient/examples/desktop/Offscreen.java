// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.swing.JComponent;

/** Lays components out and paints them where there is no screen. On the event dispatch thread. */
final class Offscreen {
    private static final int ARC = 20;

    private Offscreen() {}

    private static void layOutAll(Container container) {
        container.doLayout();
        for (Component each : container.getComponents()) {
            if (each instanceof Container inner) {
                layOutAll(inner);
            }
        }
    }

    /** As in a window of that size, with round corners. */
    static BufferedImage paint(JComponent root, int windowWidth, int windowHeight, double scale) {
        // Only while it is painted: Swing takes what is displayable to be on a screen.
        root.addNotify();
        try {
            root.setSize(new Dimension(windowWidth, windowHeight));
            layOutAll(root);
            root.validate();
            return painted(root, scale);
        } finally {
            root.removeNotify();
        }
    }

    private static BufferedImage painted(JComponent root, double scale) {
        int width = (int) (root.getWidth() * scale);
        int height = (int) (root.getHeight() * scale);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = picture.createGraphics();
        g.scale(scale, scale);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        root.paint(g);
        g.dispose();
        return rounded(picture, ARC * scale);
    }

    private static BufferedImage rounded(BufferedImage picture, double arc) {
        BufferedImage result = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = result.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        var frame = new RoundRectangle2D.Double(0.5, 0.5, picture.getWidth() - 1, picture.getHeight() - 1, arc, arc);
        g.fill(frame);
        g.setComposite(AlphaComposite.SrcIn);
        g.drawImage(picture, 0, 0, null);
        g.setComposite(AlphaComposite.SrcOver);
        g.setColor(new Color(128, 136, 148, 110));
        g.draw(frame);
        g.dispose();
        return result;
    }
}
