// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.BorderLayout;
import java.util.function.Consumer;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** A screen at the side: a title, a list, and actions on the chosen line. */
abstract class SideView extends Parts.Surface {
    private static final long serialVersionUID = 1L;

    private final JPanel top = Parts.column();
    private final JPanel heading = Parts.row();
    private final JPanel actions = Parts.row();
    private final JPanel bottom = Parts.plain(new BorderLayout());

    SideView(String title) {
        super(new BorderLayout(), Theme.SIDE);
        JLabel name = Parts.label(title, "font: +6 $semibold.font");
        heading.add(name);
        heading.add(Box.createHorizontalGlue());
        Parts.align(0, heading);
        top.add(Parts.padded(heading, 18, 16, 10, 10));
        bottom.setVisible(false);
        bottom.add(Parts.line(), BorderLayout.NORTH);
        bottom.add(Parts.padded(actions, 6, 10, 6, 10), BorderLayout.CENTER);
        add(top, BorderLayout.NORTH);
        add(bottom, BorderLayout.SOUTH);
    }

    /** Beside the title. */
    final void heading(JComponent part) {
        heading.add(part);
    }

    /** Under the title. */
    final void above(JComponent part) {
        Parts.align(0, part);
        top.add(part);
    }

    final void action(JComponent part) {
        bottom.setVisible(true);
        actions.add(part);
        actions.add(Parts.gap(4));
    }

    final void actionsEnd() {
        actions.add(Box.createHorizontalGlue());
    }

    /** A button under the list that acts on the chosen line, and is disabled without one. */
    final JButton of(RowList list, String name, String words, Glyph glyph, Consumer<Row> does) {
        JButton button = Parts.icon(name, words, glyph, () -> list.chosen().ifPresent(does));
        button.setEnabled(false);
        list.addListSelectionListener(chosen -> button.setEnabled(list.chosen().isPresent()));
        action(button);
        return button;
    }
}
