// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "My phone never rings" has an answer: whatever the engine refuses by itself is told with its reason, and counted. */
class RefusedRequestsTest {
    private record Told(@Nullable Account account, RefusedRequest refused) {}

    private final List<Told> told = new ArrayList<>();
    private @Nullable ScriptedPhoneSystem scene;

    private ScriptedPhoneSystem scene() {
        CallClientListener listener = new CallClientListener() {
            @Override
            public void incomingRefused(@Nullable Account account, RefusedRequest refused) {
                told.add(new Told(account, refused));
            }
        };
        ScriptedPhoneSystem opened = new ScriptedPhoneSystem(
                77,
                SipTransport.UDP,
                account -> account,
                config -> config.listener(listener).maxCalls(1));
        opened.until(() -> opened.alice.registration().state() == RegistrationState.REGISTERED);
        scene = opened;
        return opened;
    }

    @AfterEach
    void close() {
        if (scene != null) {
            scene.close();
        }
    }

    private RefusedRequest last() {
        return told.get(told.size() - 1).refused();
    }

    private static ClientCounters counters(ScriptedPhoneSystem scene) {
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        return counters.join();
    }

    private void refuses(ScriptedPhoneSystem scene, int status, RefusalReason reason, String... lines) {
        int before = told.size();
        scene.invite("call-" + status, "z9hG4bK" + status, 1, lines);
        scene.until(() -> !scene.pbx.received("SIP/2.0 " + status).isEmpty());
        assertThat(told).hasSize(before + 1);
        assertThat(last().reason()).isEqualTo(reason);
        assertThat(last().status()).isEqualTo(status);
        assertThat(last().method()).isEqualTo("INVITE");
        assertThat(told.get(before).account()).isSameAs(scene.alice);
        assertThat(counters(scene).refusals()).containsEntry(reason.code(), 1L);
        assertThat(scene.pbx.last("SIP/2.0 " + status).startLine()).doesNotEndWith("Failure");
    }

    @Test
    void an_INVITE_with_a_body_that_cannot_be_read_is_told() {
        refuses(scene(), 415, RefusalReason.UNSUPPORTED_MEDIA_TYPE, "Content-Type: text/plain", "", "hello");
    }

    @Test
    void RFC3261_8_2_3_a_body_that_need_not_be_understood_is_not_there() {
        ScriptedPhoneSystem scene = scene();
        scene.invite(
                "optional",
                "z9hG4bKoptional",
                1,
                "Require: 100rel",
                "Content-Type: text/plain",
                "Content-Disposition: render;handling=optional",
                "",
                "hello");
        scene.until(() -> !scene.client.calls().isEmpty());
        scene.client.calls().get(0).answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());

