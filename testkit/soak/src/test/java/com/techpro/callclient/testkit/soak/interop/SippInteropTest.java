// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual but legal, and broken: SIPp plays a phone system the engine has to live with. */
@Tag("interop")
class SippInteropTest {
    @TempDir
    Path directory;

    private Sipp sipp;
    private EnginePhone phone;
    private String contact;

    @BeforeEach
    void register() {
        sipp = new Sipp(directory, "u1");
        Sipp.Scenario registration = sipp.expect("register", Map.of());
        phone = new EnginePhone(account(sipp.port(), SipTransport.UDP), null).awaitRegistered();
        registration.awaitSuccess();
        contact = registration.contact();
    }

    @AfterEach
    void leave() {
        phone.vanish();
    }

    private static SipAccount.Builder account(int port, SipTransport transport) {
        return SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                .transport(transport)
                .outboundProxy(new HostPort("127.0.0.1", port))
                .keepAlive(Duration.ofMinutes(30))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
    }

    @ParameterizedTest
    @ValueSource(strings = {"late-offer", "reinvite-without-sdp"})
    void an_unusual_call_is_taken_and_ended_by_the_caller(String scenario) {
        phone.answering();
        sipp.play(scenario, contact).awaitSuccess();

        Call call = phone.awaitIncoming();
        assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
        phone.awaitNoCalls();
    }

    @Test
    void an_answer_is_repeated_until_it_is_acknowledged() {
        phone.answering();
        Sipp.Scenario scenario = sipp.play("lost-ack", contact);
        scenario.awaitSuccess();

        // at 0, 500 and 1500 ms, and one for the BYE
        assertThat(scenario.messages("SIP/2.0 200")).isBetween(4L, 5L);
        EnginePhone.awaitEnding(phone.awaitIncoming());
        phone.awaitNoCalls();
    }

