// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The PBX's voicemail, from the engine's phones to a mail client that is not the engine's, and back by the message lamp. Calls are in virtual time; the
 * mail server is a real one.
 */
class VoicemailTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private PbxScene scene = new PbxScene(31, settings -> profile(settings).voicemail(VoicemailBuilder::toneGreeting));

    @AfterEach
    void close() {
        scene.close();
    }

    /** What a caller hears of a phone that declines. */
    CallEnding declined() {
        return new CallEnding.Declined();
    }

    @Test
    void an_unregistered_user_gets_voicemail_and_MWI() throws Exception {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Call call = alice.account.dial("1002");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        assertThat(alice.hears(520) + alice.hears(1_000))
                .as("greeting and beep")
                .isGreaterThan(1_000);

        scene.pass(Duration.ofSeconds(4));
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        Phone bob = scene.phone(
                        "1002",
                        scene.pbx.account("1002").subscribesToMessages(true).build())
                .registered();
        scene.until(() -> !bob.messages.isEmpty());

        assertThat(counts(bob)).isEqualTo("1/0");
        assertThat(bob.messages.get(0).account()).isEqualTo("sip:*97@pbx.test");
        Received message = inbox("1002", Change.NONE).get(0);
        assertThat(message.header("X-Asterisk-VM-Caller-ID-Num")).isEqualTo("1001");
        assertThat(message.header("X-Asterisk-VM-Message-Type")).isEqualTo("Message");
        assertThat(message.header("X-Asterisk-VM-Extension")).isEqualTo("1002");
        assertThat(message.contentType).startsWithIgnoringCase("audio/x-wav");
        assertThat(Integer.parseInt(message.header("X-Asterisk-VM-Duration"))).isBetween(4, 6);
        short[] sound = message.samples();
        assertThat(sound.length).isBetween(8_000 * 4, 8_000 * 6);
        assertThat(Sound.amplitudeOf(440, middleOf(sound), 8_000)).isGreaterThan(6_000);
        assertThat(Sound.amplitudeOf(1_000, middleOf(sound), 8_000))
                .as("its own beep")
                .isLessThan(100);
        bob.account.remove();
        scene.assertQuiet();
    }

    @Test
    void nobody_answers_and_nobody_is_left_ringing() throws Exception {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered();
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED, Duration.ofSeconds(40));
        scene.until(() -> bob.ending() != null);
        assertThat(bob.ending()).isEqualTo(new CallEnding.CancelledByCaller());

        scene.pass(Duration.ofSeconds(5));
        call.hangUp();
        scene.until(() -> !bob.messages.isEmpty() && counts(bob).equals("1/0"));

        assertThat(inbox("1002", Change.NONE)).hasSize(1);
        scene.assertQuiet();
    }

    @Test
    void busy_leads_there_and_declining_does_not() throws Exception {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered();
        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.DECLINED);
        scene.until(() -> alice.ending() != null);
        assertThat(alice.ending()).isEqualTo(declined());

        bob.incoming = null;
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.BUSY);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(inbox("1002", Change.NONE))
                .as("nothing was said after the beep")
                .isEmpty();
        scene.assertQuiet();
    }

    @Test
    void a_star_leads_to_the_box_and_a_hash_ends_the_message() throws Exception {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered();
        Call call = alice.account.dial("*1002");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(5));
        assertThat(bob.incoming).isNull();

        call.sendDtmf("#");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(inbox("1002", Change.NONE)).hasSize(1);
        scene.assertQuiet();
    }

    @Test
    void a_message_ends_at_the_limit() throws Exception {
        scene.close();
        scene = new PbxScene(
                32,
                settings -> settings.voicemail(
                        box -> box.longest(Duration.ofSeconds(3)).mulaw().toneGreeting()));
        Phone alice = scene.phone("1001").registered().speaking(440);
        alice.account.dial("*1002");
        scene.until(() -> alice.ending() != null, Duration.ofSeconds(10));

        Received message = inbox("1002", Change.NONE).get(0);
        short[] sound = message.samples();

        assertThat(sound).hasSize(24_000);
        assertThat(Sound.amplitudeOf(440, middleOf(sound), 8_000)).isGreaterThan(6_000);
        scene.assertQuiet();
    }

    @Test
    void the_MWI_lamp_follows_changes_by_a_mail_client() throws Exception {
        Phone bob = scene.phone(
                        "1002",
                        scene.pbx.account("1002").subscribesToMessages(true).build())
                .registered();
        scene.pass(Duration.ofSeconds(1));
        scene.pbx.voicemail().leave("1002", "1001", "Alice", tone());
        scene.pbx.voicemail().leave("1002", "+49301234567", "Zoë \"Z\"\r\nX-Evil: yes", tone());
        scene.pass(Duration.ofSeconds(1));
        assertThat(counts(bob)).isEqualTo("2/0");

        List<Received> both = inbox("1002", Change.SEEN);
        scene.pass(Duration.ofSeconds(1));
        assertThat(both.get(1).header("X-Evil")).isNull();
        assertThat(counts(bob)).isEqualTo("1/1");

        inbox("1002", Change.UNSEEN);
        scene.pass(Duration.ofSeconds(1));
        assertThat(counts(bob)).isEqualTo("2/0");

        inbox("1002", Change.DELETED);
        scene.pass(Duration.ofSeconds(1));
        assertThat(counts(bob)).isEqualTo("1/0");
    }

    @Test
    void the_dial_in_number_plays_deletes_and_ends() throws Exception {
        Phone bob = scene.phone("1002").registered();
        scene.pbx.voicemail().leave("1002", "1001", "Alice", tone());
        scene.pass(Duration.ofSeconds(1));
        assertThat(counts(bob)).isEqualTo("1/0");
        Call call = bob.account.dial("*97");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(1));

        call.sendDtmf("1");
        scene.pass(Duration.ofMillis(800));
        assertThat(bob.hears(620)).isGreaterThan(6_000);
        assertThat(counts(bob)).isEqualTo("0/1");

        scene.pass(Duration.ofSeconds(2));
        call.sendDtmf("7");
        scene.pass(Duration.ofSeconds(2));
        assertThat(counts(bob)).isEqualTo("0/0");
        assertThat(inbox("1002", Change.NONE)).isEmpty();

        call.sendDtmf("#");
        scene.until(() -> bob.ending() != null);
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void a_caller_that_hangs_up_during_the_greeting_leaves_no_message() throws Exception {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Call call = alice.account.dial("*1002");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofMillis(500));

        call.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(inbox("1002", Change.NONE)).isEmpty();
        scene.assertQuiet();
    }

    private static short[] tone() {
        short[] samples = new short[3 * 8_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Sound.tone(620, 8_000).at(i, 8_000);
        }
        return samples;
    }

    private static short[] middleOf(short[] samples) {
        return Arrays.copyOfRange(samples, 8_000, 16_000);
    }

    private static String counts(Phone phone) {
        MessagesWaiting last = phone.messages.get(phone.messages.size() - 1);
        return last.voice().newMessages() + "/" + last.voice().oldMessages();
    }

    // ---- A mail client ----

    /** What the client does to the first message, after reading all. */
    private enum Change {
        NONE,
        SEEN,
        UNSEEN,
        DELETED
    }

    private record Received(Map<String, String> headers, String contentType, byte[] sound) {
        String header(String name) {
            return headers.get(name);
        }

        /** As Java's own reader of WAV files understands it. */
        short[] samples() throws Exception {
            try (AudioInputStream in = AudioSystem.getAudioInputStream(
                    new AudioFormat(8_000, 16, 1, true, false),
                    AudioSystem.getAudioInputStream(new ByteArrayInputStream(sound)))) {
                byte[] bytes = in.readAllBytes();
                short[] samples = new short[bytes.length / 2];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
                }
                return samples;
            }
        }
    }

    private List<Received> inbox(String extension, Change change) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.imaps.ssl.socketFactory", trusting().getSocketFactory());
        properties.setProperty("mail.imaps.ssl.checkserveridentity", "true");
        properties.setProperty("mail.imaps.socketFactory.fallback", "false");
        properties.setProperty("mail.imaps.peek", "true");
        properties.setProperty("mail.imaps.connectiontimeout", "10000");
        properties.setProperty("mail.imaps.timeout", "10000");
        try (Store store = Session.getInstance(properties).getStore("imaps")) {
            String password =
                    scene.pbx.voicemail().password(extension).use(SecretAccess.forAuthenticators(), String::new);
            store.connect(
                    scene.pbx.voicemail().address().host(),
                    scene.pbx.voicemail().address().port(),
                    scene.pbx.voicemail().user(extension),
                    password);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            List<Received> received = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                received.add(read(message));
            }
            switch (change) {
                case NONE -> {}
                case SEEN -> inbox.getMessage(1).setFlag(Flags.Flag.SEEN, true);
                case UNSEEN -> inbox.getMessage(1).setFlag(Flags.Flag.SEEN, false);
                case DELETED -> inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            }
            inbox.close(change == Change.DELETED);
            return received;
        }
    }

    private static Received read(Message message) throws Exception {
        Map<String, String> headers = new HashMap<>();
        var all = message.getAllHeaders();
        while (all.hasMoreElements()) {
            var header = all.nextElement();
            headers.put(header.getName(), header.getValue());
        }
        Part sound = ((Multipart) message.getContent()).getBodyPart(1);
        return new Received(
                headers, sound.getContentType(), sound.getInputStream().readAllBytes());
    }

    private SSLContext trusting() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                scene.pbx.authorityPem().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
