// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Quality;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JComponent;

/** The audio quality of a call, as four bars. */
final class QualityBars extends JComponent {
    private static final long serialVersionUID = 1L;

    private int bars;

    QualityBars() {
        Dimension size = new Dimension(22, 18);
        setPreferredSize(size);
        setMaximumSize(size);
    }

    void show(Quality quality) {
        bars = quality.bars();
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        String color = bars >= 3 ? Theme.GREEN : bars == 2 ? Theme.AMBER : Theme.RED;
        for (int i = 0; i < 4; i++) {
            double height = 5 + i * 3.2;
            g.setColor(Theme.color(i < bars ? color : Theme.LINE));
            g.fill(new RoundRectangle2D.Double(i * 5, getHeight() - height - 1, 3.4, height, 2, 2));
        }
        g.dispose();
    }
}
