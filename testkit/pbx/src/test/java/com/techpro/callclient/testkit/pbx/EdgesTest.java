// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Phones that are reached by way of two edges (RFC 5626), by addresses of their own (RFC 5627), and in their sleep (RFC 8599). */
class EdgesTest {
    private static final PushToken TOKEN = new PushToken("fcm", "device-1", null);

    private final List<PushToken> woken = new ArrayList<>();
    private PbxScene scene;

    @AfterEach
    void close() {
        scene.close();
    }

    private HostPort firstEdge() {
        return scene.pbx.address(SipTransport.TLS);
    }

    private HostPort secondEdge() {
        return scene.pbx.secondAddress(SipTransport.TLS);
    }

    private PbxScene.Phone twice(String extension) {
        PbxScene.Phone phone = scene.phone(extension).registered();
        scene.until(() -> phone.account.registration().flows() == 2);
        return phone;
    }

    @Test
    void a_call_goes_on_and_others_come_while_an_edge_is_dead() {
        scene = new PbxScene(56_261, PbxBuilder::secondEdge);
        PbxScene.Phone alice = twice("1001").speaking(440);
        PbxScene.Phone bob = twice("1002").speaking(880);
        Call call = scene.talk(alice, bob);

        scene.pbx.dropEdge(firstEdge());
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(alice.account.registration().flows()).isEqualTo(1);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        assertThat(alice.hears(880)).isGreaterThan(6_000);

        bob.incoming.hangUp();
        scene.until(() -> call.snapshot().ending() != null);
        bob.incoming = null;
        Call again = scene.talk(alice, bob);
        again.hangUp();
        scene.until(() -> bob.incoming.snapshot().ending() != null);

        scene.pbx.restoreEdge(firstEdge());
        scene.until(() -> alice.account.registration().flows() == 2, Duration.ofMinutes(6));
        scene.assertQuiet();
    }

    @Test
    void a_phone_with_two_flows_rings_once() {
        scene = new PbxScene(56_262, PbxBuilder::secondEdge);
        PbxScene.Phone alice = twice("1001");
        PbxScene.Phone bob = twice("1002");
        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        scene.pass(Duration.ofSeconds(2));
        assertThat(bob.counters().calls()).isEqualTo(1);
        assertThat(scene.pbx.state().registrations()).hasSize(4);
    }

    @Test
    void the_message_lamp_shines_by_way_of_either_edge() {
        scene = new PbxScene(56_265, PbxBuilder::secondEdge);
        PbxScene.Phone alice = twice("1001");
        for (HostPort edge : List.of(secondEdge(), firstEdge())) {
            alice.messages.clear();
            scene.pbx.dropEdge(edge);
            scene.pass(Duration.ofSeconds(1));
            scene.pbx.setMessages("1001", edge.equals(firstEdge()) ? 2 : 1, 0);
            scene.until(() -> !alice.messages.isEmpty());
            scene.pbx.restoreEdge(edge);
            scene.until(() -> alice.account.registration().flows() == 2, Duration.ofMinutes(6));
        }
    }

    @Test
    void the_edge_that_is_dropped_may_be_either() {
        scene = new PbxScene(56_263, PbxBuilder::secondEdge);
        PbxScene.Phone alice = twice("1001");
        PbxScene.Phone bob = twice("1002");
        for (HostPort edge : List.of(secondEdge(), firstEdge())) {
            scene.pbx.dropEdge(edge);
            scene.pass(Duration.ofSeconds(1));
            bob.incoming = null;
            Call call = scene.talk(alice, bob);
            call.hangUp();
            scene.until(() -> bob.incoming.snapshot().ending() != null);
            scene.pbx.restoreEdge(edge);
            scene.until(
                    () -> alice.account.registration().flows() == 2
                            && bob.account.registration().flows() == 2,
                    Duration.ofMinutes(6));
        }
        scene.assertQuiet();
    }

