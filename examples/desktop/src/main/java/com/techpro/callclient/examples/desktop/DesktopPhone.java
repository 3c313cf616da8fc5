// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.window.IncomingWindows;
import com.techpro.callclient.examples.desktop.window.PhonePanel;
import com.techpro.callclient.examples.desktop.window.Theme;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import java.awt.AWTEvent;
import java.awt.Dimension;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JPasswordField;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** The app: {@code --dark} for dark windows, {@code --passphrase} without a system keyring. */
public final class DesktopPhone {
    /** How this app's users log in; see docs/phone-systems.md for other kinds. */
    private static final PhoneSystem PHONE_SYSTEM = PhoneSystems.lpconfig("/provisioning");

    private static final int TICK_MILLIS = 500;

    private DesktopPhone() {}

    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        SwingUtilities.invokeLater(() -> start(options.contains("--passphrase"), options.contains("--dark")));
    }

    private static void start(boolean withPassphrase, boolean dark) {
        (dark ? Theme.DARK : Theme.LIGHT).apply();
        Path folder = Path.of(System.getProperty("user.home"), ".desktop-phone");
        Vault vault = withPassphrase
                ? Vault.withPassphrase(folder, passphrase())
                : Vault.withKeyring(folder, "com.techpro.callclient.examples.desktop");
        Phone phone = new Phone(
                PHONE_SYSTEM,
                new JavaSoundAudio(),
                vault,
                SwingUtilities::invokeLater,
                Clock.system(ZoneId.systemDefault()),
                new StoredRing());
        JFrame window = new JFrame("Phone");
        window.add(new PhonePanel(phone));
        var unused = new IncomingWindows(phone, IncomingWindows::inFront);
        Timer timer = new Timer(TICK_MILLIS, tick -> phone.tick());
        timer.start();
        Toolkit.getDefaultToolkit()
                .addAWTEventListener(
                        touched -> phone.lock().userActive(),
                        AWTEvent.KEY_EVENT_MASK | AWTEvent.MOUSE_EVENT_MASK | AWTEvent.MOUSE_WHEEL_EVENT_MASK);
        window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                timer.stop();
                // Callbacks run on this thread, so it must not wait; the process ends after
                // unregistering.
                var unused = phone.shutdown().thenRun(() -> {
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

    private static Secret passphrase() {
        JPasswordField field = new JPasswordField(24);
        JOptionPane.showMessageDialog(null, field, "Passphrase", JOptionPane.QUESTION_MESSAGE);
        char[] typed = field.getPassword();
        Secret passphrase = Secret.of(new String(typed));
        Arrays.fill(typed, ' ');
        return passphrase;
    }
}
