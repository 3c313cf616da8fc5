// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
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
        scene = new PbxScene(1, builder -> builder.behaving(behaviours));
        alice = scene.phone("1001", scene.pbx.account("1001", transport).build())
                .registered()
                .speaking(440);
        bob = scene.phone("1002", scene.pbx.account("1002", transport).build())
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

        assertThat(call.snapshot().quality().framesConcealed()).isLessThan(10);
        assertThat(bob.incoming.snapshot().quality().framesConcealed()).isLessThan(10);
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

    /** Of 20 ms each, 22 minutes have more packets than a sequence number counts: who is sent elsewhere knows nothing of the roll-over counter so far. */
    @Test
    void after_a_roll_over_of_the_sequence_number_a_hold_and_a_resume_are_heard_as_well() {
        start(SipTransport.TLS, behaviours(true));
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofMinutes(22));
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
}
