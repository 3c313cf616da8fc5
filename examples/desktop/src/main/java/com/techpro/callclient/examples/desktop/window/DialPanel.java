// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.GridBagLayout;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.SwingConstants;

/** The number to call, and the keypad. */
final class DialPanel extends JPanel {
    private final Phone phone;
    private final JTextField number = Parts.hinted(Parts.field("number", "Number to call"), "Enter a number");

    DialPanel(Phone phone) {
        super(new GridBagLayout());
        this.phone = phone;
        setOpaque(false);
        number.setHorizontalAlignment(SwingConstants.CENTER);
        number.putClientProperty(
                FlatClientProperties.STYLE,
                "font: +14; borderWidth: 0; focusWidth: 0; innerFocusWidth: 0; background: null");
        number.addActionListener(pressed -> dial());
        JButton erase = Parts.icon("erase", "Erase the last digit", Glyph.ERASE, this::erase);
        JButton call = Parts.tile("dial", "Call", Glyph.HANDSET, 'C', "green", this::dial);
        add(Parts.column(
                18,
                Parts.row(4, Parts.sized(number, 300, 52), erase),
                Parts.centred(Parts.keypad(64, this::press)),
                Parts.centred(call)));
    }

    /** Also for the keyboard, anywhere in the window. */
    void press(char key) {
        number.setText(number.getText() + key);
    }

    void erase() {
        String typed = number.getText();
        number.setText(typed.substring(0, Math.max(0, typed.length() - 1)));
    }

    void dial() {
        if (!number.getText().isBlank()) {
            String typed = number.getText().strip();
            number.setText("");
            phone.dial(typed);
        }
    }
}
