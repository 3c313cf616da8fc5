// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 3264 §8: one origin for the whole session, one number more for each new content that was sent, agreed or not. */
class SessionVersionTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void phoneSystem() {
        scene = ScriptedPhoneSystem.udp(15).registered();
        pbx = scene.pbx;
        pbx.on("INVITE", this::ok);
    }

    private void ok(ScriptedMessage invite) {
        String direction = invite.bodyLines("a=sendonly").isEmpty() ? "a=sendrecv" : "a=recvonly";
        pbx.respond(invite, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 1, direction)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void RFC3264_8_a_refused_offer_has_used_up_its_number() {
        Call call = established();
        pbx.on("INVITE", invite -> pbx.respond(invite, "488 Not Acceptable Here"));
        call.hold();
        scene.until(() -> pbx.received("INVITE").size() == 2);
        scene.pass(Duration.ofSeconds(1));
        pbx.on("INVITE", this::ok);
        call.resume();
        scene.pass(Duration.ofSeconds(1));
        assertThat(pbx.received("INVITE")).as("it knows of no hold").hasSize(2);
        call.hold();
        scene.until(() -> pbx.received("INVITE").size() == 3);
        scene.pass(Duration.ofSeconds(1));
        call.resume();
        scene.until(() -> pbx.received("INVITE").size() == 4);

        assertThat(directions()).containsExactly("sendrecv", "sendonly", "sendonly", "sendrecv");
        assertThat(versions()).containsExactly(1, 2, 2, 3);
        assertThat(origins()).hasSize(1);
    }

    @Test
    void RFC3264_8_a_repeated_offer_keeps_its_version() {
        Call call = established();
        pbx.on("INVITE", invite -> pbx.respond(invite, "491 Request Pending"));
        call.hold();
        scene.until(() -> pbx.received("INVITE").size() == 2);
        pbx.on("INVITE", this::ok);
        scene.until(() -> pbx.received("INVITE").size() == 3);

        assertThat(versions()).containsExactly(1, 2, 2);
        assertThat(pbx.received("INVITE").get(2).body())
                .isEqualTo(pbx.received("INVITE").get(1).body());
    }

    @Test
    void RFC3264_8_answers_increment_the_version_of_the_last_sent_description() {
        Call call = established();
        pbx.on("INVITE", invite -> pbx.respond(invite, "488 Not Acceptable Here"));
        call.hold();
        scene.until(() -> pbx.received("INVITE").size() == 2);
        scene.pass(Duration.ofSeconds(1));

        ScriptedMessage invite = pbx.received("INVITE").get(0);
        pbx.request("INVITE", invite, 1, "scripted", lines(CONTACT, sdp("192.0.2.10", 40_002, 2)));
        scene.until(() -> pbx.received("SIP/2.0 200").size() == 1);
        pbx.request("ACK", invite, 1, "scripted");
        scene.pass(Duration.ofSeconds(1));
        pbx.request("INVITE", invite, 2, "scripted", lines(CONTACT, sdp("192.0.2.10", 40_004, 3)));
        scene.until(() -> pbx.received("SIP/2.0 200").size() == 2);

        List<String> answers = pbx.received("SIP/2.0 200").stream()
                .map(answer -> answer.bodyLines("o=").get(0).split(" ")[2])
                .collect(Collectors.toList());
        assertThat(answers).as("held still, in one codec: new; then the same").containsExactly("3", "3");
        assertThat(origins()).hasSize(1);
    }

    private Call established() {
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(1));
        return call;
    }

    private List<Integer> versions() {
        return pbx.received("INVITE").stream()
                .map(invite -> Integer.valueOf(invite.bodyLines("o=").get(0).split(" ")[2]))
                .collect(Collectors.toList());
    }

    private List<String> directions() {
        List<String> found = new ArrayList<>();
        for (ScriptedMessage invite : pbx.received("INVITE")) {
            invite.bodyLines("a=").stream()
                    .filter(line -> line.startsWith("send"))
                    .forEach(found::add);
        }
        return found;
    }

    private List<String> origins() {
        return pbx.received().stream()
                .flatMap(message -> message.bodyLines("o=").stream())
                .map(origin -> origin.replaceFirst("^(\\S+ \\S+) \\S+", "$1"))
                .distinct()
                .collect(Collectors.toList());
    }
}
