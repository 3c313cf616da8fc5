// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.techpro.callclient.examples.desktop.phone.DialLine;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridBagLayout;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.SwingConstants;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** The number to call, and the keypad. */
final class DialPanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final transient DialLine line = new DialLine();
    private final JTextField number = Parts.named("number", "Number to call", new JTextField());
    private final RoundButton call;

    DialPanel(Phone phone) {
        super(new GridBagLayout());
        this.phone = phone;
        number.setHorizontalAlignment(SwingConstants.CENTER);
        number.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "Enter a number");
        Parts.styled(number, "font: +14; borderWidth: 0; focusWidth: 0; innerFocusWidth: 0; background: null");
        number.setPreferredSize(new Dimension(300, 52));
        number.addActionListener(pressed -> dial());
        number.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent change) {
                typed();
            }

            @Override
            public void removeUpdate(DocumentEvent change) {
                typed();
            }

            @Override
            public void changedUpdate(DocumentEvent change) {}
        });
        JButton erase = Parts.icon("erase", "Erase the last digit", Glyph.ERASE, this::erase);
        call = new RoundButton("dial", "Call", "", Glyph.HANDSET, RoundButton.Role.GREEN, 64, 'C').doing(this::dial);
        JPanel top = Parts.plain(new BorderLayout());
        top.add(Parts.gap(30), BorderLayout.WEST);
        top.add(number, BorderLayout.CENTER);
        top.add(erase, BorderLayout.EAST);
        JPanel middle = Parts.column();
        Keypad keys = new Keypad(64, this::press);
        Parts.align(0.5f, top, keys, call);
        middle.add(top);
        middle.add(Parts.gap(18));
        middle.add(keys);
        middle.add(Parts.gap(22));
        middle.add(call);
        add(middle);
        typed();
    }

    /** Also for the keyboard, anywhere in the window. */
    void press(char key) {
        line.press(key);
        number.setText(line.digits());
    }

    void erase() {
        line.erase();
        number.setText(line.digits());
    }

    private void typed() {
        line.set(number.getText());
        call.setEnabled(!line.digits().isBlank());
    }

    void dial() {
        String digits = line.take();
        number.setText("");
        phone.calls().dial(digits);
    }

    boolean isEmpty() {
        return line.digits().isBlank();
    }
}
