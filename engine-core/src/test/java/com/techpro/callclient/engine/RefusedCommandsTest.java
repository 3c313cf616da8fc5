// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallEvent.CommandRefused;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that a call cannot carry out is refused with the reason, to its caller and to listeners. */
class RefusedCommandsTest {
    private final PhoneScene scene = new PhoneScene(81);
    private final Phone alice = scene.phone("1001", "192.0.2.1");
    private final Phone bob = scene.phone("1002", "192.0.2.2");
    private final Phone carol = scene.phone("1003", "192.0.2.3");

    @BeforeEach
    void register() {
        alice.registered();
        bob.registered();
        carol.registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void assertRefused(
            Phone phone, CompletionStage<CommandOutcome> answer, CallCommand command, CommandRefusal reason) {
        scene.pass(Duration.ofMillis(100));
        assertThat(answer).isCompletedWithValue(new CommandOutcome.Refused(reason));
        assertThat(phone.told(CommandRefused.class)).last().satisfies(refused -> {
            assertThat(refused.command()).isEqualTo(command);
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }

    private Call ringing() {
        Call out = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        scene.until(() -> out.snapshot().state() == CallState.RINGING_OUT);
        return out;
    }

    @Test
    void a_call_that_rings_here_cannot_be_held_before_it_is_answered() {
        ringing();

        assertRefused(bob, bob.incoming.hold(), CallCommand.HOLD, CommandRefusal.NOT_ANSWERED);
        assertThat(bob.incoming.snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    @Test
    void an_outgoing_call_cannot_be_answered_or_rejected() {
        Call out = ringing();

        assertRefused(alice, out.answer(), CallCommand.ANSWER, CommandRefusal.NOT_RINGING_HERE);
        assertRefused(alice, out.reject(RejectReason.BUSY), CallCommand.REJECT, CommandRefusal.NOT_RINGING_HERE);
    }

    @Test
    void digits_need_an_established_call() {
        ringing();

        assertRefused(bob, bob.incoming.sendDtmf("1"), CallCommand.SEND_DTMF, CommandRefusal.NOT_ESTABLISHED);
    }

    @Test
    void calls_that_do_not_both_talk_are_not_merged() {
        Call first = scene.talk(alice, bob);
        Call second = alice.account.dial("1003");
        scene.until(() -> carol.incoming != null);

        assertRefused(alice, first.merge(second), CallCommand.MERGE, CommandRefusal.NOT_ESTABLISHED);
    }

    @Test
    void calls_on_different_audio_are_not_merged() {
        Call first = scene.talk(alice, bob);
        FakeAudio other = new FakeAudio(scene.time.openLoop("other audio"));
        Call second = alice.account.dial("1003", CallOptions.DEFAULT.withAudio(other));
        scene.until(() -> carol.incoming != null);
        carol.incoming.answer();
        scene.until(() -> second.snapshot().state() == CallState.ESTABLISHED);

        assertRefused(alice, first.merge(second), CallCommand.MERGE, CommandRefusal.DIFFERENT_AUDIO);
    }

    @Test
    void a_call_that_the_other_side_holds_is_not_merged() {
        Call first = scene.talk(alice, bob);
        bob.incoming.hold();
        scene.until(() -> first.snapshot().hold().isRemote());
        Call second = scene.talk(alice, carol);

        assertRefused(alice, second.merge(first), CallCommand.MERGE, CommandRefusal.HELD_BY_OTHER_SIDE);
    }

    @Test
    void a_call_that_is_over_says_so_also_long_after() {
        Call out = scene.talk(alice, bob);
        out.hangUp();
        scene.pass(Duration.ofMinutes(2));

        assertRefused(alice, out.hold(), CallCommand.HOLD, CommandRefusal.ENDED);
        assertRefused(alice, out.setMuted(true), CallCommand.SET_MUTED, CommandRefusal.ENDED);
        assertRefused(alice, out.useDevices(null, null), CallCommand.USE_DEVICES, CommandRefusal.ENDED);
    }

    @Test
    void hanging_up_an_ended_call_is_not_refused() {
        Call out = scene.talk(alice, bob);
        out.hangUp();
        scene.pass(Duration.ofSeconds(1));

        out.hangUp();
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.told(CommandRefused.class)).isEmpty();
        assertThat(alice.told(CallEvent.Ended.class)).hasSize(1);
    }
}
