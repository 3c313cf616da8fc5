// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises C11 and P2: when the microphone is open, and what a user who denies it gets. */
class MicrophoneScenarioTest {
    private final FakePermissions permissions = new FakePermissions();
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(19);
        alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.permissions(permissions)))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void C11_nothing_is_open_while_idle_dialling_or_ringing_nor_after_the_end() {
        scene.pass(Duration.ofMinutes(1));
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        scene.pass(Duration.ofSeconds(5));
        assertThat(alice.audio.opened() + bob.audio.opened()).isZero();

        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofMillis(100));
        assertThat(alice.audio.openStreams()).isEqualTo(2);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        scene.pass(Duration.ofMillis(100));

        assertThat(alice.audio.openStreams() + bob.audio.openStreams()).isZero();
        assertThat(alice.audio.opened()).isEqualTo(alice.audio.closed()).isEqualTo(2);
    }

    @Test
    void P2_a_denied_microphone_is_a_clear_error_at_call_time_and_nothing_is_sent() {
        permissions.deny(Permission.MICROPHONE);
        alice.account.dial("bob");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(new Failure.MicrophoneDenied()));
        assertThat(scene.proxy.requests("INVITE")).isZero();
        assertThat(alice.audio.opened()).isZero();
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        alice.assertQuiet();
    }

    @Test
    void P2_R2_a_call_cannot_be_answered_without_it_and_can_as_soon_as_it_is_granted() {
        permissions.deny(Permission.MICROPHONE);
        bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        var refused = alice.incoming.answer();
        scene.until(() -> !alice.told(CallEvent.AudioInterrupted.class).isEmpty());

        assertThat(alice.incoming.snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(alice.told(CallEvent.AudioInterrupted.class).get(0).failure())
                .isEqualTo(new Failure.MicrophoneDenied());
        assertThat(refused).isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.MICROPHONE_DENIED));

        permissions.grant(Permission.MICROPHONE);
        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().state() == CallState.ESTABLISHED);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
    }

    @Test
    void R2_a_permission_revoked_in_a_call_applies_when_the_microphone_reopens() {
        Call call = scene.talk(alice, bob);
        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
        permissions.deny(Permission.MICROPHONE);

        call.resume();
        scene.until(() -> !alice.told(CallEvent.AudioInterrupted.class).isEmpty());

        assertThat(alice.hears(880)).as("listening needs no permission").isGreaterThan(6_000);
        assertThat(bob.hears(440)).isLessThan(100);
        assertThat(alice.audio.openStreams()).isEqualTo(1);
        permissions.grant(Permission.MICROPHONE);
        scene.until(() -> !alice.told(CallEvent.AudioRestored.class).isEmpty(), Duration.ofSeconds(15));
        assertThat(bob.hears(440)).isGreaterThan(6_000);
    }
}
