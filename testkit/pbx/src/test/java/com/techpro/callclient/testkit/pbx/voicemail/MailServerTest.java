// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.pbx.tls.PbxCertificates;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The PBX's mailboxes, seen by a mail client that is not the engine's. */
class MailServerTest {
    private final PbxCertificates certificates = new PbxCertificates("pbx.test", List.of(), List.of("127.0.0.1"));
    private MailServer server;

    @BeforeEach
    void start() throws Exception {
        server = MailServer.open(
                InetAddress.getByName("127.0.0.1"),
                0,
                certificates.serverContext(ServerCertificate.VALID),
                Map.of("200@pbx.test", Secret.of("mailbox-secret")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_delivered_message_is_in_the_INBOX_of_its_user_and_survives_a_restart() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject("New message 1 in mailbox 200");
        message.setText("left by 201");
        server.deliver("200@pbx.test", message);
        assertThat(subjects("mailbox-secret")).containsExactly("New message 1 in mailbox 200");
        int port = server.port();

        server.restart(certificates.serverContext(ServerCertificate.VALID));

        assertThat(server.port()).isEqualTo(port);
        assertThat(subjects("mailbox-secret")).containsExactly("New message 1 in mailbox 200");
    }

    @Test
    void a_wrong_password_opens_nothing_and_a_bad_certificate_is_not_trusted() throws Exception {
        assertThatThrownBy(() -> subjects("guessed")).isInstanceOf(MessagingException.class);
        server.restart(certificates.serverContext(ServerCertificate.UNTRUSTED));
        assertThatThrownBy(() -> subjects("mailbox-secret"))
                .isInstanceOf(MessagingException.class)
                .hasRootCauseInstanceOf(java.security.GeneralSecurityException.class);
    }

    @Test
    void after_stop_nobody_gets_in() throws Exception {
        server.stop();
        assertThatThrownBy(() -> subjects("mailbox-secret")).isInstanceOf(MessagingException.class);
    }

    private List<String> subjects(String password) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.imaps.ssl.socketFactory", trusting().getSocketFactory());
        properties.setProperty("mail.imaps.ssl.checkserveridentity", "true");
        properties.setProperty("mail.imaps.connectiontimeout", "10000");
        properties.setProperty("mail.imaps.timeout", "10000");
        try (Store store = Session.getInstance(properties).getStore("imaps")) {
            store.connect("127.0.0.1", server.port(), "200@pbx.test", password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                List<String> subjects = new java.util.ArrayList<>();
                for (var message : inbox.getMessages()) {
                    subjects.add(message.getSubject());
                }
                return subjects;
            }
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificates.authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
