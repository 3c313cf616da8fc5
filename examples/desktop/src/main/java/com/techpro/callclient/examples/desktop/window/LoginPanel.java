// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.awt.BorderLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Arrays;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import javax.swing.SwingConstants;

/**
 * E-mail address and password; for a lab also the server and the file of its certificate authority.
 */
final class LoginPanel extends JPanel {
    private final Phone phone;
    private final JTextField email = Parts.field("email", "E-mail address");
    private final JPasswordField password = Parts.secret("password", "Password");
    private final JTextField server = Parts.field("server", "Found automatically if empty");
    private final JTextField authority = Parts.field("authority", "A file; system default if empty");

    LoginPanel(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        JButton login =
                Parts.primary(Parts.button("login", "Log in", 'L', this::login), email, password, server, authority);
        JPanel lab =
                Parts.column(14, Parts.labelled("Server", server), Parts.labelled("Certificate authority", authority));
        lab.setVisible(false);
        JButton more = Parts.button("more", "Another server", 'S', () -> lab.setVisible(!lab.isVisible()));
        JPanel form = Parts.column(
                14,
                new JLabel(Glyph.HANDSET.icon(44, Theme.ACCENT), SwingConstants.LEADING),
                Parts.label("Log in to your phone", "h1"),
                Parts.label("With the account of your organisation's phone system", "muted"),
                Parts.labelled("E-mail address", Parts.sized(email, 340, 38)),
                Parts.labelled("Password", password),
                lab,
                login,
                Parts.styled(more, "link"));
        add(new NoticeBar(phone), BorderLayout.NORTH);
        add(Parts.centred(form), BorderLayout.CENTER);
        phone.whenChanged(() -> {
            login.setEnabled(!phone.loggingIn());
            login.setText(phone.loggingIn() ? "Logging in…" : "Log in");
        });
    }

    private void login() {
        char[] typed = password.getPassword();
        Secret secret = Secret.of(typed);
        Arrays.fill(typed, ' ');
        password.setText("");
        try {
            Login given = Login.of(email.getText().strip(), secret);
            if (!server.getText().isBlank()) {
                given = given.at(HostPort.parse(server.getText().strip()));
            }
            if (!authority.getText().isBlank()) {
                given = given.trusting(
                        TlsTrust.anchoredAt(Path.of(authority.getText().strip())));
            }
            phone.login(given);
        } catch (IOException | CertificateException e) {
            phone.tellProblem("The certificate authority cannot be read.", "Choose a file with a certificate, in PEM.");
        } catch (IllegalArgumentException e) {
            phone.tellProblem(
                    "The e-mail address or the server is not complete.",
                    "Use an address like name@example.org, and a server like pbx.example.org or pbx.example.org:443.");
        }
    }
}