    @Test
    void a_request_on_a_failed_flow_is_sent_by_the_other_edge() {
        scene = new PbxScene(56_264, PbxBuilder::secondEdge);
        PbxScene.Phone alice = twice("1001");
        PbxScene.Phone bob = twice("1002");
        scene.pbx.faults().onRequest("INVITE").from("1001").times(1).answer(430);
        Call call = scene.talk(alice, bob);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.pbx.faults().fired()).isEqualTo(1);
    }

    @Test
    void a_call_between_phones_with_addresses_of_their_own_survives_the_edge_of_both() {
        scene = new PbxScene(56_271, settings -> settings.secondEdge().gruu());
        PbxScene.Phone alice = twice("1001").speaking(440);
        PbxScene.Phone bob = twice("1002").speaking(880);
        Call call = scene.talk(alice, bob);
        scene.pbx.dropEdge(firstEdge());
        scene.pbx.dropEdge(secondEdge());
        scene.pass(Duration.ofMillis(500));
        scene.pbx.restoreEdge(secondEdge());
        scene.until(() -> bob.account.registration().state() == RegistrationState.REGISTERED);
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED);
        bob.incoming.hangUp();
        scene.until(() -> call.snapshot().ending() != null);
        scene.pbx.restoreEdge(firstEdge());
        scene.assertQuiet();
    }

    @Test
    void an_attended_transfer_leads_to_the_very_phone() {
        scene = new PbxScene(56_272, PbxBuilder::gruu);
        PbxScene.Phone alice = scene.phone("1001").registered();
        PbxScene.Phone bob = scene.phone("1002").registered().speaking(880);
        PbxScene.Phone carol = scene.phone("1003").registered().speaking(1_200);
        Call first = scene.talk(bob, alice);
        Call second = scene.talk(alice, carol);
        CompletableFuture<TransferOutcome> outcome =
                alice.incoming.transferTo(second).toCompletableFuture();
        scene.until(outcome::isDone);
        assertThat(outcome.join()).isEqualTo(new TransferOutcome.Transferred());
        assertThat(carol.hears(880)).isGreaterThan(6_000);
        assertThat(first.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_caller_with_a_withheld_number_is_reached_by_an_anonymous_GRUU() {
        scene = new PbxScene(56_273, PbxBuilder::gruu);
        PbxScene.Phone alice = scene.phone("1001").registered();
        PbxScene.Phone bob = scene.phone("1002").registered();
        Call call = alice.account.dial("1002", CallOptions.DEFAULT.withNumberWithheld(true));
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        bob.incoming.hangUp();
        scene.until(() -> call.snapshot().ending() != null);
        scene.assertQuiet();
    }

    private PbxScene.Phone sleeper(PushToken token) {
        FakePush push = new FakePush(scene.time.openLoop("push")::execute);
        push.issue(token);
        return scene.phone(
                        "1002",
                        scene.pbx.account("1002").build(),
                        config -> config.platform(p -> p.push(push).permissions(new FakePermissions())))
                .registered();
    }

    @Test
    void a_call_to_a_phone_that_sleeps_waits_until_it_has_registered() {
        scene = new PbxScene(85_991, settings -> settings.pushGateway("fcm", woken::add));
        PbxScene.Phone alice = scene.phone("1001").registered();
        PbxScene.Phone bob = sleeper(TOKEN);
        assertThat(bob.account.registration().push()).isEqualTo(PushSupport.CONFIRMED);
        assertThat(alice.account.registration().push()).isEqualTo(PushSupport.NOT_ASKED);
        sleep();

        Call call = alice.account.dial("1002");
        scene.pass(Duration.ofSeconds(3));
        assertThat(woken).containsExactly(TOKEN);
        assertThat(bob.incoming).isNull();

        scene.network.heal(PbxScene.PBX, "10.0.1.02");
        CompletableFuture<WakeOutcome> outcome =
                bob.client.wake(WakeReason.PUSH, Duration.ofSeconds(20)).toCompletableFuture();
        scene.until(outcome::isDone);
        assertThat(outcome.join().result()).isEqualTo(WakeOutcome.Result.CALL);
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.assertQuiet();
    }

    private void sleep() {
        scene.network.resetStreams(PbxScene.PBX, "10.0.1.02");
        scene.network.partition(PbxScene.PBX, "10.0.1.02");
        scene.pass(Duration.ofMinutes(1));
    }

    @Test
    void a_sleeping_phone_with_two_flows_is_woken_once_and_rings_on_the_restored_flow() {
        scene = new PbxScene(85_994, settings -> settings.secondEdge().pushGateway("fcm", woken::add));
        PbxScene.Phone alice = scene.phone("1001").registered();
        PbxScene.Phone bob = sleeper(TOKEN);
        scene.until(() -> bob.account.registration().flows() == 2);
        assertThat(bob.account.registration().push()).isEqualTo(PushSupport.CONFIRMED);
        scene.pbx.dropEdge(firstEdge());
        scene.pass(Duration.ofSeconds(1));
        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        assertThat(woken).as("with one flow left it is awake").isEmpty();
        bob.incoming.hangUp();
        bob.incoming = null;
        sleep();

        alice.account.dial("1002");
        scene.pass(Duration.ofSeconds(3));
        assertThat(woken).containsExactly(TOKEN);
        scene.network.heal(PbxScene.PBX, "10.0.1.02");
        bob.client.wake(WakeReason.PUSH, Duration.ofSeconds(20));
        scene.until(() -> bob.incoming != null);
        scene.pbx.restoreEdge(firstEdge());
    }

    @Test
    void only_a_sleeping_phone_is_woken_before_its_registration_expires() {
        scene = new PbxScene(85_995, settings -> settings.pushGateway("fcm", woken::add));
        scene.phone("1001").registered();
        PbxScene.Phone bob = sleeper(TOKEN);
        scene.pass(Duration.ofHours(2));
        assertThat(woken).isEmpty();

        scene.network.resetStreams(PbxScene.PBX, "10.0.1.02");
        scene.network.partition(PbxScene.PBX, "10.0.1.02");
        scene.until(() -> !woken.isEmpty(), Duration.ofHours(1));
        assertThat(woken).containsExactly(TOKEN);
        assertThat(scene.pbx.state().registrations()).as("it is not too late").hasSize(2);
        scene.network.heal(PbxScene.PBX, "10.0.1.02");
        bob.client.wake(WakeReason.PUSH, Duration.ofSeconds(20));
        scene.until(() -> bob.account.registration().state() == RegistrationState.REGISTERED);
    }

    @Test
    void a_call_to_a_phone_that_does_not_wake_comes_to_an_end() {
        scene = new PbxScene(85_992, settings -> settings.pushGateway("fcm", woken::add));
        PbxScene.Phone alice = scene.phone("1001").registered();
        sleeper(TOKEN);
        sleep();
        Call call = alice.account.dial("1002");
        scene.until(() -> call.snapshot().ending() != null, Duration.ofSeconds(30));
        assertThat(woken).hasSize(1);
        scene.network.heal(PbxScene.PBX, "10.0.1.02");
    }

    @Test
    void a_phone_of_another_push_service_is_registered_without() {
        scene = new PbxScene(85_993, settings -> settings.pushGateway("apns", woken::add));
        PbxScene.Phone bob = sleeper(TOKEN);
        assertThat(bob.account.registration().push()).isEqualTo(PushSupport.REFUSED);
    }
}
