// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.awt.GridLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.swing.JPasswordField;
import javax.swing.JTextField;

/** E-mail address and password; for a phone system of a lab its server and the file of its certificate authority too. */
final class LoginPanel extends Form {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final transient PhoneSystem system;
    private final JTextField email = field("email", "");
    private final JPasswordField password = named("password", new JPasswordField(16));
    private final JTextField server = field("server", "");
    private final JTextField authority = field("authority", "");

    LoginPanel(Phone phone, PhoneSystem system) {
        super(new GridLayout(0, 2, 8, 8));
        this.phone = phone;
        this.system = system;
        add(label("E-mail address", email));
        add(email);
        add(label("Password", password));
        add(password);
        add(label("Server (found by the address if empty)", server));
        add(server);
        add(label("Certificate authority, a file (the system's if empty)", authority));
        add(authority);
        add(button("login", "Log in", this::login));
        add(button("logout", "Log out", phone::logout));
    }

    private void login() {
        char[] typed = password.getPassword();
        try {
            Login login = Login.of(email.getText().strip(), Secret.of(new String(typed)));
            if (!server.getText().isBlank()) {
                login = login.at(HostPort.parse(server.getText().strip()));
            }
            if (!authority.getText().isBlank()) {
                login = login.trusting(
                        TlsTrust.anchoredAt(read(Path.of(authority.getText().strip()))));
            }
            phone.login(system, login);
        } catch (IOException | CertificateException e) {
            phone.say("The file of the certificate authority cannot be read.");
        } catch (IllegalArgumentException e) {
            phone.say("The server is a name, or a name and a port such as pbx.example.org:443.");
        } catch (IllegalStateException e) {
            phone.say("Somebody is logged in already.");
        } finally {
            Arrays.fill(typed, ' ');
            password.setText("");
        }
    }

    private static X509Certificate read(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
