// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.PacketTrace.Packet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise C10: the device goes from one network to another, with another address, while it telephones. */
class NetworkChangeScenarioTest {
    private static final String OLD = "192.0.2.1";
    private static final String NEW = "198.51.100.7";

    private PhoneScene scene;
    private FakeNetworkMonitor monitor;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(41);
        monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        alice = scene.phone("alice", OLD, config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void C10_a_call_that_we_made_follows_to_the_new_address_and_both_hear() {
        Call call = scene.talk(alice, bob);
        assertThat(bob.hears(440)).isGreaterThan(6_000);

        move();

        bothHear();
        assertThat(invites()).isEqualTo(2);
        nothingGoesToTheOldAddress();
        call.hangUp();
        scene.until(() -> bob.ending() instanceof CallEnding.RemoteHangUp);
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void C10_the_snapshot_tells_how_long_nothing_was_heard_about_the_change() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        assertThat(interruption(call)).isNull();

        scene.network.host(OLD).moveTo("203.0.113.250");
        scene.network.partition("203.0.113.250", PhoneScene.DOMAIN);
        monitor.become(NetworkMonitor.Status.OFFLINE);
        scene.pass(Duration.ofSeconds(3));
        scene.network.host("203.0.113.250").moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofSeconds(5));

        bothHear();
        assertThat(interruption(call)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_500));
        call.hold();
        scene.pass(Duration.ofSeconds(20));
        call.resume();
        scene.pass(Duration.ofSeconds(2));
        assertThat(interruption(call)).as("a hold is no interruption").isLessThan(Duration.ofMillis(3_500));
    }

    private static Duration interruption(Call call) {
        return call.snapshot().quality().receiving().interruption();
    }

    @Test
    void C10_a_call_that_we_answered_follows_and_the_other_side_can_end_it() {
        Call call = scene.talk(bob, alice);

        move();

        bothHear();
        nothingGoesToTheOldAddress();
        call.hangUp();
        scene.until(() -> alice.ending() instanceof CallEnding.RemoteHangUp);
        alice.assertQuiet();
    }

    @Test
    void C10_a_call_on_hold_stays_on_hold_and_is_heard_again_after_it() {
        Call call = scene.talk(alice, bob);
        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);

        move();

        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(bob.incoming.snapshot().hold()).isEqualTo(HoldState.REMOTE);
        assertThat(bob.hears(440)).isLessThan(10);
        assertThat(alice.audio.openStreams()).isZero();
        call.resume();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.NONE);
        bothHear();
        nothingGoesToTheOldAddress();
    }

    @Test
    void C10_a_call_that_the_other_side_holds_is_heard_again_when_it_resumes() {
        heldByTheOtherSide();
        scene.pass(Duration.ofSeconds(1));
        resumedAfterMoving();
    }

    @Test
    void C10_an_acknowledgement_that_went_to_the_old_address_does_not_end_the_call() {
        heldByTheOtherSide(); // and the ACK is on its way
        resumedAfterMoving();
        scene.pass(Duration.ofMinutes(1));
        bothHear();
    }

    private void heldByTheOtherSide() {
        scene.talk(alice, bob);
        bob.incoming.hold();
        scene.until(() -> alice.client.calls().get(0).snapshot().hold() == HoldState.REMOTE);
    }

    private void resumedAfterMoving() {
        move();

        assertThat(alice.client.calls().get(0).snapshot().hold()).isEqualTo(HoldState.REMOTE);
        bob.incoming.resume();
        scene.until(() -> alice.client.calls().get(0).snapshot().hold() == HoldState.NONE);
        bothHear();
        nothingGoesToTheOldAddress();
    }

    @Test
    void C10_a_hold_pressed_while_there_is_no_network_takes_effect_on_the_next() {
        Call call = scene.talk(alice, bob);
        scene.network.host(OLD).moveTo("203.0.113.250");
        scene.network.partition("203.0.113.250", PhoneScene.DOMAIN);
        monitor.become(NetworkMonitor.Status.OFFLINE);
        scene.pass(Duration.ofSeconds(3));
        call.hold();
        scene.pass(Duration.ofSeconds(2));

        scene.network.host("203.0.113.250").moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));

        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE, Duration.ofSeconds(20));
        call.resume();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.NONE);
        bothHear();
        nothingGoesToTheOldAddress();
    }

    @Test
    void C10_two_changes_in_a_row_end_at_the_last_address() {
        scene.talk(alice, bob);
        scene.network.host(OLD).moveTo("198.51.100.200");
        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofMillis(1));
        scene.network.host("198.51.100.200").moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("third"));
        scene.pass(Duration.ofSeconds(8));

        bothHear();
        nothingGoesToTheOldAddress();
    }

    @Test
    void C10_a_refused_change_is_not_asked_for_again_and_ends_by_the_silence_alone() {
        Call call = scene.talk(alice, bob);
        scene.proxy.answer(request -> request.isMethod("INVITE") && request.to().tag() != null
                ? SipResponse.respondTo(request, 488).build()
                : null);

        scene.network.host(OLD).moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofSeconds(5));

        assertThat(invites()).isEqualTo(2);
        // The other side hears us at once, and follows what it hears (RFC 4961).
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        bothHear();
    }

    @Test
    void C10_RFC3261_9_1_an_unanswered_call_is_redialled_once_from_the_new_address() {
        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        Call first = bob.incoming;

        move();

        assertThat(call.snapshot().state()).isEqualTo(CallState.RINGING_OUT);
        assertThat(first.snapshot().ending()).isInstanceOf(CallEnding.CancelledByCaller.class);
        assertThat(bob.client.calls()).containsExactly(bob.incoming);
        assertThat(bob.incoming).isNotSameAs(first);
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        bothHear();
        nothingGoesToTheOldAddress();
        call.hangUp();
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void C10_an_unanswered_call_waits_for_a_network_and_can_be_cancelled_without_one() {
        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        scene.network.host(OLD).moveTo("203.0.113.250");
        scene.network.partition("203.0.113.250", PhoneScene.DOMAIN);
        monitor.become(NetworkMonitor.Status.OFFLINE);
        scene.pass(Duration.ofSeconds(3));
        monitor.become(NetworkMonitor.Status.on("without a way to the phone system"));
        scene.pass(Duration.ofSeconds(3));
        assertThat(call.snapshot().state()).isEqualTo(CallState.DIALLING);

        call.hangUp();

        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        assertThat(call.snapshot().ending()).isInstanceOf(CallEnding.Cancelled.class);
    }

    @Test
    void C10_RFC6026_8_8_a_ringing_incoming_call_is_answered_from_the_new_address() {
        Call call = bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);

        move();
        assertThat(alice.ending()).isNull();
        alice.incoming.answer();

        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED
                && alice.incoming.snapshot().state() == CallState.ESTABLISHED);
        bothHear();
        nothingGoesToTheOldAddress();
    }

    /** The machine has the new address alone, and the app hears of it. */
    private void move() {
        scene.network.host(OLD).moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    private void bothHear() {
        assertThat(bob.hears(440)).as("what bob hears").isGreaterThan(6_000);
        assertThat(alice.hears(880)).as("what alice hears").isGreaterThan(6_000);
    }

    private void nothingGoesToTheOldAddress() {
        scene.network.trace().clear();
        scene.pass(Duration.ofSeconds(1));
        List<Packet> packets = scene.network.trace().packets();
        assertThat(packets).isNotEmpty();
        assertThat(packets)
                .noneMatch(packet -> packet.to().getHostString().equals(OLD)
                        || packet.to().getAddress().getHostAddress().equals(OLD)
                        || packet.from().getAddress().getHostAddress().equals(OLD));
    }

    private long invites() {
        return scene.proxy.seen().stream()
                .filter(NetworkChangeScenarioTest::isInvite)
                .map(message -> ((SipRequest) message).cseq().number())
                .distinct()
                .count();
    }

    private static boolean isInvite(SipMessage message) {
        return message instanceof SipRequest request && request.isMethod("INVITE");
    }
}
