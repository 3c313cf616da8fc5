// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VoicemailBoxContract;
import com.techpro.callclient.testkit.pbx.tls.PbxCertificates;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The IMAP mailbox of a login keeps the contract, with messages as Asterisk stores them. */
@Lacks(
        value = {"counting of fetches", "holding audio back", "failing with PROTOCOL"},
        because =
                "the mail server is a library that has no such thing; the scripted IMAP servers of the engine's tests do")
@Tag("slow")
class ImapVoicemailTest extends VoicemailBoxContract {
    private static final String USER = "200@pbx.test";
    private static final String PASSWORD = "mailbox-secret-4711";

    private final PbxCertificates certificates = new PbxCertificates("pbx.test", List.of("mail.pbx.test"), List.of());
    private final FakeLoginContext context =
            new FakeLoginContext().local("pbx.test").local("mail.pbx.test");
    private MailServer server;

    @BeforeEach
    void start() throws Exception {
        server = MailServer.open(
                InetAddress.getByName("127.0.0.1"),
                0,
                certificates.serverContext(ServerCertificate.VALID),
                Map.of(USER, Secret.of(PASSWORD)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected VoicemailBox create() {
        return box(PASSWORD, TlsTrust.anchoredAt(certificates.authority()));
    }

    @Override
    protected @Nullable VoicemailBox withWrongPassword() {
        return box("guessed-0815", TlsTrust.anchoredAt(certificates.authority()));
    }

    @Override
    protected @Nullable VoicemailBox thatTrustsNobody() {
        return box(PASSWORD, TlsTrust.PLATFORM);
    }

    private VoicemailBox box(String password, TlsTrust trust) {
        return Objects.requireNonNull(session(password, trust).voicemailBox());
    }

    private Session session(String password, TlsTrust trust) {
        PhoneSystem system = PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), "mail.pbx.test", server.port());
        LoginOutcome outcome = system.logIn(Login.of(USER, Secret.of(password)).trusting(trust), context);
        return ((LoginOutcome.LoggedIn) outcome).session();
    }

    @Override
    protected void deliver(Left message) {
        server.deliver(
                USER, asterisk(message.number(), message.name(), message.received(), "Message", message.audio()));
    }

    @Override
    protected boolean deliverGreeting(byte[] audio) {
        server.deliver(USER, asterisk("200", "Me", at(0), "unavail", audio));
        return true;
    }

    private static MimeMessage asterisk(
            @Nullable String number, @Nullable String name, Instant received, String type, byte[] audio) {
        String text = String.join(
                "\r\n",
                "Date: Sun, 01 Mar 2026 09:30:00 +0000",
                "From: \"Asterisk PBX\" <asterisk@pbx.test>",
                "To: \"Me\" <" + USER + ">",
                "Subject: New message 1 in mailbox 200",
                "Message-ID: <Asterisk-1-1234-200-77@pbx.test>",
                "X-Asterisk-VM-Message-Num: 1",
                "X-Asterisk-VM-Server-Name: asterisk",
                "X-Asterisk-VM-Context: default",
                "X-Asterisk-VM-Extension: 200",
                "X-Asterisk-VM-Flag: ",
                "X-Asterisk-VM-Priority: 1",
                "X-Asterisk-VM-Caller-ID-Num: " + (number == null ? "" : number),
                "X-Asterisk-VM-Caller-ID-Name: " + (name == null ? "" : name),
                "X-Asterisk-VM-Duration: 7",
                "X-Asterisk-VM-Message-Type: " + type,
                "X-Asterisk-VM-Orig-time: " + received.getEpochSecond(),
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"----voicemail_112345678\"",
                "",
                "This is a multi-part message in MIME format.",
                "",
                "------voicemail_112345678",
                "Content-Type: text/plain; charset=ISO-8859-1",
                "Content-Transfer-Encoding: 8bit",
                "",
                "Dear Me: just wanted to let you know you were just left a 0:07 long message.",
                "",
                "------voicemail_112345678",
                "Content-Type: audio/x-wav; name=\"msg0000.wav\"",
                "Content-Transfer-Encoding: base64",
                "Content-Description: Voicemail sound attachment.",
                "Content-Disposition: attachment; filename=\"msg0000.wav\"",
                "",
                Base64.getMimeEncoder(72, new byte[] {'\r', '\n'}).encodeToString(audio),
                "",
                "------voicemail_112345678--",
                "");
        try {
            return new MimeMessage(null, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    @Override
    protected boolean fail(Reason reason) {
        try {
            switch (reason) {
                case UNREACHABLE -> server.stop();
                case UNTRUSTED -> server.restart(certificates.serverContext(ServerCertificate.WRONG_HOST));
                case REFUSED -> {
                    server.addUser(USER, Secret.of("another"));
                    server.restart(certificates.serverContext(ServerCertificate.VALID));
                }
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void heal() {
        try {
            server.addUser(USER, Secret.of(PASSWORD));
            server.restart(certificates.serverContext(ServerCertificate.VALID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int openConnections() {
        return context.open();
    }

    @Override
    protected byte @Nullable [] wire() {
        return context.sent();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD, USER);
    }

    @Test
    void a_message_that_ends_at_a_piece_boundary_is_complete() throws Exception {
        // As text 16,384 bytes with the line ends, which is what is fetched first.
        byte[] audio = new byte[11_955];
        Seeds.random(5).nextBytes(audio);
        String encoded = Base64.getMimeEncoder(72, new byte[] {'\r', '\n'}).encodeToString(audio);
        assertThat(encoded.length()).isEqualTo(16_384 - 2);
        server.deliver(USER, asterisk("201", "Two", at(0), "Message", audio));
        VoicemailBox box = create();

        try (VoicemailAudio opened = box.open(box.list(0, 1).messages().get(0).id())) {
            assertThat(opened.bytes().readAllBytes()).isEqualTo(audio);
        }
        box.close();
    }

    @Test
    void the_mailbox_belongs_to_the_session_which_closes_it() throws Exception {
        server.deliver(USER, asterisk("201", "Two", at(0), "Message", audio(0)));
        Session session = session(PASSWORD, TlsTrust.anchoredAt(certificates.authority()));
        VoicemailBox box = Objects.requireNonNull(session.voicemailBox());
        assertThat(session.hosts()).contains(new HostPort("mail.pbx.test", server.port()));
        assertThat(box.list(0, 10).total()).isEqualTo(1);
        assertThat(context.open()).isEqualTo(1);

        session.logOut();

        await(() -> context.open() == 0);
    }
}
