// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandRulesTest {
    @ParameterizedTest
    @EnumSource(CallCommand.class)
    void a_call_that_is_over_does_nothing_any_more(CallCommand command) {
        CallPhase over = new CallPhase.Terminated(new CallEnding.RemoteHangUp(), CallPhase.Linger.NOTHING);

        assertThat(CommandRules.refusal(command, over)).isEqualTo(CommandRefusal.ENDED);
    }

    @Test
    void a_call_that_the_other_side_holds_is_not_merged() {
        assertThat(CommandRules.refusal(CallCommand.MERGE, CallSteps.CONFIRMED)).isNull();
        assertThat(CommandRules.refusal(CallCommand.MERGE, CallSteps.AWAITING_ACK))
                .isEqualTo(CommandRefusal.HELD_BY_OTHER_SIDE);
        assertThat(CommandRules.refusal(CallCommand.MERGE, CallSteps.HOLDING)).isNull();
    }

    @Test
    void the_other_call_of_a_transfer_may_ring_there_but_not_here() {
        assertThat(CommandRules.refusalOfOther(CallCommand.TRANSFER, CallSteps.DIALLING))
                .isNull();
        assertThat(CommandRules.refusalOfOther(CallCommand.TRANSFER, CallSteps.CONFIRMED))
                .isNull();
        assertThat(CommandRules.refusalOfOther(CallCommand.TRANSFER, CallSteps.INCOMING))
                .isEqualTo(CommandRefusal.NOT_ESTABLISHED);
        assertThat(CommandRules.refusalOfOther(CallCommand.MERGE, CallSteps.DIALLING))
                .isEqualTo(CommandRefusal.NOT_ESTABLISHED);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "TRANSFER"})
    void an_other_call_that_is_over_is_not_established(CallCommand command) {
        CallPhase over = new CallPhase.Terminated(new CallEnding.RemoteHangUp(), CallPhase.Linger.NOTHING);

        assertThat(CommandRules.refusalOfOther(command, over)).isEqualTo(CommandRefusal.NOT_ESTABLISHED);
    }

    @Test
    void a_resume_that_the_other_side_refuses_is_told_apart_from_a_hold() {
        CallPhase held = CallSteps.step(CallSteps.HOLDING, CallSteps.accepted(CallSteps.heldAnswer()))
                .phase();
        CallPhase resuming = CallSteps.step(held, new CallInput.Resume()).phase();
        CallInput refused = new CallInput.Refused(new SipStatus(488, ""), CallSteps.BUSY);
        CallPhase after = CallSteps.step(resuming, refused).phase();

        assertThat(CommandRules.resumeRefused(resuming, after, refused)).isTrue();
        assertThat(CommandRules.resumeRefused(CallSteps.CONFIRMED, CallSteps.HOLDING, new CallInput.Hold()))
                .isFalse();
        assertThat(CommandRules.resumeRefused(held, held, refused)).isFalse();
        assertThat(CommandRules.resumeRefused(
                        resuming, CallSteps.step(resuming, CallSteps.BYE).phase(), CallSteps.BYE))
                .isFalse();
        assertThat(CommandRules.resumeRefused(CallSteps.ANSWERED, held, refused))
                .isFalse();
    }

    /** RFC 3891 §3: a header that names no dialog there is gets 481, one that wants an early one gets 486 of an answered one. */
    @Test
    void a_Replaces_header_must_name_the_dialog() {
        CallPhase ringing = CallSteps.step(CallSteps.DIALLING, CallSteps.progressOf("them", true, null))
                .phase();

        assertThat(CommandRules.replacementRefusal(naming("them", false), ringing))
                .isZero();
        assertThat(CommandRules.replacementRefusal(naming("them", true), ringing))
                .isZero();
        assertThat(CommandRules.replacementRefusal(naming("else", false), ringing))
                .isEqualTo(481);
        assertThat(CommandRules.replacementRefusal(naming("them", false), CallSteps.DIALLING))
                .as("nothing rings yet")
                .isEqualTo(481);
        assertThat(CommandRules.replacementRefusal(naming("them", false), CallSteps.CONFIRMED))
                .isZero();
        assertThat(CommandRules.replacementRefusal(naming("them", true), CallSteps.CONFIRMED))
                .isEqualTo(486);
        assertThat(CommandRules.replacementRefusal(naming("them", false), CallSteps.INCOMING))
                .isEqualTo(481);
        assertThat(CommandRules.replacementRefusal(
                        naming("them", false), new CallPhase.Terminated(CallSteps.BUSY, CallPhase.Linger.NOTHING)))
                .isEqualTo(603);
    }

    private static Replaces naming(String remoteTag, boolean earlyOnly) {
        return new Replaces(new DialogId("a@b", "us", remoteTag), earlyOnly);
    }

    @Test
    void a_call_that_is_prepared_can_be_held_and_muted_but_not_answered_or_merged() {
        CallPhase preparing = new CallPhase.OpeningMedia(false);

        assertThat(CommandRules.refusal(CallCommand.HOLD, preparing)).isNull();
        assertThat(CommandRules.refusal(CallCommand.SET_MUTED, preparing)).isNull();
        assertThat(CommandRules.refusal(CallCommand.USE_DEVICES, preparing)).isNull();
        assertThat(CommandRules.refusal(CallCommand.ANSWER, preparing)).isEqualTo(CommandRefusal.NOT_RINGING_HERE);
        assertThat(CommandRules.refusal(CallCommand.MERGE, preparing)).isEqualTo(CommandRefusal.NOT_ESTABLISHED);
    }
}
