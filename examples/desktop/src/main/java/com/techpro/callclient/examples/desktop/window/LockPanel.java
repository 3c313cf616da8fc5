// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.PinLock;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.awt.GridBagLayout;
import java.awt.event.KeyEvent;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;

/**
 * The whole screen while the app is locked: unlocking, the way out for a user who forgot the PIN,
 * and the current call. Notices are hidden, because they contain names. Enter unlocks, Escape
 * declines a ringing call.
 */
final class LockPanel extends JPanel {
    private final Phone phone;
    private final JPasswordField typed = Parts.secret("pin", "PIN");
    private final JLabel asked = Parts.of("PIN", typed);
    private final JLabel under = Parts.label(" ", "muted");
    private final JLabel message = Parts.named("lock message", "Result", Parts.label(" ", "problem"));
    private final JButton unlock;
    private final JButton other;
    private final JPanel leaving;
    private final JComponent call;
    private final JLabel caller = Parts.named("locked call", "Call", Parts.label("", "semibold"));
    private final JLabel timer = Parts.named("locked call timer", "Time", Parts.label("", "muted"));

    LockPanel(Phone phone) {
        super(new GridBagLayout());
        this.phone = phone;
        unlock = Parts.primary(Parts.button("unlock", "Unlock", 'U', this::unlock), typed);
        other = Parts.styled(Parts.button("forgot", "Forgot the PIN?", 'F', this::askForOther), "link");
        call = Parts.row(
                10,
                caller,
                timer,
                Box.createHorizontalGlue(),
                CallPanel.mute("locked mute", phone),
                CallPanel.end("locked hangup", phone));
        leaving = Parts.column(
                4,
                Parts.label("This erases all your data on this computer:", "small"),
                Parts.label("your login, favourites, history and the lock.", "small"),
                Parts.styled(Parts.button("erase everything", "Erase and log out", 'R', this::leave), "problem"));
        leaving.setVisible(false);
        JButton leave = Parts.button("leave lock", "Log out…", 'L', () -> leaving.setVisible(!leaving.isVisible()));
        add(Parts.column(
                10,
                new JLabel(Glyph.LOCK.icon(44, Theme.ACCENT), SwingConstants.LEADING),
                Parts.named("locked", "Locked", Parts.label("Locked", "h1")),
                under,
                asked,
                Parts.sized(typed, 440, 38), // the longest message has room, so that messages do not move the rest
                message,
                unlock,
                Parts.row(0, other, Box.createHorizontalGlue(), Parts.styled(leave, "link")),
                leaving,
                call));
        addHierarchyListener(shown -> typed.requestFocusInWindow());
        Parts.bind(this, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), this::escape);
        Parts.named("lock", "The phone is locked", this);
        phone.whenChanged(this::refresh);
    }

    private void unlock() {
        char[] secret = typed.getPassword();
        if (phone.lock().takesAttempts()) {
            typed.setText("");
        }
        phone.lock().unlock(secret);
    }

    private void askForOther() {
        typed.setText("");
        phone.lock().askForPassword(phone.lock().asks() == PinLock.Asks.PIN);
        typed.requestFocusInWindow();
    }

    /** Erasing needs this second confirmation. */
    private void leave() {
        leaving.setVisible(false);
        phone.logout();
    }

    private void escape() {
        if (phone.ringing().isEmpty()) {
            leaving.setVisible(false);
        } else {
            IncomingWindows.decline(phone.ringing().get(0));
        }
    }

    private void refresh() {
        PinLock lock = phone.lock();
        if (!lock.isLocked()) {
            typed.setText("");
            leaving.setVisible(false);
            return;
        }
        boolean byPin = lock.asks() == PinLock.Asks.PIN;
        asked.setText(byPin ? "PIN" : "Account password");
        Parts.hinted(typed, asked.getText());
        typed.getAccessibleContext().setAccessibleName(asked.getText());
        typed.getAccessibleContext().setAccessibleDescription(lock.message());
        typed.setEnabled(lock.asks() != PinLock.Asks.NOTHING);
        unlock.setEnabled(lock.takesAttempts());
        Parts.retitle(other, byPin ? "Forgot the PIN?" : "Use my PIN");
        other.setVisible(!lock.pinBlocked() && lock.asks() != PinLock.Asks.NOTHING);
        under.setText(
                phone.account().isPresent()
                        ? "Calls still ring here, and can be answered."
                        : "You receive no calls until you unlock it.");
        message.setText(lock.message() + " ");
        call.setVisible(phone.shown().isPresent());
        phone.shown().ifPresent(shown -> show(shown.snapshot()));
    }

    private void show(CallSnapshot now) {
        String name = Words.name(now.caller());
        String time = Words.timer(now, phone.clock());
        caller.setText(name);
        caller.getAccessibleContext().setAccessibleName("Call with " + name);
        timer.setText(time.isEmpty() ? Words.status(now, true) : time);
    }
}
