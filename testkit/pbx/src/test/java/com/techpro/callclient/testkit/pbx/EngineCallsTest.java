// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's phones calling each other through the PBX, over TLS with SRTP, in virtual time. */
class EngineCallsTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private PbxScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PbxScene(1, this::profile);
        alice = scene.phone("1001").registered().speaking(440);
        bob = scene.phone("1002").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** What a caller hears of a phone that declines. */
    CallEnding declined() {
        return new CallEnding.Declined();
    }

    /** Whether a phone knows that it is held. */
    boolean holdIsTold() {
        return true;
    }

    @Test
    void speech_passes_both_ways_encrypted_on_each_leg() {
        Call call = scene.talk(alice, bob);

        assertThat(call.snapshot().encrypted()).isTrue();
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        assertThat(call.snapshot().quality().suite()).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(scene.pbx.state().activeCalls()).isEqualTo(1);

        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void the_callee_may_hang_up_as_well() {
        scene.talk(alice, bob);

        bob.incoming.hangUp();
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void the_echo_comes_back_and_so_do_keys() {
        Call call = alice.account.dial("600");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.hears(440)).isGreaterThan(6_000);
        call.sendDtmf("12");
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.keys()).isEqualTo("12");

        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void the_tone_is_heard() {
        Call call = alice.account.dial("601");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.hears(440)).isGreaterThan(6_000);

        scene.pbx.hangUpAll();
        scene.until(() -> alice.ending() != null);
        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void a_call_that_is_ended_straight_after_its_answer_ends_in_order() {
        alice.account.dial("605");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void early_media_is_heard_before_the_answer_and_after_it() {
        Call call = alice.account.dial("607");
        scene.pass(Duration.ofMillis(500));
        assertThat(alice.hears(440)).isGreaterThan(6_000);
        assertThat(call.snapshot().state()).isNotEqualTo(CallState.ESTABLISHED);

        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        assertThat(alice.hears(440)).isGreaterThan(6_000);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_call_with_reports_and_no_sound_lasts_until_the_media_timeout() {
        Call call = alice.account.dial("606");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(25));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        scene.pass(Duration.ofSeconds(10));
        assertThat(alice.ending()).isEqualTo(new CallEnding.MediaTimeout());
        scene.assertQuiet();
    }

    @Test
    @Tag("slow")
    void a_call_of_five_minutes_is_still_there_and_heard() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofMinutes(5));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        call.hangUp();
        scene.assertQuiet();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void every_number_of_the_dial_plan_ends_as_it_should(String number, CallEnding ending) {
        alice.account.dial(number);
        scene.until(() -> alice.ending() != null, Duration.ofSeconds(40));

        assertThat(alice.ending()).isEqualTo(ending);
        scene.assertQuiet();
    }

    static Object[][] endings() {
        return new Object[][] {
            {"602", new CallEnding.Busy()},
            {"603", new CallEnding.Unavailable()},
            {"604", new CallEnding.Declined()},
            {"999", new CallEnding.NotFound()},
            {"1003", new CallEnding.Unavailable()}
        };
    }

    @ParameterizedTest
    @EnumSource(RejectReason.class)
    void a_callee_that_rejects_is_told_apart(RejectReason reason) {
        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);

        bob.incoming.reject(reason);
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending())
                .isEqualTo(
                        switch (reason) {
                            case BUSY -> new CallEnding.Busy();
                            case DECLINED -> declined();
                            case UNAVAILABLE -> new CallEnding.Unavailable();
                        });
        scene.assertQuiet();
    }

    @Test
    void a_caller_that_gives_up_leaves_a_missed_call() {
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null && call.snapshot().state() == CallState.RINGING_OUT);

        call.hangUp();
        scene.until(() -> bob.ending() != null && alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(bob.ending()).isEqualTo(new CallEnding.CancelledByCaller());
        scene.assertQuiet();
    }

    @Test
    void in_a_ring_group_one_answers_and_the_other_hears_that_it_was_answered_elsewhere() {
        Phone carol = scene.phone("1003").registered().speaking(1_200);
        Call call = alice.account.dial("2000");
        scene.until(() -> bob.incoming != null && carol.incoming != null);

        carol.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED && bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
        assertThat(alice.hears(1_200)).isGreaterThan(6_000);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void hold_and_resume_pass_through_in_both_directions() {
        Call call = scene.talk(alice, bob);
        for (Call holder : new Call[] {call, bob.incoming}) {
            Call held = holder == call ? bob.incoming : call;

            holder.hold();
            scene.until(() -> holder.snapshot().hold() == HoldState.LOCAL);
            scene.pass(Duration.ofSeconds(1));
            assertThat(held.snapshot().hold()).isEqualTo(holdIsTold() ? HoldState.REMOTE : HoldState.NONE);
            scene.pass(Duration.ofSeconds(1));
            assertThat(bob.hears(440)).isLessThan(100);
            assertThat(alice.hears(880)).isLessThan(100);

            holder.resume();
            scene.until(() -> holder.snapshot().hold() == HoldState.NONE
                    && held.snapshot().hold() == HoldState.NONE);
            scene.pass(Duration.ofSeconds(1));
            assertThat(bob.hears(440)).isGreaterThan(6_000);
            assertThat(alice.hears(880)).isGreaterThan(6_000);
        }
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void both_may_hold_at_the_same_moment() {
        Call call = scene.talk(alice, bob);

        call.hold();
        bob.incoming.hold();

        HoldState both = holdIsTold() ? HoldState.BOTH : HoldState.LOCAL;
        scene.until(
                () -> call.snapshot().hold() == both && bob.incoming.snapshot().hold() == both);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void keys_pass_once_each() {
        Call call = scene.talk(alice, bob);

        call.sendDtmf("0123456789*#");
        scene.pass(Duration.ofSeconds(5));

        assertThat(bob.keys()).isEqualTo("0123456789*#");
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_second_call_can_wait_while_the_first_talks() {
        Phone carol = scene.phone("1003").registered().speaking(1_200);
        Call first = scene.talk(alice, bob);
        Call firstAtBob = bob.incoming;
        bob.incoming = null;

        Call second = scene.talk(carol, bob);
        scene.until(() -> first.snapshot().hold() == (holdIsTold() ? HoldState.REMOTE : HoldState.NONE));
        scene.pass(Duration.ofSeconds(1));

        assertThat(bob.hears(1_200)).isGreaterThan(6_000);
        assertThat(firstAtBob.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        second.hangUp();
        first.hangUp();
        scene.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void every_transport_carries_calls_to_every_other(SipTransport transport) {
        Phone carol = scene.phone("1003", scene.pbx.account("1003", transport).build())
                .registered()
                .speaking(1_200);

        Call out = scene.talk(carol, bob);
        assertThat(bob.hears(1_200)).isGreaterThan(6_000);
        out.hangUp();
        bob.incoming = null;
        scene.pass(Duration.ofSeconds(1));
        Call in = scene.talk(alice, carol);
        assertThat(alice.hears(1_200)).isGreaterThan(6_000);
        in.hangUp();

        scene.assertQuiet();
    }

    @Test
    void a_pbx_without_a_common_suite_refuses_with_a_reason() {
        try (PbxScene old = new PbxScene(2, settings -> profile(settings).suites(SrtpSuite.AES_CM_128_HMAC_SHA1_32))) {
            Phone phone = old.phone("1001").registered();

            phone.account.dial("600");
            // Keys by DTLS are offered next, and the handshake finds no suite either.
            old.until(() -> phone.ending() != null, Duration.ofSeconds(15));

            assertThat(phone.ending()).isInstanceOf(CallEnding.Failed.class);
            assertThat(((CallEnding.Failed) phone.ending()).failure()).isInstanceOf(Failure.MediaRefused.class);
            old.assertQuiet();
        }
    }
}
