// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/**
 * The icons of this app, drawn on a square of 24. A path has SVG's letters with absolute
 * coordinates, M, L, C, Q and Z, and two of its own: O x y r for a circle, R x y width height
 * radius for a rectangle.
 */
enum Glyph {
    MICROPHONE(
            "R 9 3 6 11 3 M 5.5 11 C 5.5 15 8.2 17.5 12 17.5 C 15.8 17.5 18.5 15 18.5 11 M 12 17.5 L 12 21 M 8.5 21 L 15.5 21"),
    MICROPHONE_OFF(
            "R 9 3 6 11 3 M 5.5 11 C 5.5 15 8.2 17.5 12 17.5 C 15.8 17.5 18.5 15 18.5 11 M 12 17.5 L 12 21 M 8.5 21 L 15.5 21 M 4 3.5 L 20 20.5"),
    PAUSE("M 8.5 5 L 8.5 19 M 15.5 5 L 15.5 19"),
    PLAY("M 7 4.5 L 19.5 12 L 7 19.5 Z", true),
    PAUSE_FILLED("R 6 5 4 14 1.2 R 14 5 4 14 1.2", true),
    KEYPAD(
            "O 6 5 1.6 O 12 5 1.6 O 18 5 1.6 O 6 11 1.6 O 12 11 1.6 O 18 11 1.6 O 6 17 1.6 O 12 17 1.6 O 18 17 1.6 O 12 22 1.6",
            true),
    TRANSFER("M 4 8 L 20 8 M 16 4 L 20 8 L 16 12 M 20 16.5 L 4 16.5 M 8 12.5 L 4 16.5 L 8 20.5"),
    SWAP("M 7 20 L 7 4 M 3.5 7.5 L 7 4 L 10.5 7.5 M 17 4 L 17 20 M 13.5 16.5 L 17 20 L 20.5 16.5"),
    HEADSET("M 4 15 L 4 12.5 C 4 1.8 20 1.8 20 12.5 L 20 15 R 3 13.5 4.4 6.5 1.8 R 16.6 13.5 4.4 6.5 1.8"),
    LOCK("R 5 10.5 14 10 2.2 M 8 10.5 L 8 7.5 C 8 2.2 16 2.2 16 7.5 L 16 10.5"),
    LOCK_OPEN("R 5 10.5 14 10 2.2 M 8 10.5 L 8 7.5 C 8 2.6 15 2.2 15.8 6.5"),
    STAR("M 12 3 L 14.8 8.8 L 21.1 9.6 L 16.5 14 L 17.6 20.3 L 12 17.3 L 6.4 20.3 L 7.5 14 L 2.9 9.6 L 9.2 8.8 Z"),
    CLOCK("O 12 12 9 M 12 7 L 12 12 L 15.5 14"),
    VOICEMAIL("O 6.5 11.5 4 O 17.5 11.5 4 M 6.5 15.5 L 17.5 15.5"),
    PEOPLE(
            "O 9 8 3.6 M 2.5 20 C 2.5 12.8 15.5 12.8 15.5 20 M 15.5 4.8 C 19.4 5.4 19.4 10.6 15.5 11.2 M 18 14.2 C 20.4 15 21.5 17 21.5 20"),
    PERSON("O 12 8 4 M 4.5 20.5 C 4.5 12.5 19.5 12.5 19.5 20.5"),
    SETTINGS("M 4 7 L 11 7 M 17 7 L 20 7 O 14 7 2.6 M 4 17 L 7 17 M 13 17 L 20 17 O 10 17 2.6"),
    BELL("M 6 16.5 L 6 11 C 6 2.5 18 2.5 18 11 L 18 16.5 L 19.8 18 L 4.2 18 Z M 10 21 L 14 21"),
    BELL_OFF(
            "M 6 16.5 L 6 11 C 6 2.5 18 2.5 18 11 L 18 16.5 L 19.8 18 L 4.2 18 Z M 10 21 L 14 21 M 3.5 3.5 L 20.5 20.5"),
    TRASH(
            "M 4 6.5 L 20 6.5 M 9 6.5 L 9 4 L 15 4 L 15 6.5 M 6 6.5 L 7 20.5 L 17 20.5 L 18 6.5 M 10 10.5 L 10.4 16.5 M 14 10.5 L 13.6 16.5"),
    ERASE("M 9 5 L 21 5 L 21 19 L 9 19 L 3 12 Z M 12 9.5 L 17 14.5 M 17 9.5 L 12 14.5"),
    CLOSE("M 6 6 L 18 18 M 18 6 L 6 18"),
    PLUS("M 12 5 L 12 19 M 5 12 L 19 12"),
    UNDO("M 8 4 L 4 8 L 8 12 M 4 8 L 14 8 C 21.5 8 21.5 19 14 19 L 8 19"),
    WARNING("M 12 4 L 21.5 20 L 2.5 20 Z M 12 10 L 12 14.5 M 12 17 L 12 17.2"),
    INFORMATION("O 12 12 9 M 12 11 L 12 16.5 M 12 7.5 L 12 7.7"),
    LEAVE("M 10 4 L 4 4 L 4 20 L 10 20 M 9 12 L 20 12 M 16 8 L 20 12 L 16 16"),
    ARROW_OUT("M 6 18 L 18 6 M 9.5 6 L 18 6 L 18 14.5"),
    ARROW_IN("M 18 6 L 6 18 M 6 9.5 L 6 18 L 14.5 18"),
    MISSED("M 3.5 8 L 11 15.5 L 20.5 6 M 14 6 L 20.5 6 L 20.5 12.5"),
    HANDSET(-135),
    HANG_UP(0);

