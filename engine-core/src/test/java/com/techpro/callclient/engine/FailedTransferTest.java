// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A transfer to a busy number at a phone system that hangs the transferee up two seconds later and says nothing of it: this side's leg stays up, with reports and without sound.
 */
class FailedTransferTest {
    private final List<TransferOutcome> outcomes = new ArrayList<>();
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private ScriptedMessage answer;
    private ScriptedSound far;
    private Call call;
    private int cseq = 1;

    @BeforeEach
    void talking() {
        scene = ScriptedPhoneSystem.udp(5590).registered();
        pbx = scene.pbx;
        far = new ScriptedSound(scene);
        call = scene.answered(sdp("192.0.2.10", ScriptedSound.PORT, 1));
        answer = pbx.last("SIP/2.0 200");
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.on("INVITE", invite -> {
            boolean hold = invite.body().contains("a=sendonly");
            pbx.respond(
                    invite,
                    "200 OK",
                    lines(
                            CONTACT,
                            sdp("192.0.2.10", ScriptedSound.PORT, hold ? 2 : 3, hold ? "a=recvonly" : "a=sendrecv")));
        });
    }

    @AfterEach
    void close() {
        far.close();
        scene.close();
    }

    private void transferFails() {
        call.transfer("carol").thenAccept(outcomes::add);
        scene.until(() -> !pbx.received("REFER").isEmpty());
        pbx.respond(pbx.last("REFER"), "202 Accepted", CONTACT);
        pbx.request(
                "NOTIFY",
                answer,
                ++cseq,
                "bob",
                CONTACT,
                "Event: refer",
                "Subscription-State: terminated;reason=noresource",
                "Content-Type: message/sipfrag;version=2.0",
                "",
                "SIP/2.0 486 Busy Here");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Busy()));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_leg_that_falls_silent_for_good_after_it_is_hung_up() {
        far.speak(Duration.ofSeconds(2));
        transferFails();
        far.speak(Duration.ofSeconds(2));
        far.report(Duration.ofSeconds(8));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.MediaTimeout());
        assertThat(pbx.received("BYE")).hasSize(1);
    }

    @Test
    void a_leg_that_is_spoken_on_goes_on() {
        far.speak(Duration.ofSeconds(2));
        transferFails();
        far.speak(Duration.ofSeconds(4));
        far.report(Duration.ofSeconds(3));
        far.speak(Duration.ofSeconds(20));
        far.report(Duration.ofSeconds(20));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** It is silent from the hold on. */
    @Test
    void a_leg_that_was_held_is_hung_up_if_nobody_is_there_when_it_is_resumed() {
        far.speak(Duration.ofSeconds(2));
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        transferFails();
        far.report(Duration.ofSeconds(30));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        far.report(Duration.ofSeconds(8));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.MediaTimeout());
    }

    @Test
    void a_silence_without_a_transfer_ends_nothing() {
        far.speak(Duration.ofSeconds(2));
        far.report(Duration.ofSeconds(20));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }
}
