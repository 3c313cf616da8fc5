// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A phone that gives its To tag late, or only in its own requests (RFC 3261 §12.1.2, §12.2.2). */
class Rfc2543PeerTest {
    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(2543).registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private void respondWithoutTag(ScriptedMessage invite, String status, String... lines) {
        scene.pbx.send("SIP/2.0 " + status + "\nVia: " + invite.header("Via") + "\nFrom: " + invite.header("From")
                + "\nTo: <sip:bob@" + HOST + ">\nCall-ID: " + invite.header("Call-ID") + "\nCSeq: "
                + invite.header("CSeq") + "\n" + String.join("\n", lines) + "\n");
    }

    private Call established() {
        scene.pbx.on("INVITE", invite -> respondWithoutTag(invite, "200 OK", lines(CONTACT, sdp(HOST, 40_000, 1))));
        return scene.established();
    }

    @Test
    void an_answer_that_came_before_the_tag_counts() {
        scene.pbx.on("INVITE", invite -> {
            respondWithoutTag(invite, "183 Session Progress", lines(CONTACT, sdp(HOST, 40_000, 1)));
            scene.pbx.respondWithTag(invite, "200 OK", "late", CONTACT);
        });
        scene.established();

        assertThat(scene.pbx.received("BYE")).isEmpty();
    }

    @Test
    void a_BYE_with_the_tag_ends_the_call() {
        Call call = established();
        scene.pbx.send("BYE " + scene.pbx.last("INVITE").uri("Contact") + " SIP/2.0\nVia: SIP/2.0/UDP " + HOST
                + ":5060;branch=z9hG4bKbye\nMax-Forwards: 70\nFrom: <sip:bob@" + HOST + ">;tag=late\nTo: "
                + scene.pbx.last("INVITE").header("From") + "\nCall-ID: "
                + scene.pbx.last("INVITE").header("Call-ID") + "\nCSeq: 1 BYE\n");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);

        assertThat(scene.pbx.received("SIP/2.0 481")).isEmpty();
    }

    @Test
    void the_ACK_of_a_reINVITE_is_repeated_where_only_its_answer_has_the_tag() {
        Call call = established();
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respondWithTag(
                        invite, "200 OK", "late", lines(CONTACT, sdp(HOST, 40_000, 2, "a=recvonly"))));
        call.hold();
        scene.until(() -> scene.pbx.received("ACK").size() == 2);
        scene.pbx.respondWithTag(
                scene.pbx.last("INVITE"), "200 OK", "late", lines(CONTACT, sdp(HOST, 40_000, 2, "a=recvonly")));
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.pbx.received("ACK")).hasSize(3);
    }
}
