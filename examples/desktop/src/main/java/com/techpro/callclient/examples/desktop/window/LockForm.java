// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.PinLock;
import java.awt.BorderLayout;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;

/** The part of the settings that sets, changes and removes a PIN. */
final class LockForm extends JPanel {
    private final PinLock lock;
    private final JLabel state = Parts.named("lock state", "App lock", Parts.label(" ", "small"));
    private final JPasswordField proof = Parts.secret("lock proof", "Account password");
    private final JLabel proofLabel = Parts.of("Account password", proof);
    private final JPasswordField pin = Parts.secret("new pin", "New PIN, six characters or more");
    private final JPasswordField again = Parts.secret("new pin again", "Repeat the new PIN");
    private final JComboBox<String> idle =
            Parts.named("lock after", "Locks", new JComboBox<>(PinLock.choices().toArray(String[]::new)));
    private final JButton open = Parts.button("open lock form", "Set a PIN…", 'P', this::openOrClose);
    private final JButton now;
    private final JButton off = Parts.button("lock off", "Switch the lock off", 'I', this::switchOff);
    private final JButton other;
    private final JPanel form;
    private boolean byPassword;

    LockForm(Phone phone) {
        super(new BorderLayout());
        lock = phone.lock();
        setOpaque(false);
        now = Parts.button("lock now", "Lock now", 'N', phone.client().lock()::lockNow);
        other = Parts.button("lock by password", "Use my password instead", 'U', () -> prove(!byPassword));
        form = Parts.column(
                6,
                proofLabel,
                proof,
                Parts.styled(other, "link"),
                Parts.labelled("New PIN, six characters or more", pin),
                Parts.labelled("Repeat the new PIN", again),
                Parts.labelled("Locks", idle),
                Parts.primary(Parts.button("save pin", "Save the PIN", 'A', this::save), proof, pin, again),
                off);
        form.setVisible(false);
        add(Parts.column(6, Parts.of("App lock", state), state, Parts.row(8, open, now), form));
        phone.whenChanged(this::refresh);
    }

    private void openOrClose() {
        showForm(!form.isVisible());
    }

    private void showForm(boolean visible) {
        form.setVisible(visible);
        idle.setSelectedIndex(lock.choice());
        prove(!lock.isSet());
        clear();
        if (visible) {
            proof.requestFocusInWindow();
        }
    }

    /** Requests a proof of the user: the present PIN, or the password. */
    private void prove(boolean password) {
        byPassword = password;
        String words = password ? "Account password" : "Current PIN";
        proofLabel.setText(words);
        Parts.hinted(proof, words).getAccessibleContext().setAccessibleName(words);
        Parts.retitle(other, password ? "Use my PIN instead" : "Use my password instead");
        proof.setText("");
    }

    private void save() {
        lock.set(pin.getPassword(), again.getPassword(), proof.getPassword(), byPassword, idle.getSelectedIndex());
        clear();
    }

    private void switchOff() {
        lock.switchOff(proof.getPassword(), byPassword);
        clear();
    }

    private void clear() {
        proof.setText("");
        pin.setText("");
        again.setText("");
    }

    private void refresh() {
        boolean set = lock.isSet();
        String words = set ? "Change the PIN…" : "Set a PIN…";
        // It was set or removed, so the form is done; or the app is locked.
        if (!open.getText().equals(words) || (form.isVisible() && lock.isLocked())) {
            Parts.retitle(open, words);
            showForm(false);
        }
        state.setText(lock.summary());
        state.getAccessibleContext().setAccessibleDescription(lock.summary());
        now.setVisible(set);
        off.setVisible(set);
        other.setVisible(set);
    }
}