    @Test
    void a_request_that_comes_twice_is_answered_twice_and_acted_on_once() {
        phone.answering();
        Sipp.Scenario scenario = sipp.play("everything-twice", contact);
        scenario.awaitSuccess();

        assertThat(scenario.messages("SIP/2.0 200"))
                .as("two for the INVITE, or more if ACK is late, and two for BYE")
                .isGreaterThanOrEqualTo(4);
        assertThat(EnginePhone.awaitEnding(phone.awaitIncoming())).isInstanceOf(CallEnding.RemoteHangUp.class);
        phone.assertNoMoreCalls();
        phone.awaitNoCalls();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-body",
                "unknown-method",
                "unknown-extension",
                "stray-bye",
                "wrong-content-length",
                "session-too-short"
            })
    void a_broken_request_gets_the_answer_that_the_rfc_names(String scenario) {
        sipp.play(scenario, contact).awaitSuccess();
        phone.awaitNoCalls();
    }

    @Test
    void a_caller_who_insists_on_acknowledged_ringing_gets_it() {
        Sipp.Scenario scenario = sipp.play("prack-from-peer", contact);
        Call call = phone.awaitIncoming();
        Await.until("the ringing was acknowledged", () -> scenario.messages("PRACK sip:") > 0, Duration.ofSeconds(10));
        call.answer();

        scenario.awaitSuccess();
        assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
        phone.awaitNoCalls();
    }

    @Test
    void a_call_answered_on_another_phone_is_not_a_missed_call() {
        sipp.play("answered-elsewhere", contact).awaitSuccess();

        assertThat(EnginePhone.awaitEnding(phone.awaitIncoming())).isInstanceOf(CallEnding.AnsweredElsewhere.class);
    }

    @Test
    void crossing_reinvites_are_told_apart_by_491() {
        phone.answering();
        Sipp.Scenario scenario = sipp.play("glare-from-peer", contact);
        Call call = phone.awaitIncoming();
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        call.hold();

        scenario.awaitSuccess();
        assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
    }

    @ParameterizedTest
    @CsvSource({"early-media, 1", "progress-without-sdp, 1", "two-answers, 2", "bye-crossing, 1", "prack-from-us, 1"})
    void an_unusual_answer_leads_to_a_call(String scenario, int answers) {
        Sipp.Scenario peer = sipp.expect(scenario, Map.of());
        Call call = phone.account().dial("2000");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        Await.until("each answer was acknowledged", () -> peer.messages("ACK sip:") >= answers, Duration.ofSeconds(10));
        call.hangUp();

        peer.awaitSuccess();
        assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
        phone.awaitNoCalls();
    }

    @Test
    void our_reinvite_is_tried_again_after_491() {
        Sipp.Scenario peer = sipp.expect("glare-from-us", Map.of());
        Call call = phone.account().dial("2000");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        call.hold();
        EnginePhone.awaitHold(call, com.techpro.callclient.engine.call.HoldState.LOCAL);
        Await.until(
                "the second re-INVITE was acknowledged", () -> peer.messages("ACK sip:") == 3, Duration.ofSeconds(10));
        call.hangUp();

        peer.awaitSuccess();
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here, busy",
        "600 Busy Everywhere, busy",
        "603 Decline, declined",
        "404 Not Found, not-found",
        "480 Temporarily Unavailable, unavailable",
        "403 Forbidden, forbidden",
        "488 Not Acceptable Here, no-common-codec",
        "302 Moved Temporarily, redirected-302",
        "500 Server Internal Error, server-error-500",
        "503 Service Unavailable, server-error-503",
    })
    void each_refusal_has_a_reason_of_its_own(String status, String code) {
        Sipp.Scenario peer = sipp.expect("refused", Map.of("STATUS", status, "EXTRA", "Retry-After: 30\n"));
        Call call = phone.account().dial("2000");

        assertThat(EnginePhone.awaitEnding(call).code()).isEqualTo(code);
        peer.awaitSuccess();
    }

    @Test
    void a_header_of_many_kilobytes_is_refused_and_the_engine_goes_on() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket()) {
            byte[] bomb = ("OPTIONS " + contact + " SIP/2.0\r\nX-Filler: " + "a".repeat(60_000) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            String[] target = Sipp.hostPort(contact).split(":");
            stranger.send(new DatagramPacket(
                    bomb, bomb.length, InetAddress.getByName(target[0]), Integer.parseInt(target[1])));
        }
        phone.answering();
        sipp.play("lost-ack", contact).awaitSuccess();
    }

    @Test
    void a_megabyte_of_headers_on_a_stream_ends_that_stream_only() throws IOException {
        try (ServerSocket flood = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            flood.setSoTimeout(20_000);
            EnginePhone victim = new EnginePhone(account(flood.getLocalPort(), SipTransport.TCP), null);
            try (Socket connection = flood.accept()) {
                byte[] chunk = ("X-Filler: " + "a".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                connection
                        .getOutputStream()
                        .write("OPTIONS sip:1001@pbx.test SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII));
                boolean refused = false;
                for (int sent = 0; sent < 8_000_000 && !refused; sent += chunk.length) {
                    refused = !accepts(connection, chunk);
                }
                // What it has not read, the kernel may have taken: several megabytes on a busy machine.
                assertThat(refused || isHungUp(connection))
                        .as("the engine hangs up")
                        .isTrue();
                assertThat(victim.counters().accounts()).as("and goes on").isEqualTo(1);
            } finally {
                victim.vanish();
            }
        }
    }

    /** Reads what the engine has sent until its end of the stream. */
    private static boolean isHungUp(Socket connection) throws IOException {
        connection.setSoTimeout(20_000);
        try {
            while (connection.getInputStream().read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean accepts(Socket connection, byte[] bytes) {
        try {
            connection.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_server_error_tells_how_long_to_wait() {
        Sipp.Scenario peer =
                sipp.expect("refused", Map.of("STATUS", "503 Service Unavailable", "EXTRA", "Retry-After: 30\n"));
        Call call = phone.account().dial("2000");

        assertThat(EnginePhone.awaitEnding(call))
                .isEqualTo(new CallEnding.Failed(new Failure.ServerError(503, Duration.ofSeconds(30))));
        peer.awaitSuccess();
    }
}
