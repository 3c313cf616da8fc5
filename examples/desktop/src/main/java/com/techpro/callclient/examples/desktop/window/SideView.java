// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BorderLayout;
import java.awt.Component;
import javax.swing.Box;
import javax.swing.JComponent;
import javax.swing.JPanel;

/** A screen at the side: a title, what is above its list, the list, and actions on the chosen line. */
class SideView extends JPanel {
    /** @param beside the title; an empty box for nothing */
    SideView(String title, JComponent beside, JComponent above, JComponent list, Component... actions) {
        super(new BorderLayout());
        Parts.styled(this, "side");
        Box heading = Parts.row(0, Parts.label(title, "h2"), Box.createHorizontalGlue(), beside);
        add(Parts.padded(Parts.column(10, heading, above), 18, 16, 10, 16), BorderLayout.NORTH);
        add(Parts.scrolling(list), BorderLayout.CENTER);
        add(Parts.padded(Parts.row(4, actions), 6, 10, 6, 10), BorderLayout.SOUTH);
    }

    static JComponent nothing() {
        return Box.createHorizontalBox();
    }
}
