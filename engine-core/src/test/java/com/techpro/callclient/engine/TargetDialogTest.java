// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that name a call from outside its dialog, message by message: Target-Dialog (RFC 4538) and Join (RFC 3911). */
class TargetDialogTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4538);
    private final ScriptedPeer pbx = scene.pbx;
    private Call call;
    private String tag;
    private String contact;

    @BeforeEach
    void ringing() {
        scene.registered();
        scene.invite("one", "z9hG4bKone", 1, sdp(HOST, 40_000, 1));
        scene.until(() -> !scene.incoming.isEmpty());
        call = scene.incoming.get(0);
        scene.until(() -> !pbx.received("SIP/2.0 180").isEmpty());
        tag = pbx.last("SIP/2.0 180").parameter("To", "tag");
        contact = pbx.last("REGISTER").uri("Contact");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void talking() {
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.forget();
    }

    /** A request outside any dialog. */
    private void ask(String method, String callId, String... more) {
        StringBuilder request = new StringBuilder(method + " " + contact + " SIP/2.0\n");
        Stream.of(lines(
                        "Via: " + pbx.via(),
                        lines(
                                "Max-Forwards: 70",
                                "From: <sip:operator@" + HOST + ">;tag=operator",
                                "To: <sip:alice@" + HOST + ">",
                                "Call-ID: " + callId,
                                "CSeq: 1 " + method,
                                "Contact: <sip:operator@" + HOST + ":5060>")))
                .forEach(line -> request.append(line).append('\n'));
        Stream.of(more).forEach(line -> request.append(line).append('\n'));
        pbx.send(request.toString());
        scene.pass(Duration.ofMillis(100));
    }

    private void refer(String targetDialog, String... more) {
        ask(
                "REFER",
                "refer",
                lines("Refer-To: <sip:carol@" + HOST + ">", lines("Target-Dialog: " + targetDialog, more)));
    }

    @Test
    void RFC4538_a_REFER_beside_the_call_that_it_names_is_a_request_for_its_transfer() {
        talking();
        refer("one;local-tag=" + tag + ";remote-tag=bob", "Require: tdialog");

        ScriptedMessage accepted = pbx.last("SIP/2.0 202");
        assertThat(accepted.header("Supported")).contains("tdialog");
        assertThat(scene.told(CallEvent.TransferRequested.class)).hasSize(1);
        ScriptedMessage notify = pbx.last("NOTIFY");
        assertThat(notify.requestUri()).isEqualTo("sip:operator@" + HOST + ":5060");
        assertThat(notify.header("Call-ID")).isEqualTo("refer");
        assertThat(notify.parameter("To", "tag")).isEqualTo("operator");
        assertThat(notify.parameter("From", "tag"))
                .isEqualTo(accepted.parameter("To", "tag"))
                .isNotEqualTo(tag);
        assertThat(notify.body()).startsWith("SIP/2.0 100");
        pbx.respond(notify, "200 OK");

        call.acceptTransfer();
        scene.until(() -> pbx.received("INVITE").stream()
                .anyMatch(invite -> invite.requestUri().equals("sip:carol@" + HOST)));
    }

    @ParameterizedTest
    @CsvSource({
        "another;local-tag=TAG;remote-tag=bob, 481",
        "one;local-tag=TAG;remote-tag=carol, 481",
        "one;local-tag=other;remote-tag=bob, 481",
        "one;remote-tag=TAG;local-tag=bob, 481",
        "one;local-tag=TAG, 400",
        "one, 400",
    })
    void RFC4538_a_REFER_that_names_no_call_here_is_refused(String named, int status) {
        talking();
        refer(named.replace("TAG", tag));

        assertThat(pbx.last("SIP/2.0 ").status()).isEqualTo(status);
        assertNobodyAsked();
    }

    @Test
    void a_REFER_that_names_two_calls_or_none_is_refused() {
        talking();
        refer("one;local-tag=" + tag + ";remote-tag=bob", "Target-Dialog: two;local-tag=1;remote-tag=2");
        assertThat(pbx.last("SIP/2.0 ").status()).isEqualTo(400);
        ask("REFER", "refer-2", "Refer-To: <sip:carol@" + HOST + ">");
        assertThat(pbx.last("SIP/2.0 ").status()).isEqualTo(603);
        assertNobodyAsked();
    }

    @Test
    void a_call_that_rings_is_not_transferred() {
        refer("one;local-tag=" + tag + ";remote-tag=bob");

        assertThat(pbx.last("SIP/2.0 ").status()).isEqualTo(603);
        assertNobodyAsked();
    }

    @Test
    void S5_a_REFER_beside_a_call_leads_nobody_out_of_the_phone_system() {
        talking();
        ask(
                "REFER",
                "refer",
                "Refer-To: <sip:carol@203.0.113.9>",
                "Target-Dialog: one;local-tag=" + tag + ";remote-tag=bob");

        assertThat(pbx.last("SIP/2.0 ").status()).isEqualTo(603);
        assertNobodyAsked();
    }

    private void assertNobodyAsked() {
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.told(CallEvent.TransferRequested.class)).isEmpty();
        assertThat(pbx.received("NOTIFY")).isEmpty();
        assertThat(pbx.received("INVITE")).isEmpty();
    }

    @Test
    void RFC3911_a_required_Join_is_rejected_as_unsupported() {
        talking();
        ask(
                "INVITE",
                "joins",
                lines("Require: join", lines("Join: one;to-tag=" + tag + ";from-tag=bob", sdp(HOST, 40_010, 1))));

        ScriptedMessage refusal = pbx.last("SIP/2.0 420");
        assertThat(refusal.headers("Unsupported")).containsExactly("join");
        assertThat(scene.incoming).hasSize(1);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** RFC 3261 §8.2.2: what is not understood and not required is not there. */
    @Test
    void RFC3911_a_Join_that_is_not_required_is_an_ordinary_call() {
        talking();
        ask("INVITE", "joins", lines("Join: one;to-tag=" + tag + ";from-tag=bob", sdp(HOST, 40_010, 1)));

        assertThat(pbx.received("SIP/2.0 180")).hasSize(1);
        assertThat(pbx.last("SIP/2.0 180").header("Supported")).doesNotContain("join");
        assertThat(scene.incoming).hasSize(2);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }
}
