// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that is answered after it was given up (RFC 3261 §13.2.2.4). */
class LateAnswerTest {
    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(13_224).registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private ScriptedMessage dialled() {
        scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        return scene.pbx.last("INVITE");
    }

    private void answered(ScriptedMessage invite, String tag) {
        String[] sdp = ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1);
        String[] lines = new String[sdp.length + 2];
        lines[0] = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";
        lines[1] = "Record-Route: <sip:" + ScriptedPhoneSystem.HOST + ":5060;lr;x=1>";
        System.arraycopy(sdp, 0, lines, 2, sdp.length);
        scene.pbx.respondWithTag(invite, "200 OK", tag, lines);
        scene.pass(Duration.ofMillis(100));
    }

    @Test
    void a_phone_that_answers_a_call_that_was_given_up_is_acknowledged_and_left() {
        ScriptedMessage invite = dialled();
        scene.pass(Duration.ofSeconds(50));
        assertThat(scene.client.calls()).isEmpty();
        answered(invite, "late");

        assertThat(scene.pbx.received("ACK")).hasSize(1);
        ScriptedMessage ack = scene.pbx.last("ACK");
        assertThat(ack.header("CSeq")).isEqualTo(invite.header("CSeq").replace("INVITE", "ACK"));
        assertThat(ack.header("To")).contains("tag=late");
        assertThat(ack.header("Route")).contains("x=1");
        assertThat(scene.pbx.received("BYE")).hasSize(1);
        assertThat(scene.pbx.last("BYE").header("Call-ID")).isEqualTo(invite.header("Call-ID"));
    }

    @Test
    void a_call_survives_2xx_retransmissions_beyond_the_time_limit() {
        ScriptedMessage invite = dialled();
        Call call = scene.client.calls().get(0);
        answered(invite, "bob");
        keepHearing(call);
        answered(invite, "bob");

        assertThat(scene.pbx.received("BYE")).isEmpty();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void another_phone_that_answers_after_half_a_minute_is_left_and_the_call_goes_on() {
        ScriptedMessage invite = dialled();
        Call call = scene.client.calls().get(0);
        answered(invite, "bob");
        call.setMuted(true);
        keepHearing(call);
        answered(invite, "another");

        assertThat(scene.pbx.received("BYE")).hasSize(1);
        assertThat(scene.pbx.last("BYE").header("To")).contains("tag=another");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** Past timer M; the call is put on hold, so that nobody misses its sound. */
    private void keepHearing(Call call) {
        call.hold();
        scene.pass(Duration.ofMillis(100));
        scene.pbx.respondWithTag(
                scene.pbx.last("INVITE"), "200 OK", "bob", ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1));
        scene.pass(Duration.ofSeconds(40));
    }
}