        assertThat(told).isEmpty();
        assertThat(scene.pbx.received("SIP/2.0 180"))
                .as("the first reliable response would have to bring our offer")
                .isEmpty();
        assertThat(scene.pbx.last("SIP/2.0 200").bodyLines("m=audio "))
                .as("our offer")
                .hasSize(1);
    }

    @Test
    void an_INVITE_that_requires_an_unknown_extension_is_told() {
        refuses(scene(), 420, RefusalReason.BAD_EXTENSION, "Require: zzz");
    }

    @Test
    void an_INVITE_with_a_too_small_session_interval_is_reported() {
        refuses(scene(), 422, RefusalReason.SESSION_INTERVAL_TOO_SMALL, "Supported: timer", "Session-Expires: 20");
    }

    @Test
    void an_INVITE_without_a_codec_of_ours_is_told() {
        refuses(
                scene(),
                488,
                RefusalReason.NOT_ACCEPTABLE_HERE,
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 1 1 IN IP4 192.0.2.10",
                "s=-",
                "c=IN IP4 192.0.2.10",
                "t=0 0",
                "m=audio 40000 RTP/AVP 18");
    }

    @Test
    void a_call_too_many_is_told() {
        ScriptedPhoneSystem scene = scene();
        scene.invite("first", "z9hG4bKfirst", 1, sdp("192.0.2.10", 40_000, 1));
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        assertThat(told).isEmpty();

        refuses(scene, 486, RefusalReason.TOO_MANY_CALLS, sdp("192.0.2.10", 40_002, 1));
    }

    @Test
    void an_INVITE_for_an_unknown_user_is_reported_without_an_account() {
        ScriptedPhoneSystem scene = scene();
        String target = scene.pbx.last("REGISTER").uri("Contact").replace("alice", "nobody");
        scene.pbx.send("INVITE " + target + " SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK404\n"
                + "Max-Forwards: 70\nFrom: <sip:bob@192.0.2.10>;tag=b\nTo: <sip:nobody@192.0.2.10>\nCall-ID: n\n"
                + "CSeq: 1 INVITE\nContact: <sip:bob@192.0.2.10>\n");
        scene.until(() -> !scene.pbx.received("SIP/2.0 404").isEmpty());

        assertThat(told).hasSize(1);
        assertThat(last().reason()).isEqualTo(RefusalReason.UNKNOWN_USER);
        assertThat(told.get(0).account()).isNull();
    }

    @Test
    void a_request_of_a_call_that_is_not_there_and_an_event_nobody_asked_for_are_told() {
        ScriptedPhoneSystem scene = scene();
        String target = scene.pbx.last("REGISTER").uri("Contact");
        String rest = "Max-Forwards: 70\nFrom: <sip:bob@192.0.2.10>;tag=b\nCall-ID: n\nContact: <sip:bob@192.0.2.10>\n"
                + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=";
        scene.pbx.send(
                "BYE " + target + " SIP/2.0\n" + rest + "z9hG4bKb\nTo: <sip:alice@192.0.2.10>;tag=x\nCSeq: 1 BYE\n");
        scene.until(() -> !scene.pbx.received("SIP/2.0 481").isEmpty());
        assertThat(last().reason()).isEqualTo(RefusalReason.UNKNOWN_DIALOG);

        scene.pbx.send("NOTIFY " + target + " SIP/2.0\n" + rest
                + "z9hG4bKn\nTo: <sip:alice@192.0.2.10>\nCSeq: 2 NOTIFY\nEvent: zzz\nSubscription-State: active\n");
        scene.until(() -> !scene.pbx.received("SIP/2.0 489").isEmpty());
        assertThat(last().reason()).isEqualTo(RefusalReason.UNEXPECTED_EVENT);
        assertThat(last().method()).isEqualTo("NOTIFY");
    }

    @Test
    void a_request_that_cannot_be_read_is_told() {
        ScriptedPhoneSystem scene = scene();
        scene.invite("bad", "z9hG4bKbad", 1, "Expires: zzz", "Expires: 7");
        scene.until(() -> !scene.pbx.received("SIP/2.0 400").isEmpty());

        assertThat(last().reason()).isEqualTo(RefusalReason.MALFORMED);
        assertThat(last().method()).isEqualTo("INVITE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject: one\nX-Other: two\r\n", "Subject: \"one\\\ntwo\"\r\n", "Subject: \r two\r\n"})
    void a_request_with_a_lone_CR_or_LF_in_a_header_is_answered_and_told(String header) {
        ScriptedPhoneSystem scene = scene();
        scene.pbx.sendBytes(("\r\nINVITE " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKlf\r\nMax-Forwards: 70\r\n"
                        + "From: <sip:bob@192.0.2.10>;tag=b\r\nTo: <sip:alice@192.0.2.10>\r\nCall-ID: lf\r\n"
                        + header + "CSeq: 1 INVITE\r\nContact: <sip:bob@192.0.2.10>\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        scene.until(() -> !scene.pbx.received("SIP/2.0 400").isEmpty());

        assertThat(scene.pbx.last("SIP/2.0 400").header("Call-ID")).isEqualTo("lf");
        assertThat(last().reason()).isEqualTo(RefusalReason.MALFORMED);
    }

    @Test
    void an_untrusted_source_over_UDP_gets_no_answer_and_is_reported_at_a_bounded_rate() {
        ScriptedPhoneSystem scene = scene();
        var phone = scene.pbx.remote();
        try (ScriptedPeer scanner = ScriptedPeer.udp(scene.network.host("198.51.100.9"), "198.51.100.9", 5060)) {
            scanner.sendTo(phone.getAddress().getHostAddress(), phone.getPort());
            for (int i = 0; i < 500; i++) {
                scanner.send("INVITE sip:alice@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK" + i
                        + "\n"
                        + "Max-Forwards: 70\n"
                        + "From: <sip:scan@198.51.100.9>;tag=s\n"
                        + "To: <sip:alice@192.0.2.1>\n"
                        + "Call-ID: s"
                        + i + "\nCSeq: 1 INVITE\nContact: <sip:scan@198.51.100.9>\n");
            }
            scene.pass(Duration.ofSeconds(1));
            assertThat(scanner.received()).isEmpty();
            assertThat(told).hasSize(10);
            assertThat(last().reason()).isEqualTo(RefusalReason.UNTRUSTED_SOURCE);
            assertThat(last().status()).isZero();
            assertThat(told.get(0).account()).isSameAs(scene.alice);
            assertThat(counters(scene).refusals()).containsEntry("untrusted-source", 500L);

            scene.pass(Duration.ofSeconds(11));
            scanner.send("INVITE sip:alice@192.0.2.1 SIP/2.0\n"
                    + "Via: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bKlate\n"
                    + "Max-Forwards: 70\n"
                    + "From: <sip:scan@198.51.100.9>;tag=s\n"
                    + "To: <sip:alice@192.0.2.1>\n"
                    + "Call-ID: late\n"
                    + "CSeq: 1 INVITE\n"
                    + "Contact: <sip:scan@198.51.100.9>\n");
            scene.pass(Duration.ofSeconds(1));
            assertThat(told).hasSize(11);
            assertThat(last().unreported()).isEqualTo(490);
        }
    }

    @Test
    void the_last_refusals_are_in_the_report_for_a_ticket() {
        ScriptedPhoneSystem scene = scene();
        refuses(scene, 420, RefusalReason.BAD_EXTENSION, "Require: zzz");

        var report = scene.client.diagnostics().toCompletableFuture();
        scene.until(report::isDone);
        DiagnosticsReport written = report.join();
        assertThat(written.refused()).hasSize(1);
        assertThat(written.toJson()).contains("\"bad-extension\"").contains("\"status\": 420");
    }
}
