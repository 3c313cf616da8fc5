// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CLEAR;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.DIALLING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.OUR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_ANSWER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.acceptedBy;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.answerOf;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.held;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.offered;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.progressOf;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.row;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.shown;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.step;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.updatedBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallSteps.Row;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SdesOnly;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Phones that ring for a call of ours: each has an offer and answer of its own, until one of them decides. */
class DiallingCallTest {
    private static final LocalMedia OTHER =
            SdesOnly.create(new InetSocketAddress("192.0.2.3", 6000), SecurityFloor.DEFAULT, Seeds.random(3));
    private static final SessionDescription OTHERS_ANSWER = answerOf(OTHER, OUR_OFFER, null);

    private static final CallPhase ONE_EARLY =
            step(DIALLING, progressOf("one", false, THEIR_ANSWER)).phase();
    private static final CallPhase BOTH_EARLY =
            step(ONE_EARLY, progressOf("two", true, OTHERS_ANSWER)).phase();
    private static final CallPhase ONE_GONE =
            step(ONE_EARLY, new CallInput.EarlyDialogEnded("one")).phase();

    static Stream<Row> rows() {
        return Stream.of(
                row(
                        "UPDATE of a phone that was not heard of",
                        DIALLING,
                        updatedBy("one", null),
                        "Dialling",
                        "RespondToUpdate 200"),
                row(
                        "its offer before it has answered ours",
                        DIALLING,
                        updatedBy("one", THEIR_OFFER),
                        "Dialling",
                        "RespondToUpdate 491"),
                row(
                        "its offer after that",
                        ONE_EARLY,
                        updatedBy("one", held(true)),
                        "Dialling",
                        "RespondToUpdate 200+sdp"),
                row("an offer that cannot be", ONE_EARLY, updatedBy("one", CLEAR), "Dialling", "RespondToUpdate 488"),
                row(
                        "the answer of one is no answer of another",
                        ONE_EARLY,
                        updatedBy("two", THEIR_OFFER),
                        "Dialling",
                        "RespondToUpdate 491"),
                row(
                        "re-INVITE while our INVITE is in progress",
                        ONE_EARLY,
                        offered(THEIR_OFFER),
                        "Dialling",
                        "Respond 491"),
                row(
                        "accepted by the one with early media",
                        ONE_EARLY,
                        acceptedBy("one", null),
                        "Confirmed Settled",
                        "Acknowledge"),
                row(
                        "accepted by another, which has not answered",
                        ONE_EARLY,
                        acceptedBy("two", null),
                        "protocol-violation",
                        "Discard"),
                row("a goodbye before the answer", ONE_EARLY, new CallInput.EarlyDialogEnded("one"), "Dialling", ""),
                row("which overtook it", ONE_GONE, acceptedBy("one", THEIR_ANSWER), "remote-hang-up", "Discard"),
                row(
                        "another answers after it",
                        ONE_GONE,
                        acceptedBy("two", OTHERS_ANSWER),
                        "Confirmed Settled",
                        "Acknowledge"),
                row("a goodbye from nobody", DIALLING, new CallInput.EarlyDialogEnded("one"), "Dialling", ""));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        CallSteps.check(row);
    }

    @Test
    void the_latest_early_media_is_played() {
        assertThat(remote(ONE_EARLY)).isEqualTo(5000);
        assertThat(remote(BOTH_EARLY)).isEqualTo(6000);
        assertThat(remote(
                        step(BOTH_EARLY, new CallInput.EarlyDialogEnded("two")).phase()))
                .as("the other, when it says goodbye")
                .isEqualTo(5000);
        assertThat(ONE_GONE.media()).isNull();
    }

    @Test
    void the_dialog_of_the_2xx_decides_which_answer_counts() {
        CallPhase talking = step(BOTH_EARLY, acceptedBy("one", null)).phase();

        assertThat(remote(talking)).isEqualTo(5000);
    }

    @Test
    void the_answer_in_the_2xx_does_not_undo_an_UPDATE() {
        CallPhase updated = step(ONE_EARLY, updatedBy("one", held(true))).phase();

        CallPhase talking = step(updated, acceptedBy("one", THEIR_ANSWER)).phase();

        assertThat(shown(talking)).isEqualTo("Confirmed Settled");
        assertThat(talking.hold().isRemote()).isTrue();
        assertThat(((Confirmed) talking).mine()).isNotEqualTo(OUR_OFFER);
    }

    @Test
    void ringing_or_early_media_is_ringing() {
        assertThat(DIALLING.state()).isEqualTo(CallState.DIALLING);
        assertThat(step(DIALLING, progressOf("one", true, null)).phase().state())
                .isEqualTo(CallState.RINGING_OUT);
        assertThat(ONE_EARLY.state()).isEqualTo(CallState.RINGING_OUT);
    }

    private static int remote(CallPhase phase) {
        return phase.media().parameters().remoteRtp().getPort();
    }
}
