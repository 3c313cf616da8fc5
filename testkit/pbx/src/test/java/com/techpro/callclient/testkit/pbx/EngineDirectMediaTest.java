// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's phones when the PBX points their sound at each other, in virtual time. */
class EngineDirectMediaTest {
    private PbxScene scene;
    private Phone alice;
    private Phone bob;

    private void start(SipTransport transport, FieldBehaviour... behaviours) {
        start(transport, settings -> settings, behaviours);
    }

    private void start(
            SipTransport transport, UnaryOperator<CallClientConfig.Builder> settings, FieldBehaviour... behaviours) {
        scene = new PbxScene(1, builder -> builder.behaving(behaviours));
        alice = scene.phone("1001", scene.pbx.account("1001", transport).build(), settings)
                .registered()
                .speaking(440);
        bob = scene.phone("1002", scene.pbx.account("1002", transport).build(), settings)
                .registered()
                .speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void they_hear_each_other_and_the_pbx_hears_nothing(SipTransport transport) {
        start(transport, FieldBehaviour.DIRECT_MEDIA);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));

        long passed = scene.pbx.state().packetsIn();
        assertBothHeard();
        call.sendDtmf("42");
        scene.pass(Duration.ofSeconds(2));
        assertThat(bob.keys()).isEqualTo("42");
        assertThat(scene.pbx.state().packetsIn()).isEqualTo(passed);
        assertThat(call.snapshot().encrypted()).isEqualTo(transport.isEncrypted());
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void the_switch_costs_no_more_than_the_moment_that_it_takes() {
        start(SipTransport.TLS, FieldBehaviour.DIRECT_MEDIA);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(10));

        assertThat(call.snapshot().quality().receiving().framesConcealed()).isLessThan(10);
        assertThat(bob.incoming.snapshot().quality().receiving().framesConcealed())
                .isLessThan(10);
        call.hangUp();
        scene.assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_hold_brings_the_sound_back_to_the_pbx_and_a_resume_takes_it_away_again(boolean music) {
        start(SipTransport.TLS, behaviours(music));
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        for (Call holder : new Call[] {call, bob.incoming}) {
            holder.hold();
            scene.until(() -> holder.snapshot().hold() == HoldState.LOCAL);
            scene.pass(Duration.ofSeconds(3));
            Phone held = holder == call ? bob : alice;
            assertThat(held.hears(held == bob ? 440 : 880)).isLessThan(100);
            assertThat(held.hears(660))
                    .satisfies(loud -> assertThat(loud > 1_000).as("music").isEqualTo(music));

            holder.resume();
            scene.until(() -> holder.snapshot().hold() == HoldState.NONE);
            scene.pass(Duration.ofSeconds(3));
            assertBothHeard();
        }
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.hangUp();
        scene.assertQuiet();
    }

    /**
     * From the highest number that a sender may begin with, eleven minutes of packets of 20 ms lead past the last one. Who is sent elsewhere knows
     * nothing of the roll-over counter so far.
     */
    @Test
    @Tag("slow")
    void after_a_roll_over_of_the_sequence_number_a_hold_and_a_resume_are_heard_as_well() {
        HighestSequence random = new HighestSequence();
        start(SipTransport.TLS, settings -> settings.lab(lab -> lab.random(random)), behaviours(true));
        Call call = scene.talk(alice, bob);
        assertThat(random.begun).as("senders that began there").isGreaterThanOrEqualTo(2);
        scene.pass(Duration.ofMinutes(11));
        for (Call each : new Call[] {call, bob.incoming}) {
            assertThat(each.snapshot().quality().sending().packets())
                    .as("past the last number")
                    .isGreaterThan(HighestSequence.HALF);
        }
        assertBothHeard();

        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(3));
        assertThat(bob.hears(660)).isGreaterThan(1_000);
        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(3));
        assertBothHeard();
        call.hangUp();
        scene.assertQuiet();
    }

    private void assertBothHeard() {
        assertThat(alice.hears(880)).as("alice").isGreaterThan(6_000);
        assertThat(bob.hears(440)).as("bob").isGreaterThan(6_000);
    }

    private static FieldBehaviour[] behaviours(boolean music) {
        return music
                ? new FieldBehaviour[] {FieldBehaviour.DIRECT_MEDIA, FieldBehaviour.MUSIC_ON_HOLD}
                : new FieldBehaviour[] {FieldBehaviour.DIRECT_MEDIA};
    }

    /** Has RTP begin with 32,767, which is the last number of the half that a sender begins in (RFC 3711 §3.3.1). */
    private static final class HighestSequence extends Random {
        private static final int HALF = 1 << 15;

        private int begun;

        HighestSequence() {
            super(Seeds.of(3_711));
        }

        @Override
        public int nextInt(int bound) {
            if (bound != HALF) {
                return super.nextInt(bound);
            }
            begun++;
            return HALF - 1;
        }
    }
}
