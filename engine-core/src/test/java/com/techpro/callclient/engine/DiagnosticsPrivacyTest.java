// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.helpers.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Promise O2 over whole scenarios: what a trace, the log at its finest level and the report for a ticket tell, against everything in the same
 * messages as they went over the wire that names somebody or is a secret.
 */
class DiagnosticsPrivacyTest {
    private static final String ALICE = "zzanna";
    private static final String BOB = "493087654321";
    private static final Pattern SECRET =
            Pattern.compile("(?:inline:|nonce=\"|response=\"|cnonce=\"|username=\"|realm=\"|opaque=\")([^\"|\\s]{4,})");

    private final List<SipTraceMessage> raw = new ArrayList<>();
    private final List<SipTraceMessage> redacted = new ArrayList<>();

    /** What must be nowhere: the marks, addresses, and what the raw messages hold of credentials and keys. */
    private Set<String> marks() {
        Set<String> marks = new TreeSet<>(Set.of(ALICE, BOB, "pw-", "192.0.2.", PhoneScene.DOMAIN));
        for (SipTraceMessage message : raw) {
            Matcher secret = SECRET.matcher(message.text());
            while (secret.find()) {
                marks.add(secret.group(1));
            }
        }
        return marks;
    }

    private static void assertNone(Set<String> marks, String where, List<String> texts) {
        assertThat(texts).as(where).isNotEmpty();
        for (String text : texts) {
            for (String mark : marks) {
                assertThat(text).as(where).doesNotContainIgnoringCase(mark);
            }
        }
    }

