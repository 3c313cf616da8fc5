// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.adapters.keystore.Vault;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** Starts the softphone. The login is kept in the user's home folder, encrypted with a key that the system's keyring has. */
public final class DesktopPhone {
    private DesktopPhone() {}

    public static void main(String[] arguments) {
        SwingUtilities.invokeLater(DesktopPhone::start);
    }

    private static void start() {
        Path folder = Path.of(System.getProperty("user.home"), ".desktop-phone");
        Vault vault = Vault.withKeyring(folder, "com.techpro.callclient.examples.desktop");
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
}
