// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.SoundLevel;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.util.function.Supplier;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** How loud a microphone or loudspeaker is, while it is on the screen. */
final class LevelBar extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final int EACH_MILLIS = 100;
    /** Where the bar begins, in dBFS. */
    private static final double QUIETEST = -60;
    /** A peak above this is shown as too loud. */
    private static final double TOO_LOUD = -1;

    private final transient Supplier<@Nullable SoundLevel> level;

    LevelBar(Supplier<@Nullable SoundLevel> level) {
        this.level = level;
        Dimension size = new Dimension(260, 6);
        setPreferredSize(size);
        setMaximumSize(size);
        Parts.whileShown(this, EACH_MILLIS, this::repaint);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        SoundLevel now = level.get();
        bar(g, Theme.LINE, 1);
        if (now != null) {
            bar(g, now.peak() > TOO_LOUD ? Theme.RED : Theme.GREEN, share(now));
        }
        g.dispose();
    }

    private void bar(Graphics2D g, String color, double share) {
        g.setColor(Theme.color(color));
        g.fill(new RoundRectangle2D.Double(0, 0, getWidth() * share, getHeight(), 4, 4));
    }

    /** The filled part of the bar, 0 to 1. */
    static double share(SoundLevel level) {
        return Math.max(0, Math.min(1, 1 - level.rms() / QUIETEST));
    }
}
