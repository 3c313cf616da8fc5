// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that the user holds, as the other side reads it (RFC 3264 §8.4): it is asked for no sound until the user resumes. */
class HeldCallTest {
    private static final String CONTACT = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private Call call;
    private ScriptedMessage answer;

    /** The other side refreshes by re-INVITE alone, and wants that from us. */
    @BeforeEach
    void held() {
        scene = ScriptedPhoneSystem.udp(3264).registered();
        pbx = scene.pbx;
        scene.invite(
                "one",
                "z9hG4bKone",
                1,
                lines(
                        "Supported: timer",
                        lines(
                                "Session-Expires: 90;refresher=uas",
                                lines("Allow: INVITE, ACK, BYE, CANCEL", sdp("192.0.2.10", 40_000, 1)))));
        scene.until(() -> !scene.incoming.isEmpty());
        call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("INVITE", this::accept);

        call.hold();
        scene.until(() -> !pbx.received("ACK").isEmpty());
        assertThat(asked(pbx.last("INVITE"))).isEqualTo("a=sendonly");
        pbx.forget();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void accept(ScriptedMessage invite) {
        pbx.respond(
                invite,
                "200 OK",
                lines(
                        "Require: timer",
                        lines(
                                "Session-Expires: 90;refresher=uac",
                                lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")))));
    }

    @Test
    void an_UPDATE_that_offers_sound_is_told_so() {
        pbx.request("UPDATE", answer, 2, "bob", lines(CONTACT, sdp("192.0.2.10", 40_000, 3, "a=sendrecv")));
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());

        assertThat(asked(pbx.last("SIP/2.0 200"))).isEqualTo("a=sendonly");
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void a_re_INVITE_that_offers_sound_is_told_so() {
        pbx.request("INVITE", answer, 2, "bob", lines(CONTACT, sdp("192.0.2.10", 40_000, 3, "a=sendrecv")));
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());

        assertThat(asked(pbx.last("SIP/2.0 200"))).isEqualTo("a=sendonly");
    }

    @Test
    void a_re_INVITE_that_leaves_the_offer_to_us_is_offered_no_more() {
        pbx.request("INVITE", answer, 2, "bob", CONTACT);
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());

        assertThat(asked(pbx.last("SIP/2.0 200"))).isEqualTo("a=sendonly");
    }

    @Test
    void a_refresh_of_the_session_asks_for_no_more() {
        scene.pass(Duration.ofSeconds(100));

        List<ScriptedMessage> refreshes = pbx.received("INVITE");
        assertThat(refreshes)
                .isNotEmpty()
                .allSatisfy(refresh -> assertThat(asked(refresh)).isEqualTo("a=sendonly"));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    /** The one line that says which way sound may go (RFC 4566 §6). */
    private static String asked(ScriptedMessage described) {
        List<String> directions = described
                .body()
                .lines()
                .filter(line -> line.matches("a=(sendrecv|sendonly|recvonly|inactive)"))
                .toList();
        assertThat(directions).hasSizeLessThanOrEqualTo(1);
        return directions.isEmpty() ? "a=sendrecv" : directions.get(0);
    }
}
