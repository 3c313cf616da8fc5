// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.PlayoutQuality;
import com.techpro.callclient.engine.diagnostics.CallRecord;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of an ended call's quality: to the app, in a ticket, and to a collector that the provisioning names (RFC
 * 6035).
 */
class QualityReportTest {
    private static final String COLLECTOR = "sip:collector@" + ScriptedPhoneSystem.HOST;

    private static ScriptedPhoneSystem scene(@Nullable String collector) {
        ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        6035,
                        SipTransport.UDP,
                        account -> account.displayName("Alice").qualityCollector(collector),
                        config -> config)
                .registered();
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        scene.pbx.on("INVITE", scene::ok);
        return scene;
    }

    /** Bob is called, and speaks. */
    private static Call talk(ScriptedPhoneSystem scene) {
        Call call = scene.established();
        talk(scene, call, scene.pbx.last("INVITE"), null);
        return call;
    }

    /**
     * The far end speaks for eleven seconds, of which every tenth packet is lost, and the user hangs up.
     *
     * @param description of the phone's sound
     * @param voip the far end's VoIP metrics (RFC 3611 §4.7), but for whose they are; null for none
     */
    private static void talk(ScriptedPhoneSystem scene, Call call, ScriptedMessage description, @Nullable String voip) {
        int port = Integer.parseInt(description.bodyLines("m=audio ").get(0).split(" ")[0]);
        int[] phone = {0};
        try (DatagramLink sound = link(scene, 40_000, packet -> phone[0] = packet.getInt(packet.position() + 8));
                DatagramLink reports = link(scene, 40_001, packet -> {})) {
            for (int sequence = 1; sequence <= 550; sequence++) {
                if (sequence % 10 != 0) {
                    ByteBuffer packet = ByteBuffer.allocate(172);
                    packet.putShort((short) 0x8000).putShort((short) sequence);
                    packet.putInt(sequence * 160).putInt(0xB0B);
                    packet.position(0);
                    sound.send(packet, new InetSocketAddress(ScriptedPhoneSystem.PHONE, port));
                }
                if (sequence == 500 && voip != null) {
                    byte[] metrics = HexFormat.of().parseHex(voip);
                    ByteBuffer report = ByteBuffer.allocate(76);
                    report.putInt(0x81C9_0007).putInt(0xB0B).putInt(phone[0]).position(32);
                    report.putInt(0x80CF_000A).putInt(0xB0B);
                    report.putInt(0x0700_0008).putInt(phone[0]).put(metrics).flip();
                    reports.send(report, new InetSocketAddress(ScriptedPhoneSystem.PHONE, port + 1));
                }
                scene.pass(Duration.ofMillis(20));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        call.hangUp();
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(5));
    }

    private static DatagramLink link(ScriptedPhoneSystem scene, int port, Consumer<ByteBuffer> received)
            throws IOException {
        return scene.network
                .host(ScriptedPhoneSystem.HOST)
                .openDatagram(
                        new InetSocketAddress(ScriptedPhoneSystem.HOST, port),
                        (packet, from) -> received.accept(packet));
    }

    private static List<ScriptedMessage> reports(ScriptedPhoneSystem scene) {
        return scene.pbx.received("PUBLISH");
    }

    @Test
    void an_ended_call_is_reported_to_the_collector() {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            scene.pbx.on("PUBLISH", publish -> scene.pbx.respond(publish, "200 OK"));
            talk(scene);

            assertThat(reports(scene)).hasSize(1);
            ScriptedMessage report = reports(scene).get(0);
            String invite = scene.pbx.last("INVITE").header("Call-ID");
            assertThat(report.requestUri()).isEqualTo(COLLECTOR);
            assertThat(report.header("Event")).isEqualTo("vq-rtcpxr");
            assertThat(report.header("Content-Type")).isEqualTo("application/vq-rtcpxr");
            assertThat(report.text())
                    .contains("VQSessionReport: CallTerm\r\nCallID: " + invite + "\r\n")
                    .contains("LocalID: <sip:alice@192.0.2.10>\r\n")
                    .contains("RemoteID: <sip:bob@192.0.2.10>\r\n")
                    .contains("OrigID: <sip:alice@192.0.2.10>\r\n")
                    .containsPattern("LocalAddr: IP=192\\.0\\.2\\.1 PORT=\\d+ SSRC=0x[0-9a-f]{8}\r\n")
                    .contains("RemoteAddr: IP=192.0.2.10 PORT=40000 SSRC=0x00000b0b\r\n")
                    .containsPattern("Timestamps: START=20\\d\\d-[0-9T:-]+Z STOP=20\\d\\d-[0-9T:-]+Z\r\n")
                    .contains(" PD=PCMU SR=8000 FD=20 ")
                    .containsPattern("PacketLoss: NLR=(9\\.\\d|10\\.0) JDR=0\\.0\r\n")
                    .containsPattern("BurstGapLoss: BLD=\\d+\\.\\d BD=\\d+ GLD=\\d+\\.\\d GD=\\d+ GMIN=16\r\n")
                    .containsPattern("QualityEst: RCQ=\\d+ MOSLQ=[23]\\.\\d MOSCQ=[23]\\.\\d QoEEstAlg=G\\.107\r\n")
                    .containsPattern("DialogID: " + invite + ";to-tag=[^;]+;from-tag=[^;]+\r\n");
            assertThat(drops(scene)).doesNotContain("quality-report");
        }
    }

    /** RFC 6035 §4.6.2: whose call it was, and the tags as in the INVITE; no name is told. */
    @Test
    void of_an_incoming_call_the_caller_is_the_originator() {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            scene.pbx.on("PUBLISH", publish -> scene.pbx.respond(publish, "200 OK"));
            Call call = scene.answered(sdp(ScriptedPhoneSystem.HOST, 40_000, 1));
            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            talk(scene, call, answer, null);

            assertThat(reports(scene)).hasSize(1);
            assertThat(reports(scene).get(0).body())
                    .contains("\r\nCallID: one\r\n")
                    .contains("LocalID: <sip:alice@192.0.2.10>\r\n")
                    .contains("RemoteID: <sip:bob@192.0.2.10>\r\n")
                    .contains("OrigID: <sip:bob@192.0.2.10>\r\n")
                    .contains("DialogID: one;to-tag=" + answer.parameter("To", "tag") + ";from-tag=bob\r\n")
                    .doesNotContain("RemoteMetrics")
                    .doesNotContain("Bob")
                    .doesNotContain("Alice");
        }
    }

    /** RFC 6035 §4.7: what the far end cannot tell (127, and 0 of a delay) is left out. */
    @ParameterizedTest
    @CsvSource({
        "006F 0037, 5D, 26 23, RTD=111 ESD=55, RCQ=93 MOSLQ=3.8 MOSCQ=3.5",
        "0000 0037, 7F, 26 7F, ESD=55, MOSLQ=3.8",
        "006F 0000, 00, 7F 0A, RTD=111, RCQ=0 MOSCQ=1.0",
        "0000 0000, 7F, 7F 7F, '', ''"
    })
    void the_far_ends_figures_are_reported_as_they_came(
            String delays, String rating, String scores, String delay, String estimate) {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            scene.pbx.on("PUBLISH", publish -> scene.pbx.respond(publish, "200 OK"));
            Call call = scene.established();
            // Loss, discards, bursts and gaps; delays; levels and Gmin; rating; jitter buffer.
            String metrics =
                    "40208010" + "04D210E1" + delays + "7F7F7F10" + rating + "7F" + scores + "B5000028" + "003C00C8";
            talk(scene, call, scene.pbx.last("INVITE"), metrics.replace(" ", ""));

            String report = reports(scene).get(0).text();
            assertThat(report.substring(report.indexOf("RemoteMetrics:")))
                    .contains("SessionDesc: PT=0 PD=PCMU SR=8000 FD=20 PPS=50 ")
                    .contains("JitterBuffer: JBA=3 JBR=5 JBN=40 JBM=60 JBX=200\r\n")
                    .contains("PacketLoss: NLR=25.0 JDR=12.5\r\n")
                    .contains("BurstGapLoss: BLD=50.0 BD=1234 GLD=6.3 GD=4321 GMIN=16\r\n")
                    .contains("Delay:" + (delay.isEmpty() ? "" : " " + delay) + "\r\n")
                    .contains("QualityEst:" + (estimate.isEmpty() ? "" : " " + estimate) + " QoEEstAlg=G.107\r\n");
        }
    }

    @Test
    void the_call_that_a_transfer_leads_to_is_reported_too() {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            scene.pbx.on("PUBLISH", publish -> scene.pbx.respond(publish, "200 OK"));
            scene.pbx.on("NOTIFY", notify -> scene.pbx.respond(notify, "200 OK"));
            Call call = scene.answered(sdp(ScriptedPhoneSystem.HOST, 40_000, 1));
            scene.pbx.request(
                    "REFER",
                    scene.pbx.last("SIP/2.0 200"),
                    2,
                    "bob",
                    ScriptedPhoneSystem.CONTACT,
                    "Refer-To: <sip:carol@" + ScriptedPhoneSystem.HOST + ">");
            scene.until(() -> !scene.told(CallEvent.TransferRequested.class).isEmpty());
            call.acceptTransfer();
            scene.until(() -> scene.client.calls().stream()
                    .anyMatch(next -> next != call && next.snapshot().state() == CallState.ESTABLISHED));
            Call next = scene.client.calls().stream()
                    .filter(each -> each != call)
                    .findFirst()
                    .orElseThrow();
            talk(scene, next, scene.pbx.last("INVITE"), null);

            assertThat(reports(scene)).hasSize(1);
            assertThat(reports(scene).get(0).text()).contains("RemoteID: <sip:carol@192.0.2.10>\r\n");
        }
    }

    @Test
    void how_sound_was_played_stays_with_an_ended_call() {
        try (ScriptedPhoneSystem scene = scene(null)) {
            PlayoutQuality playout =
                    Objects.requireNonNull(talk(scene).snapshot().quality()).playout();

            assertThat(playout).isNotNull();
            assertThat(playout.played()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
            assertThat(playout.concealments()).isBetween(48L, 55L);
            assertThat(playout.concealed()).isBetween(Duration.ofMillis(960), Duration.ofMillis(1_100));
            assertThat(playout.bufferDelay()).isBetween(Duration.ofMillis(1), Duration.ofMillis(60));
            assertThat(playout.packetsRecovered()).isZero();
            assertThat(playout.synthesized()).isZero();
        }
    }

    @Test
    void the_diagnostics_report_has_the_score_of_each_ten_seconds() {
        try (ScriptedPhoneSystem scene = scene(null)) {
            talk(scene);
            CompletableFuture<DiagnosticsReport> report =
                    scene.client.diagnostics().toCompletableFuture();
            scene.until(report::isDone);

            CallRecord record = report.join().calls().get(0);
            assertThat(record.mosHistory()).hasSize(2).allMatch(mos -> mos > 1 && mos < 3.5);
            assertThat(report.join().toJson().replaceAll("\\s", ""))
                    .contains("\"mosHistory\":[" + record.mosHistory().get(0) + ","
                            + record.mosHistory().get(1) + "]");
        }
    }

    @Test
    void without_a_collector_nothing_is_reported() {
        try (ScriptedPhoneSystem scene = scene(null)) {
            talk(scene);
            assertThat(reports(scene)).isEmpty();
        }
    }

    @Test
    void S5_a_collector_elsewhere_is_told_nothing() {
        try (ScriptedPhoneSystem scene = scene("sip:collector@elsewhere.example")) {
            talk(scene);
            assertThat(reports(scene)).isEmpty();
            assertThat(drops(scene)).doesNotContain("quality-report");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"489 Bad Event", "405 Method Not Allowed", "603 Decline"})
    void a_refusal_ends_the_reports_is_counted_and_disturbs_no_call(String status) {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            scene.pbx.on("PUBLISH", publish -> scene.pbx.respond(publish, status));
            talk(scene);
            talk(scene);
            assertThat(reports(scene)).hasSize(1);
            assertThat(drops(scene)).contains("quality-report=1");
        }
    }

    @Test
    void a_call_without_sound_is_not_reported() {
        try (ScriptedPhoneSystem scene = scene(COLLECTOR)) {
            Call call = scene.established();
            call.hangUp();
            scene.until(() -> call.snapshot().state() == CallState.ENDED);
            scene.pass(Duration.ofSeconds(5));
            assertThat(reports(scene)).isEmpty();
        }
    }

    private static String drops(ScriptedPhoneSystem scene) {
        String[] seen = {""};
        Consumer<ClientCounters> read = counters -> seen[0] = counters.drops().toString();
        scene.client.counters().thenAccept(read);
        scene.time.settle();
        return seen[0];
    }
}
