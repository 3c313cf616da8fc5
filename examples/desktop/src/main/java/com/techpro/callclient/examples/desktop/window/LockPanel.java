// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.PinLock;
import java.awt.Dimension;
import java.awt.GridBagLayout;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyEvent;
import java.util.Optional;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.KeyStroke;

/**
 * The whole screen while the app is locked: unlocking, the way out for a user who forgot the PIN,
 * and the current call. Notices are hidden, because they contain names. Enter unlocks, Escape
 * declines a ringing call.
 */
final class LockPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Dimension FIELD = new Dimension(440, 38);
    private static final String LINK = "buttonType: borderless; foreground: $" + Theme.ACCENT;

    private final transient Phone phone;
    private final JPasswordField typed = Parts.prepared(Parts.named("pin", "PIN", new JPasswordField()), "PIN");
    private final JLabel asked = Parts.of("PIN", typed);
    private final JLabel under = Parts.muted(" ");
    private final JLabel message =
            Parts.named("lock message", "Result", Parts.label(" ", "font: -1; foreground: $" + Theme.RED));
    private final JButton unlock;
    private final JButton other;
    private final JPanel leaving = Parts.column();
    private final JPanel call = Parts.row();
    private final JLabel caller = Parts.named("locked call", "Call", Parts.label("", "font: $semibold.font"));
    private final JLabel timer = Parts.named("locked call timer", "Time", Parts.muted(""));
    private final RoundButton mute;

    LockPanel(Phone phone) {
        super(new GridBagLayout());
        this.phone = phone;
        unlock = Parts.primary(Parts.button("unlock", "Unlock", 'U', this::unlock), typed);
        other = Parts.styled(
                Parts.button("forgot", "Forgot the PIN?", 'F', () -> {
                    typed.setText("");
                    phone.lock().askForPassword(phone.lock().asks() == PinLock.Asks.PIN);
                    typed.requestFocusInWindow();
                }),
                LINK);
        mute = new RoundButton("locked mute", "Mute", "", Glyph.MICROPHONE, RoundButton.Role.PLAIN, 40, 'M')
                .doing(phone.calls()::muteOrUnmute);
        JButton leave = Parts.styled(Parts.button("leave lock", "Log out…", 'L', this::askToLeave), LINK);
        leaving();
        call();
        JPanel form = Parts.column();
        JLabel icon = new JLabel(new GlyphIcon(Glyph.LOCK, 44, Theme.ACCENT));
        JLabel title = Parts.named("locked", "Locked", Parts.label("Locked", "font: +10 $semibold.font"));
        JPanel links = Parts.row();
        links.add(other);
        links.add(Box.createHorizontalGlue());
        links.add(leave);
        Parts.wide(message);
        Parts.wide(asked);
        Parts.align(0, icon, title, under, asked, typed, message, unlock, links, leaving, call);
        // As wide as the longest message, so that messages do not move the rest.
        typed.setPreferredSize(FIELD);
        typed.setMaximumSize(new Dimension(Integer.MAX_VALUE, 38));
        unlock.setMaximumSize(new Dimension(Integer.MAX_VALUE, 44));
        form.add(icon);
        form.add(Parts.gap(14));
        form.add(title);
        form.add(Parts.gap(4));
        form.add(under);
        form.add(Parts.gap(22));
        form.add(asked);
        form.add(Parts.gap(4));
        form.add(typed);
        form.add(Parts.gap(6));
        form.add(message);
        form.add(Parts.gap(10));
        form.add(unlock);
        form.add(Parts.gap(10));
        form.add(links);
        form.add(leaving);
        form.add(Parts.gap(22));
        form.add(call);
        add(form);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentShown(ComponentEvent shown) {
                typed.requestFocusInWindow();
            }
        });
        Shortcuts.bind(this, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), this::escape);
        Parts.named("lock", "The phone is locked", this);
        phone.whenChanged(this::refresh);
        phone.whenTicking(this::refresh);
    }

    /** Erasing needs a second confirmation. */
    private void leaving() {
        JLabel first = Parts.label("This erases all your data on this computer:", "font: -1");
        JLabel second = Parts.label("your login, favourites, history and the lock.", "font: -1");
        JButton erase = Parts.styled(
                Parts.button("erase everything", "Erase and log out", 'R', () -> {
                    leaving.setVisible(false);
                    phone.logout();
                }),
                "margin: 6,14,6,14; foreground: $" + Theme.RED);
        Parts.wide(first);
        Parts.wide(second);
        Parts.align(0, first, second, erase);
        leaving.add(Parts.gap(10));
        leaving.add(first);
        leaving.add(second);
        leaving.add(Parts.gap(8));
        leaving.add(erase);
        leaving.setVisible(false);
    }

    private void call() {
        RoundButton end = new RoundButton(
                        "locked hangup", "End the call", "", Glyph.HANG_UP, RoundButton.Role.RED, 40, 'E')
                .doing(phone.calls()::hangUp);
        call.add(caller);
        call.add(Parts.gap(10));
        call.add(timer);
        call.add(Box.createHorizontalGlue());
        call.add(mute);
        call.add(end);
        call.setVisible(false);
    }

    private void unlock() {
        char[] secret = typed.getPassword();
        if (phone.lock().takesAttempts()) {
            typed.setText("");
        }
        phone.lock().unlock(secret);
    }

    private void askToLeave() {
        leaving.setVisible(!leaving.isVisible());
        revalidate();
    }

    private void escape() {
        if (!phone.calls().ringing().isEmpty()) {
            phone.calls().decline(phone.calls().ringing().get(0).id());
        } else {
            leaving.setVisible(false);
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
        String wanted = byPin ? "PIN" : "Account password";
        asked.setText(wanted);
        Parts.prepared(typed, wanted).getAccessibleContext().setAccessibleName(wanted);
        typed.setEnabled(lock.asks() != PinLock.Asks.NOTHING);
        unlock.setEnabled(lock.takesAttempts());
        other.setText(byPin ? "Forgot the PIN?" : "Use my PIN");
        other.getAccessibleContext().setAccessibleName(other.getText());
        other.setVisible(!lock.pinBlocked() && lock.asks() != PinLock.Asks.NOTHING);
        under.setText(
                phone.loggedIn()
                        ? "Calls still ring here, and can be answered."
                        : "You receive no calls until you unlock it.");
        message.setText(lock.message().isEmpty() ? " " : lock.message());
        typed.getAccessibleContext().setAccessibleDescription(lock.message());
        Optional<CallCard> shown = phone.calls().shown();
        call.setVisible(shown.isPresent());
        shown.ifPresent(card -> {
            caller.setText(card.name());
            caller.getAccessibleContext().setAccessibleName("Call with " + card.name());
            timer.setText(card.timer().isEmpty() ? card.status() : card.timer());
            mute.show(
                    card.muted(),
                    card.muted() ? "Unmute" : "Mute",
                    "",
                    card.muted() ? Glyph.MICROPHONE_OFF : Glyph.MICROPHONE);
        });
    }
}
