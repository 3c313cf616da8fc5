// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who offers to hear must hear as soon as the offer is on its way (RFC 3264 §5.1): the other side may speak before its answer
 * is here.
 */
class HearsFromTheOfferOnTest {
    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(23).registered();
    private final ScriptedSound far = new ScriptedSound(scene);
    private final List<ScriptedMessage> resumes = new ArrayList<>();

    @AfterEach
    void close() {
        far.close();
        scene.close();
    }

    @Test
    void words_that_overtake_the_answer_to_a_resume_are_heard() {
        Call call = held();
        call.resume();
        scene.until(() -> !resumes.isEmpty());
        far.speak(Duration.ofMillis(300));
        answer(resumes.get(0));
        far.speak(Duration.ofMillis(300));
        scene.pass(Duration.ofMillis(300));
        assertThat(heardMillis()).isBetween(595L, 680L);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
    }

    @Test
    void where_the_resume_is_refused_nothing_more_is_heard() {
        Call call = held();
        call.resume();
        scene.until(() -> !resumes.isEmpty());
        scene.pbx.respond(resumes.get(0), "488 Not Acceptable Here");
        scene.pass(Duration.ofMillis(100));
        far.speak(Duration.ofMillis(300));
        scene.pass(Duration.ofMillis(300));
        assertThat(heardMillis()).isZero();
    }

    /** A phone system that takes us off its hold asks what we can, and speaks before it has answered our offer. */
    @Test
    void words_that_overtake_the_answer_to_an_offer_in_our_200_are_heard() {
        answerInvites();
        Call call = scene.established();
        far.speak(Duration.ofMillis(500));
        ScriptedMessage invite = scene.pbx.received("INVITE").get(0);
        scene.pbx.request(
                "INVITE",
                invite,
                7,
                "scripted",
                lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, 2, "a=inactive")));
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request("ACK", invite, 7, "scripted");
        scene.until(() -> call.snapshot().hold() == HoldState.REMOTE);
        scene.pass(Duration.ofMillis(500));
        scene.audio.forgetHeard();

        scene.pbx.request("INVITE", invite, 8, "scripted", lines(CONTACT));
        scene.until(() -> scene.pbx.received("SIP/2.0 200").size() == 2);
        far.speak(Duration.ofMillis(300));
        scene.pbx.request(
                "ACK", invite, 8, "scripted", lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, 3, "a=sendrecv")));
        far.speak(Duration.ofMillis(300));
        scene.pass(Duration.ofMillis(300));
        assertThat(heardMillis()).isBetween(595L, 680L);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
    }

    /** The speaker of a call on hold, and all of it forgotten. */
    private Call held() {
        answerInvites();
        Call call = scene.established();
        far.speak(Duration.ofMillis(500));
        call.hold();
        scene.until(call.snapshot()::holdAccepted);
        scene.pass(Duration.ofMillis(500));
        scene.audio.forgetHeard();
        return call;
    }

    /** Each but a resume, which is for the test to answer. */
    private void answerInvites() {
        scene.pbx.on("INVITE", invite -> {
            if (scene.pbx.received("INVITE").size() > 2) {
                resumes.add(invite);
            } else {
                answer(invite);
            }
        });
    }

    private void answer(ScriptedMessage invite) {
        String direction = invite.bodyLines("a=sendonly").isEmpty() ? "a=sendrecv" : "a=recvonly";
        scene.pbx.respond(
                invite, "200 OK", lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, resumes.size() + 1, direction)));
    }

    /** The far end's packets are as loud as G.711 can be; what is made up after the last of them is as loud for a while. */
    private long heardMillis() {
        long loud = 0;
        for (short sample : scene.audio.heard()) {
            loud += Math.abs(sample) > 10_000 ? 1 : 0;
        }
        return loud * 1000 / scene.audio.heardRate();
    }
}
