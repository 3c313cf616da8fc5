// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.examples.desktop.OpenedVault.Answer;
import com.techpro.callclient.examples.desktop.OpenedVault.Choice;
import com.techpro.callclient.examples.desktop.OpenedVault.Question;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.window.IncomingWindows;
import com.techpro.callclient.examples.desktop.window.PhonePanel;
import com.techpro.callclient.examples.desktop.window.Theme;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.awt.AWTEvent;
import java.awt.Dimension;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.prefs.Preferences;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JPasswordField;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** The app: {@code --dark} for dark windows, {@code --passphrase} instead of the system keyring. */
public final class DesktopPhone {
    /** How this app's users log in; see docs/phone-systems.md for other kinds. */
    private static final PhoneSystem PHONE_SYSTEM = PhoneSystems.lpconfig("/provisioning");

    private static final int TICK_MILLIS = 500;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private DesktopPhone() {}

    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        SwingUtilities.invokeLater(() -> start(options.contains("--passphrase"), options.contains("--dark")));
    }

    private static void start(boolean withPassphrase, boolean dark) {
        (dark ? Theme.DARK : Theme.LIGHT).apply();
        Path folder = Path.of(System.getProperty("user.home"), ".desktop-phone");
        Vault byKeyring = Vault.withKeyring(folder, "com.techpro.callclient.examples.desktop");
        Vault vault = OpenedVault.open(folder, byKeyring, withPassphrase, DesktopPhone::ask);
        if (vault == null) {
            return;
        }
        Phone phone = new Phone(
                PHONE_SYSTEM,
                new JavaSoundAudio(),
                vault,
                SwingUtilities::invokeLater,
                Clock.system(ZoneId.systemDefault()),
                Preferences.userNodeForPackage(DesktopPhone.class));
        JFrame window = new JFrame("Phone");
        window.add(new PhonePanel(phone));
        var unused = new IncomingWindows(phone, IncomingWindows::inFront);
        Timer timer = new Timer(TICK_MILLIS, tick -> phone.changed());
        timer.start();
        Toolkit.getDefaultToolkit()
                .addAWTEventListener(
                        touched -> phone.client().lock().userActive(),
                        AWTEvent.KEY_EVENT_MASK | AWTEvent.MOUSE_EVENT_MASK | AWTEvent.MOUSE_WHEEL_EVENT_MASK);
        window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                timer.stop();
                // Callbacks run on this thread, so it must not wait; the process ends after
                // unregistering.
                var unused = phone.client().shutdown(GOODBYE).thenRun(() -> {
                    vault.close();
                    System.exit(0);
                });
            }
        });
        window.setMinimumSize(new Dimension(900, 640));
        window.setSize(980, 680);
        window.setLocationByPlatform(true);
        window.setVisible(true);
        phone.restore();
    }

    private static Answer ask(Question question) {
        JPasswordField typed = new JPasswordField(24);
        JPasswordField again = new JPasswordField(24);
        typed.getAccessibleContext().setAccessibleName("Passphrase");
        again.getAccessibleContext().setAccessibleName("Repeat the passphrase");
        boolean stored = question.stored();
        String[] choices = stored ? new String[] {"Open", "Erase everything", "Quit"} : new String[] {"Open", "Quit"};
        Object[] parts = stored
                ? new Object[] {question.message(), typed}
                : new Object[] {question.message(), typed, "Repeat the passphrase:", again};
        JOptionPane pane =
                new JOptionPane(
                        parts, JOptionPane.QUESTION_MESSAGE, JOptionPane.DEFAULT_OPTION, null, choices, choices[0]) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void selectInitialValue() {
                        super.selectInitialValue(); // what Enter does
                        typed.requestFocusInWindow();
                    }
                };
        JDialog dialog = pane.createDialog("Phone");
        dialog.setVisible(true);
        dialog.dispose();
        if (choices[0].equals(pane.getValue())) {
            return stored || Arrays.equals(typed.getPassword(), again.getPassword())
                    ? new Answer(Choice.OPEN, typed.getPassword())
                    : ask(new Question("The passphrases do not match.", false));
        } else if (stored && choices[1].equals(pane.getValue())) {
            int sure = JOptionPane.showConfirmDialog(
                    null,
                    "This erases your login, favourites, history and the lock.",
                    choices[1],
                    JOptionPane.OK_CANCEL_OPTION);
            return sure == JOptionPane.OK_OPTION ? new Answer(Choice.ERASE, new char[0]) : ask(question);
        }
        return new Answer(Choice.QUIT, new char[0]);
    }
}
