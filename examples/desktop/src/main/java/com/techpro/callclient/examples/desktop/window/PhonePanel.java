// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.ButtonGroup;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the main window: the login, the lock, or lists at the side and the keypad or the
 * call beside them.
 */
public final class PhonePanel extends JPanel {
    private static final String LOGIN = "login";
    private static final String PHONE = "phone";
    private static final String LOCK = "lock";
    private static final String DIAL = "dial";
    private static final String CALL = "call";
    private static final String DIGITS = "0123456789*#+";

    private final Phone phone;
    private final CardLayout whole = new CardLayout();
    private final CardLayout screens = new CardLayout();
    private final CardLayout stages = new CardLayout();
    private final JPanel side = new JPanel(screens);
    private final JPanel stage = new JPanel(stages);
    private final ButtonGroup shownScreen = new ButtonGroup();
    private final DialPanel dial;
    private final CallPanel call;
    private final JLabel picture = new JLabel();
    private final JLabel user = Parts.named("user", "You", Parts.label("", "h4"));
    private final JLabel status = Parts.named("status", "Status", Parts.label("", "muted"));
    /** Whether the keypad for another call is shown instead of the call. */
    private boolean dialling;

    public PhonePanel(Phone phone) {
        this.phone = phone;
        dial = new DialPanel(phone);
        call = new CallPanel(phone);
        setLayout(whole);
        add(new LoginPanel(phone), LOGIN);
        add(main(), PHONE);
        add(new LockPanel(phone), LOCK);
        phone.whenChanged(this::refresh);
    }

    private JPanel main() {
        stage.add(dial, DIAL);
        stage.add(call, CALL);
        JPanel identity = Parts.beside(12, picture, Parts.column(1, user, status));
        Parts.padded(Parts.styled(identity, "side"), 16, 14, 2, 12);
        JPanel lists = Parts.styled(Parts.above(identity, Parts.sized(side, 300, 10)), "side");
        JPanel main = Parts.beside(0, Parts.beside(0, rail(), lists), Parts.above(new NoticeBar(phone), stage));
        Parts.named("phone", "Phone", main);
        bindKeys(main);
        return main;
    }

    /** The navigation between screens, at the edge of the window. */
    private JComponent rail() {
        JToggleButton keypad = Parts.toggle("new call", "Keypad", Glyph.KEYPAD, 'W', "screen", this::anotherCall);
        Parts.reword(keypad, "New call", Glyph.KEYPAD, 22);
        phone.whenChanged(() -> keypad.setSelected(dialling));
        JToggleButton favorites = screen("favorites", "Favourites", Glyph.STAR, 'F', new FavoritesView(phone));
        favorites.setSelected(true);
        JToggleButton history = screen("history", "History", Glyph.CLOCK, 'Y', new HistoryView(phone));
        JToggleButton voicemail = screen("voicemail", "Voicemail", Glyph.VOICEMAIL, 'V', new VoicemailView(phone));
        JToggleButton rooms = screen("rooms", "Rooms", Glyph.PEOPLE, 'O', new RoomView(phone));
        JToggleButton settings = screen("settings", "Settings", Glyph.SETTINGS, 'S', new SettingsView(phone));
        phone.whenChanged(() -> {
            int fresh =
                    phone.locked() ? 0 : phone.client().voicemail().snapshot().unheard();
            voicemail.setText(fresh == 0 ? "Voicemail" : fresh + " new");
            voicemail
                    .getAccessibleContext()
                    .setAccessibleName(fresh == 0 ? "Voicemail" : "Voicemail, " + fresh + " new");
        });
        JPanel rail = Parts.styled(new JPanel(new BorderLayout()), "side");
        rail.add(Parts.column(6, keypad, favorites, history, voicemail, rooms), BorderLayout.NORTH);
        rail.add(settings, BorderLayout.SOUTH);
        Parts.padded(rail, 14, 8, 14, 8);
        return Parts.sized(rail, 92, 10);
    }

    private JToggleButton screen(String name, String words, Glyph glyph, char mnemonic, JComponent view) {
        side.add(view, name);
        JToggleButton button =
                Parts.toggle("show " + name, words, glyph, mnemonic, "screen", () -> screens.show(side, name));
        shownScreen.add(button);
        return button;
    }

    private void bindKeys(JComponent main) {
        for (int i = 0; i < DIGITS.length(); i++) {
            char key = DIGITS.charAt(i);
            Parts.bind(main, KeyStroke.getKeyStroke(key), () -> press(key));
        }
        Parts.bind(main, KeyStroke.getKeyStroke(KeyEvent.VK_BACK_SPACE, 0), () -> {
            if (!showsCall()) {
                dial.erase();
            }
        });
        Parts.bind(main, KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), this::enter);
        Parts.bind(main, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), this::escape);
        Parts.bind(
                main,
                KeyStroke.getKeyStroke(KeyEvent.VK_L, InputEvent.CTRL_DOWN_MASK),
                phone.client().lock()::lockNow);
    }

    /** Shows the keypad for another call, or the call again. */
    private void anotherCall() {
        dialling = !dialling && phone.shown().isPresent();
        phone.changed();
    }

    private boolean showsCall() {
        return phone.shown().isPresent() && !dialling;
    }

    /** A key on the keyboard: for the shown call, else for the number to dial. */
    private void press(char key) {
        if (showsCall()) {
            call.press(key);
        } else {
            dial.press(key);
        }
    }

    /** Answers a ringing call, or else dials the typed number. */
    private void enter() {
        if (!phone.ringing().isEmpty()) {
            phone.answer(phone.ringing().get(0));
        } else if (!showsCall()) {
            dial.dial();
        }
    }

    /** Declines a ringing call, or closes what is open. */
    private void escape() {
        if (!phone.ringing().isEmpty()) {
            IncomingWindows.decline(phone.ringing().get(0));
        } else if (phone.notice().isPresent()) {
            phone.tell(null);
        } else if (dialling) {
            anotherCall();
        } else {
            call.closeDrawer();
            phone.changed();
        }
    }

    private void refresh() {
        dialling &= phone.calls().size() == 1;
        stages.show(stage, showsCall() ? CALL : DIAL);
        Account account = phone.account().orElse(null);
        whole.show(this, phone.lock().isLocked() ? LOCK : account != null ? PHONE : LOGIN);
        String name = Words.user(phone.client().profile());
        user.setText(name);
        boolean ready = account != null && account.registration().state() == RegistrationState.REGISTERED;
        String busy = busy();
        picture.setIcon(new Avatar(40, name, !ready ? Theme.MUTED : busy == null ? Theme.GREEN : Theme.RED));
        status.setText(ready && busy != null ? busy : account == null ? "Not logged in" : Words.registration(account));
    }

    private @Nullable String busy() {
        return phone.doNotDisturb() ? "Do not disturb" : phone.calls().isEmpty() ? null : "In a call";
    }
}
