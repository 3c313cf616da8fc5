// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers between the engine's phones through the PBX, over TLS with SRTP, in virtual time: each side is heard afterwards. */
class EngineTransfersTest {
    private static final int LOUD = 6_000;

    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private PbxScene scene;
    private Phone alice;
    private Phone bob;
    private Phone carol;

    @BeforeEach
    void threePhones() {
        scene = new PbxScene(1, this::profile);
        alice = scene.phone("1001").registered().speaking(440);
        bob = scene.phone("1002").registered().speaking(880);
        carol = scene.phone("1003").registered().speaking(1_200);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private TransferOutcome outcome(CompletionStage<TransferOutcome> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone, Duration.ofSeconds(60));
        return future.join();
    }

    private void assertConnected(Phone one, double ones, Phone other, double others) {
        scene.pass(Duration.ofSeconds(2));
        assertThat(one.hears(others)).as("heard by " + one.extension).isGreaterThan(LOUD);
        assertThat(other.hears(ones)).as("heard by " + other.extension).isGreaterThan(LOUD);
    }

    private void assertAllOver(Call remaining) {
        remaining.hangUp();
        scene.assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_blind_transfer_by_the_caller_connects_the_other_two(boolean held) {
        Call call = scene.talk(alice, bob);
        Call atBob = bob.incoming;
        if (held) {
            call.hold();
            scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
            scene.pass(Duration.ofSeconds(1));
        }

        CompletionStage<TransferOutcome> transfer = call.transfer("1003");
        scene.until(() -> carol.incoming != null);
        scene.until(() -> alice.events.stream()
                .anyMatch(event -> event instanceof CallEvent.TransferChanged changed && changed.status() == 180));
        assertThat(atBob.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        carol.incoming.answer();

        assertThat(outcome(transfer)).isEqualTo(new TransferOutcome.Transferred());
        assertThat(alice.ending()).isEqualTo(new CallEnding.Transferred());
        assertConnected(bob, 880, carol, 1_200);
        assertThat(atBob.snapshot().remote().user()).isEqualTo("1003");
        assertThat(carol.incoming.snapshot().remote().user()).isEqualTo("1002");
        assertThat(atBob.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(scene.pbx.state().activeCalls()).isEqualTo(1);
        carol.incoming.hangUp();
        scene.until(() -> bob.ending() != null);
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void a_blind_transfer_by_the_callee_connects_the_other_two() {
        Call call = scene.talk(alice, bob);

        CompletionStage<TransferOutcome> transfer = bob.incoming.transfer("1003");
        scene.until(() -> carol.incoming != null);
        carol.incoming.answer();

        assertThat(outcome(transfer)).isEqualTo(new TransferOutcome.Transferred());
        assertConnected(alice, 440, carol, 1_200);
        assertAllOver(call);
    }

    @Test
    void the_transferee_hears_music_when_the_transferor_hangs_up_at_once() {
        Call call = scene.talk(alice, bob);
        bob.incoming.transfer("1003");
        scene.until(() -> carol.incoming != null);
        bob.incoming.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.hears(660)).isGreaterThan(LOUD);
        carol.incoming.answer();
        assertConnected(alice, 440, carol, 1_200);
        assertAllOver(call);
    }

    @Test
    void the_transferee_is_released_when_the_target_does_not_answer() {
        scene.talk(alice, bob);
        bob.incoming.transfer("1003");
        scene.until(() -> carol.incoming != null);
        bob.incoming.hangUp();
        scene.pass(Duration.ofSeconds(2));
        carol.incoming.reject(RejectReason.BUSY);
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void a_transferee_that_hangs_up_ends_it_for_everybody() {
        Call call = scene.talk(alice, bob);
        CompletionStage<TransferOutcome> transfer = bob.incoming.transfer("1003");
        scene.until(() -> carol.incoming != null);
        call.hangUp();
        scene.until(() -> carol.ending() != null && bob.ending() != null);

        assertThat(carol.ending()).isEqualTo(new CallEnding.CancelledByCaller());
        assertThat(outcome(transfer)).isNotInstanceOf(TransferOutcome.Transferred.class);
        scene.assertQuiet();
    }

    @ParameterizedTest
    @CsvSource({"602, Busy", "999, NotFound", "603, Unavailable", "604, Declined"})
    void a_transfer_to_nobody_leaves_the_call_as_it_was(String number, String expected) {
        Call call = scene.talk(alice, bob);

        TransferOutcome outcome = outcome(call.transfer(number));

        assertThat(outcome).isInstanceOf(TransferOutcome.Failed.class);
        Failure failure = ((TransferOutcome.Failed) outcome).failure();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(call.snapshot().transferring()).isFalse();
        assertConnected(alice, 440, bob, 880);
        assertAllOver(call);
    }

    @Test
    void a_transfer_to_a_phone_that_declines_leaves_the_call_as_it_was() {
        Call call = scene.talk(alice, bob);
        CompletionStage<TransferOutcome> transfer = call.transfer("1003");
        scene.until(() -> carol.incoming != null);
        carol.incoming.reject(RejectReason.BUSY);

        assertThat(outcome(transfer)).isInstanceOf(TransferOutcome.Failed.class);
        assertConnected(alice, 440, bob, 880);
        assertAllOver(call);
    }

    @Test
    void a_call_can_be_transferred_to_a_number_of_the_phone_system() {
        Call call = scene.talk(alice, bob);

        assertThat(outcome(bob.incoming.transfer("600"))).isEqualTo(new TransferOutcome.Transferred());
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.hears(440)).isGreaterThan(LOUD);
        assertAllOver(call);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_attended_transfer_connects_the_two_far_ends(boolean secondTransfersToFirst) {
        Call first = scene.talk(bob, alice);
        Call second = scene.talk(alice, carol);
        scene.until(() -> alice.incoming.snapshot().hold() == HoldState.LOCAL);

        assertThat(outcome(
                        secondTransfersToFirst ? second.transferTo(alice.incoming) : alice.incoming.transferTo(second)))
                .isEqualTo(new TransferOutcome.Transferred());
        scene.until(() ->
                second.snapshot().ending() != null && alice.incoming.snapshot().ending() != null);

        assertThat(second.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(alice.incoming.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertConnected(bob, 880, carol, 1_200);
        assertThat(first.snapshot().remote().user()).isEqualTo("1003");
        assertThat(carol.incoming.snapshot().remote().user()).isEqualTo("1002");
        assertAllOver(first);
    }

    @Test
    void an_attended_transfer_while_the_other_still_rings_calls_it_for_the_far_end() {
        Call first = scene.talk(bob, alice);
        Call second = alice.account.dial("1003");
        scene.until(() -> second.snapshot().state() == CallState.RINGING_OUT && carol.incoming != null);
        Call ringing = carol.incoming;
        carol.incoming = null;

        CompletionStage<TransferOutcome> transfer = alice.incoming.transferTo(second);
        scene.until(() -> ringing.snapshot().ending() != null && carol.incoming != null);
        carol.incoming.answer();

        assertThat(outcome(transfer)).isEqualTo(new TransferOutcome.Transferred());
        assertConnected(bob, 880, carol, 1_200);
        assertAllOver(first);
    }

    @Test
    void a_phone_is_transferred_by_the_phone_system_when_its_user_agrees() {
        Call call = scene.talk(alice, bob);
        PbxCall seen = scene.pbx.callOf("1001");
        seen.transfer("1003");
        scene.until(() -> alice.events.stream().anyMatch(CallEvent.TransferRequested.class::isInstance));

        call.acceptTransfer();
        scene.until(() -> carol.incoming != null);
        carol.incoming.answer();
        scene.until(() -> call.snapshot().ending() != null && bob.ending() != null);

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(seen.referral()).containsExactly(202, 100, 180, 200);
        assertConnected(alice, 440, carol, 1_200);
        carol.incoming.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_phone_is_not_transferred_out_of_its_phone_system() {
        Phone dora = scene.phone(
                "1001",
                scene.pbx.account("1001").build(),
                config -> config.incomingTransfers(IncomingTransfers.FOLLOW));
        Call call = scene.talk(dora.registered().speaking(300), bob);
        PbxCall seen = scene.pbx.callOf("1001");
        seen.refer("<sip:1003@elsewhere.example>", Map.of());
        scene.until(() -> !seen.referral().isEmpty());

        assertThat(seen.referral()).isEqualTo(List.of(603));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertAllOver(call);
    }

    @Test
    void the_far_end_of_a_call_is_replaced_by_the_phone_system() {
        Call call = scene.talk(alice, bob);
        scene.pbx.callOf("1001").replace("601");
        scene.until(() -> bob.ending() != null);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().remote().user()).isEqualTo("601");
        assertThat(alice.hears(440)).isGreaterThan(LOUD);
        assertAllOver(call);
    }

    @Test
    void a_call_that_is_answered_is_not_replaced_where_only_ringing_is_meant() {
        Call call = scene.talk(alice, bob);
        scene.pbx.callOf("1001").replace("601", ";early-only");

        assertConnected(alice, 440, bob, 880);
        assertThat(call.snapshot().remote().user()).isEqualTo("1002");
        assertAllOver(call);
    }
}
