// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridBagLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Arrays;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JTextField;

/**
 * E-mail address and password; for a lab also the server and the file of its certificate authority.
 */
final class LoginPanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;
    private final JTextField email = Parts.field("email", "E-mail address");
    private final JPasswordField password =
            Parts.prepared(Parts.named("password", "Password", new JPasswordField(16)), "Password");
    private final JTextField server = Parts.field("server", "Found automatically if empty");
    private final JTextField authority = Parts.field("authority", "A file; system default if empty");
    private final JButton login;
    private final JPanel form = Parts.column();

    LoginPanel(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        login = Parts.primary(Parts.button("login", "Log in", 'L', this::login), email, password, server, authority);
        JLabel logo = new JLabel(new GlyphIcon(Glyph.HANDSET, 44, Theme.ACCENT));
        JLabel title = Parts.label("Log in to your phone", "font: +10 $semibold.font");
        JLabel under = Parts.muted("With the account of your organisation's phone system");
        Parts.align(0, logo, title, under);
        form.add(logo);
        form.add(Parts.gap(14));
        form.add(title);
        form.add(Parts.gap(4));
        form.add(under);
        form.add(Parts.gap(22));
        input(form, "E-mail address", email);
        input(form, "Password", password);
        JPanel lab = Parts.column();
        JButton more = Parts.button("more", "Another server", 'S', () -> {
            lab.setVisible(!lab.isVisible());
            form.revalidate();
        });
        input(lab, "Server", server);
        input(lab, "Certificate authority", authority);
        Parts.align(0, lab, login, more);
        lab.setVisible(false);
        form.add(lab);
        login.setMaximumSize(new Dimension(Integer.MAX_VALUE, 44));
        form.add(Parts.gap(4));
        form.add(login);
        form.add(Parts.gap(10));
        form.add(Parts.styled(more, "buttonType: borderless; foreground: $" + Theme.ACCENT));
        JPanel middle = Parts.plain(new GridBagLayout());
        middle.add(form);
        add(new NoticeBar(phone), BorderLayout.NORTH);
        add(middle, BorderLayout.CENTER);
        phone.whenChanged(() -> {
            login.setEnabled(!phone.loggingIn());
            login.setText(phone.loggingIn() ? "Logging in…" : "Log in");
        });
    }

    private static void input(JPanel to, String text, JComponent field) {
        JComponent label = Parts.of(text, field);
        Parts.align(0, label, field);
        field.setPreferredSize(new Dimension(340, 38));
        field.setMaximumSize(new Dimension(Integer.MAX_VALUE, 38));
        to.add(label);
        to.add(Parts.gap(4));
        to.add(field);
        to.add(Parts.gap(14));
    }

    private void login() {
        char[] typed = password.getPassword();
        try {
            Login given = Login.of(email.getText().strip(), Secret.of(new String(typed)));
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
        } finally {
            Arrays.fill(typed, ' ');
            password.setText("");
        }
    }
}
