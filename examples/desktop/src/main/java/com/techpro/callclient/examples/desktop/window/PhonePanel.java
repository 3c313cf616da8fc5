// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Dimension;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;

/**
 * The contents of the main window: the login, the lock, or lists at the side and the call beside
 * them.
 */
public final class PhonePanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final String LOGIN = "login";
    private static final String PHONE = "phone";
    private static final String LOCK = "lock";

    static final String FAVORITES = "favorites";
    static final String HISTORY = "history";
    static final String VOICEMAIL = "voicemail";
    static final String ROOMS = "rooms";
    static final String SETTINGS = "settings";

    private final transient Phone phone;
    private final CardLayout whole = new CardLayout();
    private final CardLayout screens = new CardLayout();
    private final JPanel side = new Parts.Surface(screens, Theme.SIDE);
    private final Avatar avatar = new Avatar(40).on(Theme.SIDE);
    private final JLabel user = Parts.named("user", "You", Parts.label("", "font: +1 $semibold.font"));
    private final JLabel status = Parts.named("status", "Status", Parts.muted(""));

    public PhonePanel(Phone phone) {
        this.phone = phone;
        setLayout(whole);
        add(new LoginPanel(phone), LOGIN);
        add(main(), PHONE);
        add(new LockPanel(phone), LOCK);
        phone.whenChanged(this::refresh);
    }

    private JPanel main() {
        Stage stage = new Stage(phone);
        side.add(new PeopleView(phone), FAVORITES);
        side.add(new HistoryView(phone), HISTORY);
        side.add(new VoicemailView(phone), VOICEMAIL);
        side.add(new RoomView(phone), ROOMS);
        side.add(new SettingsView(phone), SETTINGS);
        side.setPreferredSize(new Dimension(300, 10));
        JPanel column = new Parts.Surface(new BorderLayout(), Theme.SIDE);
        column.add(identity(), BorderLayout.NORTH);
        column.add(side, BorderLayout.CENTER);
        JPanel left = Parts.plain(new BorderLayout());
        left.add(new NavigationRail(phone, stage::anotherCall, this::show), BorderLayout.WEST);
        left.add(column, BorderLayout.CENTER);
        left.add(Parts.line(), BorderLayout.EAST);
        JPanel main = new JPanel(new BorderLayout());
        main.add(left, BorderLayout.WEST);
        main.add(stage, BorderLayout.CENTER);
        Shortcuts.on(main, stage);
        Shortcuts.bind(main, KeyStroke.getKeyStroke(KeyEvent.VK_L, InputEvent.CTRL_DOWN_MASK), phone.lock()::lockNow);
        return Parts.named("phone", "Phone", main);
    }

    private JPanel identity() {
        JPanel text = Parts.column();
        text.add(user);
        text.add(Parts.gap(1));
        text.add(status);
        JPanel line = Parts.plain(new BorderLayout(12, 0));
        line.add(avatar, BorderLayout.WEST);
        line.add(text, BorderLayout.CENTER);
        return Parts.padded(line, 16, 14, 2, 12);
    }

    private void show(String screen) {
        screens.show(side, screen);
    }

    private void refresh() {
        whole.show(this, phone.lock().isLocked() ? LOCK : phone.loggedIn() ? PHONE : LOGIN);
        user.setText(phone.userName());
        status.setText(phone.standing());
        avatar.show(phone.userName(), phone.userInitials(), phone.standingLamp());
    }
}