    private void life(PhoneScene scene, List<String> reports) {
        Phone alice = scene.phone(
                        ALICE,
                        "192.0.2.1",
                        config -> config.sipTrace(raw::add)
                                .lab(lab -> lab.traceRaw(true).traceCalls(9)))
                .registered();
        Phone bob = scene.phone(
                        BOB,
                        "192.0.2.2",
                        config -> config.sipTrace(redacted::add).lab(lab -> lab.traceCalls(9)))
                .registered();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(6));
        call.hold();
        scene.pass(Duration.ofSeconds(2));
        call.resume();
        call.sendDtmf("4711#");
        scene.pass(Duration.ofSeconds(3));
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));
        Call none = bob.account.dial("zznobody");
        scene.pass(Duration.ofSeconds(5));
        none.hangUp();
        Call refused = alice.account.dial(BOB);
        scene.pass(Duration.ofSeconds(2));
        bob.incoming.reject(RejectReason.DECLINED);
        scene.pass(Duration.ofSeconds(2));
        assertThat(refused.snapshot().ending()).isNotNull();
        for (Phone phone : List.of(alice, bob)) {
            var report = phone.client.diagnostics().toCompletableFuture();
            scene.until(report::isDone);
            assertThat(report.join().callInputs()).isNotEmpty();
            reports.add(report.join().toJson());
            reports.add(report.join().toString());
        }
        alice.account.remove();
        scene.pass(Duration.ofSeconds(2));
    }

    @Test
    void O2_trace_log_and_report_name_nobody_over_a_whole_life() {
        List<String> reports = new ArrayList<>();
        List<String> log;
        try (CapturedLog captured = new CapturedLog();
                PhoneScene scene = new PhoneScene(4711)) {
            life(scene, reports);
            log = captured.lines();
        }
        Set<String> marks = marks();
        // Otherwise this test would see nothing to look for.
        assertThat(marks).hasSizeGreaterThan(8);
        assertThat(raw.stream().map(SipTraceMessage::text).reduce("", String::concat))
                .contains(ALICE)
                .contains(BOB)
                .contains("inline:");

        List<String> traced = new ArrayList<>();
        redacted.forEach(message -> {
            traced.add(message.text());
            traced.add(message.callId() + ' ' + message.summary() + ' ' + message);
        });
        raw.forEach(message -> traced.add(message.toString()));
        assertNone(marks, "trace", traced);
        assertNone(marks, "log", log);
        assertNone(marks, "report", reports);
        assertNone(Set.of("4711", "DTMF"), "keys pressed", log);
    }

    @Test
    void O2_credentials_names_and_texts_are_in_no_trace_report_or_log() {
        List<String> log;
        List<String> texts = new ArrayList<>();
        StringBuilder wire = new StringBuilder();
        try (CapturedLog captured = new CapturedLog();
                ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        4716,
                        SipTransport.TCP,
                        account -> account.displayName("Zzanna Zzmark"),
                        config -> config.sipTrace(redacted::add))) {
            scene.pbx.when(
                    message -> message.summary().equals("REGISTER")
                            && message.header("Authorization").isEmpty(),
                    register -> scene.pbx.respond(
                            register,
                            "401 Zzmark unknown",
                            "WWW-Authenticate: Digest realm=\"zzmark\", nonce=\"zzmark1\", algorithm=SHA-256, qop=\"auth\""));
            scene.registered();
            scene.invite(
                    "zzmark@192.0.2.10",
                    "z9hG4bKzzmark",
                    1,
                    ScriptedPeer.lines(
                            "Subject: zzmark\nP-Asserted-Identity: \"Zzmark\" <tel:" + BOB + ">",
                            ScriptedPeer.sdp("192.0.2.10", 40_000, 1)));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.pbx.send(
                    "MESSAGE " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\nVia: SIP/2.0/TCP "
                            + "192.0.2.10:5060;branch=z9hG4bKzz2\nMax-Forwards: 70\nFrom: <sip:zzmark@192.0.2.10>;tag=zzmark\n"
                            + "To: <sip:alice@192.0.2.10>\nCall-ID: zzmark2\nCSeq: 1 MESSAGE\nContent-Type: text/plain\n\nzzmark");
            scene.pass(Duration.ofSeconds(3));
            scene.incoming.get(0).reject(RejectReason.BUSY);
            scene.pass(Duration.ofSeconds(1));
            var report = scene.client.diagnostics().toCompletableFuture();
            scene.until(report::isDone);
            texts.add(report.join().toJson());
            scene.pbx.received().forEach(message -> wire.append(message.text()));
            log = captured.lines();
        }
        assertThat(wire).contains("response=\"").contains("Zzanna Zzmark");
        Set<String> marks = new TreeSet<>(Set.of("zzmark", "zzanna", "alice", BOB, "192.0.2."));
        Matcher secret = SECRET.matcher(wire);
        while (secret.find()) {
            marks.add(secret.group(1));
        }
        redacted.forEach(message -> texts.add(message.text() + message.callId() + message.summary() + message));
        assertNone(marks, "trace and report", texts);
        assertNone(marks, "log", log);
        assertThat(texts).anyMatch(text -> text.contains("algorithm=SHA-256, qop=auth"));
    }

    @Test
    void the_log_reports_registrations_and_calls() {
        List<String> log;
        try (CapturedLog captured = new CapturedLog();
                PhoneScene scene = new PhoneScene(4712)) {
            life(scene, new ArrayList<>());
            log = captured.lines();
        }
        assertThat(log)
                .contains("INFO com.techpro.callclient.registration account a1 is REGISTERED")
                .contains("INFO com.techpro.callclient.call call c1 of account a1 is dialled")
                .contains("INFO com.techpro.callclient.call call c1 comes in for account a1")
                .contains("FINE com.techpro.callclient.call call c1 is ESTABLISHED")
                .contains("INFO com.techpro.callclient.call call c1 is over: local-hang-up");
        assertThat(log)
                .anyMatch(line -> line.startsWith("FINEST com.techpro.callclient.transport flow 1 sent REGISTER"));
        assertThat(log).anyMatch(line -> line.startsWith("FINE com.techpro.callclient.media call c1: "));
    }

    @Test
    void the_trace_and_the_report_tell_the_call() {
        List<String> reports = new ArrayList<>();
        try (PhoneScene scene = new PhoneScene(4713)) {
            life(scene, reports);
        }
        assertThat(redacted)
                .extracting(SipTraceMessage::summary)
                .contains("REGISTER", "200 REGISTER", "INVITE", "ACK", "BYE");
        assertThat(redacted)
                .filteredOn(message -> message.summary().equals("INVITE"))
                .allSatisfy(message -> assertThat(message.text())
                        .contains("m=audio ")
                        .contains("a=crypto:")
                        .contains("inline:[redacted]"));
        assertThat(reports.get(0))
                .contains("\"state\": \"REGISTERED\"")
                .contains("\"ending\": \"local-hang-up\"")
                .contains("\"ending\": \"declined\"")
                .doesNotContain("NaN");
    }

    @Test
    void the_report_is_there_after_the_client_is_closed() {
        try (PhoneScene scene = new PhoneScene(4714)) {
            Phone alice = scene.phone(ALICE, "192.0.2.1").registered();
            alice.client.close();
            scene.pass(Duration.ofSeconds(6));

            var closed = alice.client.diagnostics().toCompletableFuture();
            assertThat(closed).isDone();
            assertThat(closed.join().registrations()).isNotEmpty();
        }
    }

    @Test
    void the_report_keeps_a_bounded_number_of_calls() {
        try (PhoneScene scene = new PhoneScene(4715)) {
            Phone alice = scene.phone(ALICE, "192.0.2.1").registered();
            for (int i = 0; i < 80; i++) {
                Call call = alice.account.dial("nobody" + i);
                scene.pass(Duration.ofMillis(500));
                call.hangUp();
            }
            scene.pass(Duration.ofSeconds(5));
            var report = alice.client.diagnostics().toCompletableFuture();
            scene.until(report::isDone);
            assertThat(report.join().calls()).hasSize(50);
        }
    }
}
