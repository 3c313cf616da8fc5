// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.Dimension;
import java.awt.GridLayout;
import java.util.function.Consumer;
import javax.swing.JPanel;

/** Twelve keys. */
final class Keypad extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final String KEYS = "123456789*0#";
    private static final String[] LETTERS = {"", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", ""};

    Keypad(int size, Consumer<Character> action) {
        super(new GridLayout(4, 3, 10, 4));
        setOpaque(false);
        for (int i = 0; i < KEYS.length(); i++) {
            char key = KEYS.charAt(i);
            add(new KeyButton(key, LETTERS[i], size, () -> action.accept(key)));
        }
        setMaximumSize(new Dimension(3 * size + 60, 4 * size + 60));
        Parts.named("keypad", "Keypad", this);
    }
}
