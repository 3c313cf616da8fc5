// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages waiting (RFC 3842) from a real presence server, to which SIPp publishes, and from SIPp itself where things go wrong. */
@Tag("interop")
class MessagesWaitingInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void each_change_published_at_kamailio_arrives_once() {
        try (Kamailio kamailio = new Kamailio(directory, "SHA-256");
                EnginePhone phone = subscribed(kamailio)) {
            Publisher mail = publisher(kamailio);
            mail.publish(summary("yes", "1/2 (1/0)"));
            awaitLast(phone, new MessagesWaiting(true, new MessagesWaiting.Counts(1, 2, 1, 0), null));
            mail.publish(summary("yes", "1/2 (1/0)"));
            mail.publish(summary("no", "0/3"));
            awaitLast(phone, new MessagesWaiting(false, new MessagesWaiting.Counts(0, 3, 0, 0), null));

            assertThat(phone.messagesWaiting()).hasSize(2);
        }
    }

    @Test
    void a_presence_server_that_was_restarted_is_subscribed_to_anew() {
        try (Kamailio kamailio = new Kamailio(directory, "SHA-256");
                EnginePhone phone = subscribed(kamailio)) {
            Publisher mail = publisher(kamailio);
            mail.publish(summary("yes", "1/0"));
            awaitLast(phone, new MessagesWaiting(true, new MessagesWaiting.Counts(1, 0, 0, 0), null));

            kamailio.kill();
            Await.until(
                    "the loss is noticed",
                    () -> phone.account().registration().state() != RegistrationState.REGISTERED,
                    LIMIT);
            kamailio.startAgain();
            phone.awaitRegistered();
            publisher(kamailio).publish(summary("yes", "2/0"));
            awaitLast(phone, new MessagesWaiting(true, new MessagesWaiting.Counts(2, 0, 0, 0), null));
        }
    }

    /** In order of CSeq, whatever was lost, comes twice or comes late (RFC 3261 §12.2.2). */
    @Test
    void notifications_lost_repeated_reordered_and_oversized_never_turn_the_count_back() {
        Sipp sipp = new Sipp(directory, "u1");
        Sipp.Scenario registration = sipp.expect("register", Map.of());
        SipAccount.Builder account = SipAccount.builder("1001", Kamailio.DOMAIN, Secret.of("pw-1001"))
                .transport(SipTransport.UDP)
                .outboundProxy(new HostPort("127.0.0.1", sipp.port()))
                .keepAlive(Duration.ofMinutes(30))
                .subscribesToMessages(true)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
        EnginePhone phone = new EnginePhone(account, null).awaitRegistered();
        try {
            registration.awaitSuccess();
            sipp.expect("mwi-disorder", Map.of("PADDING", "X-Padding: 0123456789abcdef\n".repeat(1_000)))
                    .awaitSuccess();

            Await.until("four are counted", () -> phone.messagesWaiting().size() >= 3, LIMIT);
            assertThat(phone.messagesWaiting())
                    .extracting(summary ->
                            summary.voice() == null ? -1 : summary.voice().newMessages())
                    .containsExactly(1, 3, 4);
        } finally {
            phone.vanish();
        }
    }

    private static EnginePhone subscribed(Kamailio kamailio) {
        return new EnginePhone(kamailio.account("1001", SipTransport.TLS).subscribesToMessages(true), null)
                .awaitRegistered();
    }

    /** Until it is seen at the phone, as publishing and subscribing cross. */
    private static void awaitLast(EnginePhone phone, MessagesWaiting expected) {
        Await.until(
                "the phone hears " + expected + " and not " + phone.messagesWaiting(),
                () -> {
                    List<MessagesWaiting> heard = phone.messagesWaiting();
                    return !heard.isEmpty() && heard.get(heard.size() - 1).equals(expected);
                },
                LIMIT);
    }

    private Publisher publisher(Kamailio kamailio) {
        return new Publisher(
                directory, kamailio, "1001@pbx.test", "message-summary", "application/simple-message-summary");
    }

    private static String summary(String waiting, String voice) {
        return "Messages-Waiting: " + waiting + "\r\nVoice-Message: " + voice + "\r\n";
    }
}
