// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.GridLayout;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JPanel;

/** Twelve keys, with the letters of ITU-T E.161. */
final class Keypad extends JPanel {
    private static final String KEYS = "123456789*0#";
    private static final String[] LETTERS = {"", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", ""};

    Keypad(int size, Consumer<Character> action) {
        super(new GridLayout(4, 3, 12, 8));
        setOpaque(false);
        for (int i = 0; i < KEYS.length(); i++) {
            char key = KEYS.charAt(i);
            String spoken = key == '*' ? "Star" : key == '#' ? "Hash" : String.valueOf(key);
            JButton button = new JButton("<html><center><font size=5>" + key + "</font><br><font size=2>" + LETTERS[i]);
            Parts.named("key " + key, LETTERS[i].isEmpty() ? spoken : spoken + ", letters " + LETTERS[i], button);
            button.setToolTipText("Key " + spoken);
            button.addActionListener(pressed -> action.accept(key));
            add(Parts.sized(Parts.styled(button, "key"), size, size));
        }
        Parts.named("keypad", "Keypad", this);
    }
}
