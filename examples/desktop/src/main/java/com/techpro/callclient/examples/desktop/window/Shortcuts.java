// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/**
 * Keyboard shortcuts for the whole window, unless the focused component uses the key itself, as a
 * text field does.
 */
final class Shortcuts {
    private static final String DIGITS = "0123456789*#+";

    private Shortcuts() {}

    static void on(JComponent window, Stage stage) {
        for (int i = 0; i < DIGITS.length(); i++) {
            char key = DIGITS.charAt(i);
            bind(window, KeyStroke.getKeyStroke(key), () -> stage.press(key));
        }
        bind(window, KeyStroke.getKeyStroke(KeyEvent.VK_BACK_SPACE, 0), stage::erase);
        bind(window, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), stage::enter);
        bind(window, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), stage::escape);
    }

    static void bind(JComponent window, KeyStroke stroke, Runnable action) {
        window.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(stroke, stroke.toString());
        window.getActionMap().put(stroke.toString(), new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent pressed) {
                action.run();
            }
        });
    }
}