    private static final float WIDTH = 1.9f;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Shape shape;

    Glyph(String path) {
        this(path, false);
    }

    Glyph(String path, boolean filled) {
        Path2D drawn = parse(path);
        shape = filled
                ? drawn
                : new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(drawn);
    }

    /** The handset of a telephone: an arc with two ends. */
    Glyph(double degrees) {
        Path2D bow = new Path2D.Double();
        bow.moveTo(4.4, 13.6);
        bow.curveTo(8, 9.8, 16, 9.8, 19.6, 13.6);
        Area handset =
                new Area(new BasicStroke(3.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND).createStrokedShape(bow));
        for (double side : new double[] {-1, 1}) {
            Area end = new Area(new RoundRectangle2D.Double(-2.7, -2.1, 5.4, 5, 2.2, 2.2));
            end.transform(AffineTransform.getRotateInstance(side * Math.toRadians(24)));
            end.transform(AffineTransform.getTranslateInstance(12 + side * 7.3, 14.2));
            handset.add(end);
        }
        handset.transform(AffineTransform.getRotateInstance(Math.toRadians(degrees), 12, 12));
        Rectangle2D bounds = handset.getBounds2D();
        AffineTransform middle = AffineTransform.getTranslateInstance(12, 12);
        double size = degrees == 0 ? 21 : 19;
        middle.scale(
                size / Math.max(bounds.getWidth(), bounds.getHeight()),
                size / Math.max(bounds.getWidth(), bounds.getHeight()));
        middle.translate(-bounds.getCenterX(), -bounds.getCenterY());
        shape = middle.createTransformedShape(handset);
    }

    private static Path2D parse(String path) {
        Path2D drawn = new Path2D.Double();
        String[] words = path.split(" ", -1);
        int at = 0;
        while (at < words.length) {
            String letter = words[at];
            double[] n = new double[Math.min(6, words.length - at - 1)];
            int count = 0;
            while (at + 1 + count < words.length && !Character.isLetter(words[at + 1 + count].charAt(0))) {
                n[count] = Double.parseDouble(words[at + 1 + count]);
                count++;
            }
            at += 1 + count;
            switch (letter) {
                case "M" -> drawn.moveTo(n[0], n[1]);
                case "L" -> drawn.lineTo(n[0], n[1]);
                case "Q" -> drawn.quadTo(n[0], n[1], n[2], n[3]);
                case "C" -> drawn.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
                case "O" -> drawn.append(new Ellipse2D.Double(n[0] - n[2], n[1] - n[2], 2 * n[2], 2 * n[2]), false);
                case "R" ->
                    drawn.append(new RoundRectangle2D.Double(n[0], n[1], n[2], n[3], 2 * n[4], 2 * n[4]), false);
                default -> drawn.closePath();
            }
        }
        return drawn;
    }

    /** Paints in the present colour, with its corner at x and y. */
    void paint(Graphics2D g, double x, double y, double size) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(size / 24, size / 24);
        g.fill(place.createTransformedShape(shape));
    }
}
