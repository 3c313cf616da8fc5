// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent.CommandRefused;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each command answers once its outcome is known, also if the call or the client ends first. */
class CommandOutcomeTest {
    private static final CommandOutcome DONE = new CommandOutcome.Done();

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void phoneSystem() {
        scene = new ScriptedPhoneSystem(
                        23, SipTransport.UDP, account -> account, config -> config.mediaTimeout(Duration.ofMinutes(5)))
                .registered();
        pbx = scene.pbx;
        pbx.on("INVITE", scene::ok);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Call held() {
        Call call = scene.established();
        CompletionStage<CommandOutcome> hold = call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(1));
        assertThat(hold).isCompletedWithValue(DONE);
        return call;
    }

    /** Resumes a held call, which the other side neither accepts nor refuses yet. */
    private CompletionStage<CommandOutcome> resumeUnanswered(Call call) {
        pbx.on("INVITE", invite -> pbx.respond(invite, "100 Trying"));
        CompletionStage<CommandOutcome> resume = call.resume();
        assertPending(resume);
        return resume;
    }

    private void assertPending(CompletionStage<CommandOutcome> command) {
        scene.pass(Duration.ofMillis(200));
        assertThat(command.toCompletableFuture()).isNotDone();
    }

    private void assertRefused(CompletionStage<CommandOutcome> command, CommandRefusal reason) {
        scene.pass(Duration.ofMillis(200));
        assertThat(command).isCompletedWithValue(new CommandOutcome.Refused(reason));
    }

    @Test
    void resuming_is_done_when_the_other_side_has_agreed() {
        Call call = held();
        CompletionStage<CommandOutcome> resume = resumeUnanswered(call);

        scene.ok(pbx.last("INVITE"));
        scene.pass(Duration.ofMillis(200));

        assertThat(resume).isCompletedWithValue(DONE);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
    }

    @Test
    void resuming_a_call_that_is_not_on_hold_is_done_at_once() {
        CompletionStage<CommandOutcome> resume = scene.established().resume();
        scene.pass(Duration.ofMillis(1));

        assertThat(resume).isCompletedWithValue(DONE);
    }

    @Test
    void a_hold_before_the_other_side_has_agreed_refuses_to_resume() {
        Call call = held();
        CompletionStage<CommandOutcome> resume = resumeUnanswered(call);

        CompletionStage<CommandOutcome> hold = call.hold();

        assertRefused(resume, CommandRefusal.HELD_AGAIN);
        assertThat(hold).isCompletedWithValue(DONE);
    }

    @Test
    void the_end_of_the_call_refuses_pending_commands() {
        Call call = held();
        CompletionStage<CommandOutcome> resume = resumeUnanswered(call);

        call.hangUp();

        assertRefused(resume, CommandRefusal.ENDED);
    }

    @Test
    void closing_the_client_refuses_pending_commands() {
        Call call = held();
        CompletionStage<CommandOutcome> resume = resumeUnanswered(call);

        scene.client.close();

        assertRefused(resume, CommandRefusal.ENDED);
    }

    @Test
    void RFC6086_digits_by_INFO_are_done_when_each_is_accepted() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        Call call = scene.established();
        CompletionStage<CommandOutcome> digits = call.sendDtmf("12");
        assertPending(digits);
        pbx.respond(pbx.last("INFO"), "200 OK");
        assertPending(digits);
        assertThat(pbx.received("INFO")).hasSize(2);

        pbx.respond(pbx.last("INFO"), "200 OK");
        scene.pass(Duration.ofMillis(200));

        assertThat(digits).isCompletedWithValue(DONE);
    }

    @Test
    void a_refused_digit_refuses_the_commands_behind_it() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        Call call = scene.established();
        CompletionStage<CommandOutcome> first = call.sendDtmf("1");
        CompletionStage<CommandOutcome> second = call.sendDtmf("23");
        assertPending(first);

        pbx.respond(pbx.last("INFO"), "415 Unsupported Media Type");

        assertRefused(first, CommandRefusal.OTHER_SIDE_REFUSED);
        assertRefused(second, CommandRefusal.OTHER_SIDE_REFUSED);
        assertThat(scene.told(CommandRefused.class)).hasSize(1);
    }

    @Test
    void more_digits_than_can_wait_are_refused_and_not_cut() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        pbx.on("INFO", info -> pbx.respond(info, "200 OK"));
        Call call = scene.established();
        CompletionStage<CommandOutcome> fit = call.sendDtmf("1".repeat(64));
        CompletionStage<CommandOutcome> more = call.sendDtmf("23");

        assertRefused(more, CommandRefusal.TOO_MANY_DIGITS);
        scene.pass(Duration.ofSeconds(10));
        assertThat(fit).isCompletedWithValue(DONE);
        assertThat(pbx.received("INFO")).hasSize(64);
    }

    @Test
    void RFC4733_digits_by_RTP_are_done_when_they_are_on_their_way() {
        CompletionStage<CommandOutcome> digits = scene.established().sendDtmf("12");
        scene.pass(Duration.ofMillis(1));

        assertThat(digits).isCompletedWithValue(DONE);
    }

    @Test
    void muting_is_done_at_once() {
        CompletionStage<CommandOutcome> muted = scene.established().setMuted(true);
        scene.pass(Duration.ofMillis(1));

        assertThat(muted).isCompletedWithValue(DONE);
    }
}
