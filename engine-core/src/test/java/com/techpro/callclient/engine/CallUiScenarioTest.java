// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice's calls are on her system's call screen; bob's phone has none. */
class CallUiScenarioTest {
    private final FakePermissions permissions = new FakePermissions();
    private PhoneScene scene;
    private FakeCallUi screen;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(11);
        screen = new FakeCallUi(scene.time.openLoop("system")::execute);
        alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.callUi(screen).permissions(permissions)))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void T1_an_incoming_call_is_shown_answered_on_the_screen_and_leaves_it_at_the_end() {
        String id = rings();
        assertThat(screen.told()).containsExactly(new UiCall(id, null, "bob"));
        assertThat(alice.audio.opened()).as("ringing opens nothing").isZero();

        screen.userAnswers(id);
        scene.until(() -> screen.isConnected(id));
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(bob.hears(440)).isGreaterThan(6_000);

        screen.userEnds(id);
        scene.until(() -> bob.ending() != null);
        assertThat(screen.onScreen()).isEmpty();
        assertThat(screen.ended(id)).isEqualTo(EndReason.LOCAL);
        assertThat(screen.told()).isEmpty();
        alice.assertQuiet();
    }

    @Test
    void C11_no_microphone_before_the_system_gives_the_audio_nor_after_it_takes_it_back() {
        screen.keepAudio();
        String id = rings();
        screen.userAnswers(id);
        scene.until(() -> screen.isConnected(id));
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.audio.opened()).isZero();

        screen.activateAudio();
        assertThat(bob.hears(440)).isGreaterThan(3_000);
        assertThat(alice.audio.openStreams()).isEqualTo(2);

        screen.deactivateAudio();
        scene.pass(Duration.ofMillis(1));
        assertThat(alice.audio.openStreams()).isZero();
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.hears(440)).isLessThan(100);
        screen.activateAudio();
        scene.pass(Duration.ofMillis(1));
        assertThat(alice.audio.openStreams()).isEqualTo(2);

        alice.incoming.hangUp();
        scene.until(() -> bob.ending() != null);
        alice.assertQuiet();
    }

    @Test
    void a_call_that_the_system_refuses_does_not_ring_and_the_host_never_hears_of_it() {
        screen.refuse(true);
        bob.account.dial("alice");
        scene.until(() -> bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.Unavailable());
        assertThat(alice.incoming).isNull();
        assertThat(alice.events).isEmpty();
        assertThat(alice.audio.opened()).isZero();
        alice.assertQuiet();
    }

    @Test
    void a_screen_that_fails_is_one_that_refuses() {
        List<Throwable> told = new ArrayList<>();
        CallUiPort broken = (CallUiPort) Proxy.newProxyInstance(
                CallUiPort.class.getClassLoader(), new Class<?>[] {CallUiPort.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("incoming")) {
                        throw new LinkageError("a screen of another version");
                    }
                    return null;
                });
        Phone carol = scene.phone(
                        "carol",
                        "192.0.2.3",
                        config -> config.platform(p -> p.callUi(broken).permissions(permissions))
                                .failures((thread, failure) -> told.add(failure.getCause())))
                .registered();
        bob.account.dial("carol");
        scene.until(() -> bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.Unavailable());
        assertThat(carol.incoming).isNull();
        assertThat(told).hasOnlyElementsOfType(LinkageError.class).hasSize(1);
    }

    @Test
    void the_app_and_the_call_screen_follow_each_other() {
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        assertThat(screen.onScreen()).containsExactly(call.id());
        bob.incoming.answer();
        scene.until(() -> screen.isConnected(call.id()));

        call.hold();
        scene.until(() -> screen.isHeld(call.id()));
        screen.systemHolds(call.id(), false);
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        screen.systemHolds(call.id(), true);
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
        assertThat(alice.audio.openStreams()).isZero();
        call.resume();
        scene.until(() -> !screen.isHeld(call.id()));

        call.setMuted(true);
        scene.until(() -> screen.isMuted(call.id()));
        screen.userMutes(call.id(), false);
        scene.until(() -> !call.snapshot().muted());
        screen.userDials(call.id(), "7");
        screen.userDials(call.id(), "not a key");
        scene.until(() -> bob.told(CallEvent.DtmfReceived.class).size() == 1);

        alice.client.routeAudio(AudioRoute.SPEAKER);
        AudioRoutes speaker = new AudioRoutes(AudioRoute.SPEAKER, Set.of(AudioRoute.EARPIECE, AudioRoute.SPEAKER));
        scene.until(() -> alice.routes.contains(speaker));
        assertThat(alice.client.audioRoutes()).isEqualTo(speaker);
        List<AudioRoutes> later = new ArrayList<>();
        alice.client.addListener(new CallClientListener() {
            @Override
            public void audioRoutesChanged(AudioRoutes now) {
                later.add(now);
            }
        });
        scene.until(() -> later.equals(List.of(speaker)));

        bob.incoming.hangUp();
        scene.until(() -> screen.ended(call.id()) == EndReason.REMOTE);
        alice.assertQuiet();
    }

    @Test
    void a_call_answered_in_the_app_is_answered_on_the_screen() {
        String id = rings();
        alice.incoming.answer();
        scene.until(() -> screen.isConnected(id));

        assertThat(screen.isAnswered(id)).isTrue();
        assertThat(bob.hears(440)).isGreaterThan(6_000);
    }

    @Test
    void a_cancelled_call_leaves_the_screen_as_unanswered() {
        String id = rings();
        bob.account.calls().get(0).hangUp();
        scene.until(() -> screen.ended(id) != null);

        assertThat(screen.ended(id)).isEqualTo(EndReason.UNANSWERED);
    }

    @Test
    void a_call_service_that_restarts_ends_the_calls_it_forgot() {
        String id = rings();
        screen.userAnswers(id);
        scene.until(() -> screen.isConnected(id));

        screen.restart();
        scene.until(() -> bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        alice.assertQuiet();
    }

    @Test
    void P2_answered_on_the_screen_without_a_microphone_is_unavailable() {
        String id = rings();
        permissions.deny(Permission.MICROPHONE);
        screen.userAnswers(id);
        scene.until(() -> bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.Unavailable());
        assertThat(screen.onScreen()).isEmpty();
        assertThat(alice.told(CallEvent.AudioInterrupted.class))
                .extracting(CallEvent.AudioInterrupted::failure)
                .containsExactly(new Failure.MicrophoneDenied());
        assertThat(alice.audio.opened()).isZero();
    }

    @Test
    void closing_the_client_clears_the_screen() {
        String id = rings();
        alice.client.close();
        scene.pass(Duration.ofSeconds(1));

        assertThat(screen.onScreen()).isEmpty();
        screen.userAnswers(id);
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.audio.opened()).isZero();
    }

    private String rings() {
        bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        return alice.incoming.id();
    }
}
