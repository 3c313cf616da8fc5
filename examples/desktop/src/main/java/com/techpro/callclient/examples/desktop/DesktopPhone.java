// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.ports.secret.Secret;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JPasswordField;
import javax.swing.SwingUtilities;

/**
 * Starts the softphone. The login is kept in the user's home folder, encrypted with a key that the system's keyring has, or with {@code --passphrase} with one that the
 * user types at each start.
 */
public final class DesktopPhone {
    private DesktopPhone() {}

    public static void main(String[] arguments) {
        SwingUtilities.invokeLater(() -> start(List.of(arguments).contains("--passphrase")));
    }

    private static void start(boolean withPassphrase) {
        Path folder = Path.of(System.getProperty("user.home"), ".desktop-phone");
        Vault vault = withPassphrase
                ? Vault.withPassphrase(folder, passphrase())
                : Vault.withKeyring(folder, "com.techpro.callclient.examples.desktop");
        Phone phone = new Phone(new JavaSoundAudio(), vault);
        JFrame window = new JFrame("Phone");
        window.add(new PhonePanel(phone, Phone.PHONE_SYSTEM));
        window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                phone.close();
                vault.close();
            }
        });
        window.setSize(760, 520);
        window.setLocationByPlatform(true);
        window.setVisible(true);
        phone.restore(Phone.PHONE_SYSTEM);
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
