// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.PinLock;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;

/** The part of the settings that sets, changes and removes a PIN. */
final class LockForm extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JLabel state = Parts.named("lock state", "App lock", Parts.label(" ", "font: -1"));
    private final JPanel form = Parts.column();
    private final JPasswordField proof = field("lock proof", "Account password");
    private final JLabel proofLabel = Parts.of("Account password", proof);
    private final JPasswordField pin = field("new pin", "New PIN, six characters or more");
    private final JPasswordField again = field("new pin again", "Repeat the new PIN");
    private final JComboBox<String> idle = Parts.named(
            "lock after", "Locks after", new JComboBox<>(PinLock.choices().toArray(String[]::new)));
    private final JButton open;
    private final JButton now;
    private final JButton off;
    private final JButton other;
    private boolean byPassword;

    LockForm(Phone phone) {
        this.phone = phone;
        setOpaque(false);
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        open = Parts.button("open lock form", "Set a PIN…", 'P', () -> showForm(!form.isVisible()));
        now = Parts.button("lock now", "Lock now", 'N', phone.lock()::lockNow);
        off = Parts.button("lock off", "Switch the lock off", 'I', this::switchOff);
        other = Parts.styled(
                Parts.button("lock by password", "Use my password instead", 'U', () -> prove(!byPassword)),
                "buttonType: borderless; foreground: $" + Theme.ACCENT);
        JPanel buttons = Parts.row();
        buttons.add(open);
        buttons.add(Parts.gap(8));
        buttons.add(now);
        JButton save = Parts.primary(Parts.button("save pin", "Save the PIN", 'A', this::save), proof, pin, again);
        form.add(Parts.gap(12));
        line(proofLabel, proof);
        part(other);
        line(Parts.of("New PIN, six characters or more", pin), pin);
        line(Parts.of("Repeat the new PIN", again), again);
        line(Parts.of("Locks after", idle), Parts.styled(idle, Parts.BOX));
        part(save);
        part(off);
        form.setVisible(false);
        Parts.align(0, state, buttons, form);
        add(Parts.wide(Parts.of("App lock", state)));
        add(Parts.gap(4));
        add(Parts.wide(state));
        add(Parts.gap(6));
        add(buttons);
        add(form);
        phone.whenChanged(this::refresh);
    }

    private static JPasswordField field(String name, String words) {
        return Parts.prepared(Parts.named(name, words, new JPasswordField(12)), "");
    }

    private void line(JComponent label, JComponent box) {
        Parts.align(0, Parts.wide(label));
        form.add(label);
        form.add(Parts.gap(4));
        part(box);
    }

    private void part(JComponent part) {
        Parts.align(0, part);
        form.add(Parts.wide(part));
        form.add(Parts.gap(10));
    }

    private void showForm(boolean visible) {
        form.setVisible(visible);
        idle.setSelectedIndex(phone.lock().choice());
        prove(!phone.lock().isSet());
        if (visible) {
            proof.requestFocusInWindow();
        } else {
            clear();
        }
    }

    /** Requests a proof of the user: the present PIN, or the password. */
    private void prove(boolean password) {
        byPassword = password;
        String words = password ? "Account password" : "Current PIN";
        proofLabel.setText(words);
        proof.getAccessibleContext().setAccessibleName(words);
        other.setText(password ? "Use my PIN instead" : "Use my password instead");
        other.getAccessibleContext().setAccessibleName(other.getText());
        proof.setText("");
    }

    private void save() {
        phone.lock()
                .set(pin.getPassword(), again.getPassword(), proof.getPassword(), byPassword, idle.getSelectedIndex());
        clear();
    }

    private void switchOff() {
        phone.lock().switchOff(proof.getPassword(), byPassword);
        clear();
    }

    private void clear() {
        proof.setText("");
        pin.setText("");
        again.setText("");
    }

    private void refresh() {
        boolean set = phone.lock().isSet();
        String words = set ? "Change the PIN…" : "Set a PIN…";
        if (!open.getText().equals(words)) {
            // It was set or removed: the form is done.
            open.setText(words);
            open.getAccessibleContext().setAccessibleName(words);
            showForm(false);
        }
        if (form.isVisible() && phone.lock().isLocked()) {
            showForm(false);
        }
        state.setText(phone.lock().summary());
        state.getAccessibleContext().setAccessibleDescription(phone.lock().summary());
        now.setVisible(set);
        off.setVisible(set);
        other.setVisible(set);
        revalidate();
    }
}
