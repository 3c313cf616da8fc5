// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Devices;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/** The panel that opens under the buttons of a call: keypad, transfer target, or devices. */
final class CallDrawer extends JPanel {
    private static final long serialVersionUID = 1L;

    static final String NOTHING = "";
    static final String KEYPAD = "keypad";
    static final String TRANSFER = "transfer";
    static final String DEVICES = "devices";

    private final transient Phone phone;
    private final transient Runnable changed;
    private final JTextField target = Parts.field("transfer number", "Number to transfer to");
    private final JPanel others = Parts.plain(new FlowLayout(FlowLayout.CENTER, 8, 4));
    private String open = NOTHING;

    CallDrawer(Phone phone, Runnable changed) {
        super(new BorderLayout());
        this.phone = phone;
        this.changed = changed;
        setOpaque(false);
        Parts.padded(this, 22, 0, 0, 0);
        setVisible(false);
        target.addActionListener(pressed -> transferNow());
    }

    boolean shows(String what) {
        return open.equals(what);
    }

    void toggle(String what) {
        open = open.equals(what) ? NOTHING : what;
        removeAll();
        if (!open.isEmpty()) {
            add(content(), BorderLayout.CENTER);
            // Components that are not in a window do not notice a change of the theme.
            SwingUtilities.updateComponentTreeUI(this);
        }
        setVisible(!open.isEmpty());
        revalidate();
        repaint();
        changed.run();
        if (open.equals(TRANSFER)) {
            target.requestFocusInWindow();
        }
    }

    void close() {
        open = NOTHING;
        setVisible(false);
    }

    private JComponent content() {
        return switch (open) {
            case KEYPAD -> keypad();
            case TRANSFER -> transfer();
            default -> devices();
        };
    }

    private JComponent keypad() {
        JPanel middle = Parts.plain(new FlowLayout(FlowLayout.CENTER, 0, 0));
        middle.add(new Keypad(46, phone.calls()::press));
        return middle;
    }

    private JComponent transfer() {
        JPanel line = Parts.plain(new FlowLayout(FlowLayout.CENTER, 8, 0));
        target.setPreferredSize(new Dimension(260, 38));
        JButton go = Parts.primary(Parts.button("transfer now", "Transfer", 'R', this::transferNow));
        line.add(target);
        line.add(go);
        others.removeAll();
        String shown = phone.calls().shown().map(CallCard::id).orElse("");
        for (CallCard card : phone.calls().cards()) {
            if (!card.id().equals(shown)) {
                others.add(Parts.button("connect with " + card.name(), "Connect with " + card.name(), '\0', () -> {
                    close();
                    phone.calls().connectWith(card.id());
                }));
            }
        }
        JPanel both = Parts.column();
        Parts.align(0.5f, line, others);
        both.add(line);
        both.add(others);
        return both;
    }

    private void transferNow() {
        String number = target.getText();
        if (!number.isBlank()) {
            target.setText("");
            close();
        }
        phone.calls().transfer(number);
        changed.run();
    }

    private JComponent devices() {
        Devices devices = phone.devices();
        JPanel column = Parts.column();
        addDevice(
                column,
                new DeviceBox("call microphone", "Microphone", devices.microphones(), devices::used, devices::use),
                new LevelBar(() -> phone.calls().levels().microphone()));
        column.add(new WarningLine("microphone warning", phone.calls()::microphoneWarning));
        addDevice(
                column,
                new DeviceBox("call speaker", "Loudspeaker", devices.speakers(), devices::used, devices::use),
                new LevelBar(() -> phone.calls().levels().speaker()));
        return column;
    }

    private static void addDevice(JPanel column, DeviceBox box, LevelBar level) {
        JPanel line = Parts.plain(new BorderLayout(12, 4));
        JComponent label = Parts.of(box.getAccessibleContext().getAccessibleName(), box);
        label.setPreferredSize(new Dimension(90, 36));
        box.setPreferredSize(new Dimension(260, 36));
        line.add(label, BorderLayout.WEST);
        line.add(box, BorderLayout.CENTER);
        line.add(level, BorderLayout.SOUTH);
        line.setMaximumSize(new Dimension(370, 46));
        column.add(line);
        column.add(Parts.gap(8));
    }
}
