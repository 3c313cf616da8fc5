// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BasicStroke;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Locale;
import java.util.Scanner;
import javax.swing.AbstractButton;
import javax.swing.Icon;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** The icons of this app; their paths are in FlatLaf.properties. */
enum Glyph {
    MICROPHONE,
    MICROPHONE_OFF,
    PAUSE,
    PLAY,
    KEYPAD,
    TRANSFER,
    SWAP,
    HEADSET,
    LOCK,
    LOCK_OPEN,
    STAR,
    CLOCK,
    VOICEMAIL,
    PEOPLE,
    SETTINGS,
    BELL,
    BELL_OFF,
    TRASH,
    ERASE,
    CLOSE,
    PLUS,
    UNDO,
    WARNING,
    INFORMATION,
    LEAVE,
    ARROW_OUT,
    ARROW_IN,
    MISSED,
    HANDSET,
    HANG_UP;

    @SuppressWarnings("ImmutableEnumChecker") // made once
    private @Nullable Shape shape;

    private Shape shape() {
        if (shape == null) {
            shape = parse(UIManager.getString("Glyph." + name()));
        }
        return shape;
    }

    private Shape parse(String path) {
        Path2D lines = new Path2D.Double();
        Scanner words = new Scanner(path).useLocale(Locale.ROOT);
        while (words.hasNext()) {
            String letter = words.next();
            double[] n = new double[6];
            for (int i = 0; i < n.length && words.hasNextDouble(); i++) {
                n[i] = words.nextDouble();
            }
            switch (letter) {
                case "M" -> lines.moveTo(n[0], n[1]);
                case "L" -> lines.lineTo(n[0], n[1]);
                case "C" -> lines.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
                case "O" -> lines.append(new Ellipse2D.Double(n[0] - n[2], n[1] - n[2], 2 * n[2], 2 * n[2]), false);
                case "R" ->
                    lines.append(new RoundRectangle2D.Double(n[0], n[1], n[2], n[3], 2 * n[4], 2 * n[4]), false);
                default -> lines.closePath();
            }
        }
        if (this == HANDSET) {
            lines.transform(AffineTransform.getRotateInstance(Math.toRadians(-135), 12, 12));
        }
        return new BasicStroke(1.9f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(lines);
    }

    /** In the colour of its component. */
    Icon icon(int size) {
        return new Drawn(this, size, null);
    }

    /** @param color its name in the theme */
    Icon icon(int size, String color) {
        return new Drawn(this, size, color);
    }

    private record Drawn(Glyph glyph, int size, @Nullable String color) implements Icon {
        @Override
        public void paintIcon(Component on, Graphics graphics, int x, int y) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            boolean selected = on instanceof AbstractButton button && button.isSelected();
            String name = !on.isEnabled() ? "Label.disabledForeground" : selected ? Theme.ACCENT : color;
            g.setColor(name == null ? on.getForeground() : Theme.color(name));
            g.translate(x, y);
            g.scale(size / 24.0, size / 24.0);
            g.fill(glyph.shape());
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
}
