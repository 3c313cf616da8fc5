// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent.CommandRefused;
import com.techpro.callclient.engine.call.CallState;
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

/** A command that the other side does not accept is refused, to its caller and to listeners. */
class RefusedByOtherSideTest {
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void phoneSystem() {
        scene = new ScriptedPhoneSystem(
                        16, SipTransport.UDP, account -> account, config -> config.mediaTimeout(Duration.ofMinutes(5)))
                .registered();
        pbx = scene.pbx;
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void assertRefused(CompletionStage<CommandOutcome> answer, CallCommand command, CommandRefusal reason) {
        assertThat(answer).isCompletedWithValue(new CommandOutcome.Refused(reason));
        assertThat(scene.told(CommandRefused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.command()).isEqualTo(command);
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }

    @Test
    void RFC3261_14_1_a_resume_that_is_not_accepted_leaves_the_call_on_hold_and_is_told() {
        pbx.on("INVITE", scene::ok);
        Call call = scene.established();
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(1));
        pbx.on("INVITE", invite -> pbx.respond(invite, "488 Not Acceptable Here"));
        var answer = call.resume();
        scene.until(() -> !scene.told(CommandRefused.class).isEmpty());
        scene.pass(Duration.ofSeconds(10));

        assertRefused(answer, CallCommand.RESUME, CommandRefusal.OTHER_SIDE_REFUSED);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void keys_by_INFO_that_are_not_accepted_are_told_once_and_the_rest_is_not_sent() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        pbx.on("INFO", info -> pbx.respond(info, "415 Unsupported Media Type"));
        Call call = scene.established();
        var answer = call.sendDtmf("123");
        scene.pass(Duration.ofSeconds(2));

        assertThat(pbx.received("INFO")).hasSize(1);
        assertRefused(answer, CallCommand.SEND_DTMF, CommandRefusal.OTHER_SIDE_REFUSED);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void keys_by_INFO_that_nobody_answers_are_told() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        Call call = scene.established();
        var answer = call.sendDtmf("1");
        scene.pass(Duration.ofSeconds(40));

        assertRefused(answer, CallCommand.SEND_DTMF, CommandRefusal.OTHER_SIDE_UNREACHABLE);
    }

    @Test
    void keys_of_a_call_that_is_over_meanwhile_are_not() {
        pbx.on("INVITE", scene::okWithoutTelephoneEvent);
        Call call = scene.established();
        var answer = call.sendDtmf("1");
        scene.pass(Duration.ofSeconds(1));
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        pbx.respond(pbx.last("INFO"), "481 Call Does Not Exist");
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(scene.told(CommandRefused.class)).isEmpty();
        assertThat(answer).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.ENDED));
    }
}
