// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two phones on a phone system, from log-in to goodbye, in virtual time. */
class CallClientTest {
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(1);
        alice = scene.phone("alice", "192.0.2.1").registered().speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_call_rings_is_answered_carries_speech_encrypted_and_ends() {
        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT && bob.incoming != null);
        assertThat(bob.incoming.snapshot().remote().user()).isEqualTo("alice");
        assertThat(alice.audio.openStreams()).isZero();
        assertThat(bob.audio.openStreams()).isZero();

        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        assertThat(call.snapshot().encrypted()).isTrue();
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        assertThat(call.snapshot().quality().suite()).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(call.snapshot().quality().receiving().packets()).isPositive();

        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void accounts_and_calls_are_listed_in_the_order_of_their_creation() {
        List<Account> accounts = new ArrayList<>(List.of(alice.account));
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            accounts.add(alice.client.addAccount(PhoneScene.account("line" + i)));
            calls.add(accounts.get(i).dial("bob"));
        }
        Account removed = accounts.remove(5);
        removed.remove();
        calls.remove(5).hangUp();
        scene.until(() -> alice.client.accounts().size() == 12);

        assertThat(alice.client.accounts()).containsExactlyElementsOf(accounts);
        assertThat(alice.client.calls()).containsExactlyElementsOf(calls);
    }

    @Test
    void C11_hold_closes_the_microphone_at_once_and_resume_opens_it_again() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);

        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(alice.audio.openStreams()).isZero();
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.hears(440)).isLessThan(100);

        call.resume();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.NONE);

        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
    }

    @Test
    void both_sides_may_hold_and_each_resumes_for_itself() {
        Call call = scene.talk(alice, bob);

        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
        bob.incoming.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.BOTH
                && bob.incoming.snapshot().hold() == HoldState.BOTH);
        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.REMOTE
                && bob.incoming.snapshot().hold() == HoldState.LOCAL);
        bob.incoming.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE
                && bob.incoming.snapshot().hold() == HoldState.NONE);

        assertThat(alice.hears(880)).isGreaterThan(6_000);
    }

    @Test
    void RFC3261_14_1_two_holds_that_cross_both_come_through() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        call.hold();
        bob.incoming.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.BOTH
                && bob.incoming.snapshot().hold() == HoldState.BOTH);

        assertThat(scene.proxy.seen().stream()
                        .filter(message -> message instanceof SipResponse response && response.status() == 491))
                .isNotEmpty();
    }

    @Test
    void keys_arrive_once_each_as_telephone_events() {
        Call call = scene.talk(alice, bob);

        call.sendDtmf("12#");
        scene.until(() -> bob.told(CallEvent.DtmfReceived.class).size() == 3);
        scene.pass(Duration.ofSeconds(1));

        assertThat(bob.told(CallEvent.DtmfReceived.class))
                .extracting(CallEvent.DtmfReceived::tone)
                .containsExactly('1', '2', '#');
        assertThat(scene.proxy.requests("INFO")).isZero();
    }

    @Test
    void keys_go_by_INFO_where_the_other_side_knows_no_telephone_events() {
        scene.proxy.between(
                sdp(text -> text.replace(" 101 97\r\n", "\r\n").replaceAll("a=(rtpmap|fmtp):(101|97)[^\r]*\r\n", "")));
        Call call = scene.talk(alice, bob);

        call.sendDtmf("9*");
        scene.until(() -> bob.told(CallEvent.DtmfReceived.class).size() == 2);

        assertThat(bob.told(CallEvent.DtmfReceived.class))
                .extracting(CallEvent.DtmfReceived::tone)
                .containsExactly('9', '*');
        assertThat(scene.proxy.requests("INFO")).isEqualTo(2);
    }

    /** Of phone systems that were there before Opus. A key is as long as it was pressed, in whatever clock. */
    @Test
    void digits_are_sent_as_events_at_8000_Hz_beside_Opus_if_the_far_end_has_no_others() {
        scene.proxy.between(
                sdp(text -> text.replace(" 101 97\r\n", " 101\r\n").replaceAll("a=(rtpmap|fmtp):97[^\r]*\r\n", "")));
        Call call = scene.talk(alice, bob);
        assertThat(bob.hears(440)).isGreaterThan(6_000);

        call.sendDtmf("9*");
        scene.until(() -> bob.told(CallEvent.DtmfReceived.class).size() == 2);

        assertThat(call.snapshot().codec()).isEqualTo("opus");
        assertThat(bob.told(CallEvent.DtmfReceived.class))
                .allSatisfy(key -> assertThat(key.length()).isBetween(Duration.ofMillis(60), Duration.ofMillis(250)));
        assertThat(scene.proxy.requests("INFO")).isZero();
    }

    @Test
    void call_waiting_taking_one_call_holds_the_other() {
        Phone carol = scene.phone("carol", "192.0.2.3").registered().speaking(1_200);
        Call toBob = scene.talk(alice, bob);
        carol.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        assertThat(toBob.snapshot().hold()).isEqualTo(HoldState.NONE);

        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().state() == CallState.ESTABLISHED
                && bob.incoming.snapshot().hold() == HoldState.REMOTE);
        assertThat(alice.hears(1_200)).isGreaterThan(6_000);
        assertThat(alice.hears(880)).isLessThan(100);

        toBob.resume();
        scene.until(() -> toBob.snapshot().hold() == HoldState.NONE
                && bob.incoming.snapshot().hold() == HoldState.NONE
                && alice.incoming.snapshot().hold() == HoldState.LOCAL);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(alice.hears(1_200)).isLessThan(100);
    }

    @Test
    void a_microphone_that_cannot_be_opened_is_told_and_tried_again() {
        bob.audio.refuse(AudioUnavailableException.Reason.BUSY);
        scene.talk(alice, bob);
        scene.until(() -> !bob.told(CallEvent.AudioInterrupted.class).isEmpty());
        assertThat(bob.told(CallEvent.AudioInterrupted.class).get(0).failure())
                .isEqualTo(new Failure.AudioUnavailable("busy"));

        bob.audio.refuse(null);
        scene.until(() -> !bob.told(CallEvent.AudioRestored.class).isEmpty());

        assertThat(bob.hears(440)).isGreaterThan(6_000);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
    }

    @Test
    void a_device_that_is_lost_does_not_end_the_call() {
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        bob.audio.lose();
        scene.until(() -> !bob.told(CallEvent.AudioInterrupted.class).isEmpty());
        bob.audio.restore();
        scene.until(() -> !bob.told(CallEvent.AudioRestored.class).isEmpty());

        assertThat(bob.incoming.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
    }

    @Test
    void muted_means_silent_on_the_other_side() {
        Call call = scene.talk(alice, bob);
        call.setMuted(true);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().muted()).isTrue();
        assertThat(bob.hears(440)).isLessThan(100);

        call.setMuted(false);
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.hears(440)).isGreaterThan(6_000);
    }

    @Test
    void shutdown_hangs_up_unregisters_and_leaves_nothing() {
        Call call = scene.talk(alice, bob);
        assertThat(scene.proxy.knows("alice")).isTrue();

        var done = alice.client.shutdown(Duration.ofSeconds(5)).toCompletableFuture();
        scene.until(done::isDone);

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(scene.proxy.knows("alice")).isFalse();
        assertThat(alice.audio.openStreams()).isZero();
        assertThat(scene.network.host("192.0.2.1").openLinks()).isZero();
        scene.until(() -> bob.ending() != null);
    }

    @Test
    void a_removed_account_is_gone_here_and_there() {
        alice.account.remove();
        scene.until(() -> alice.client.accounts().isEmpty());

        assertThat(scene.proxy.knows("alice")).isFalse();
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.UNREGISTERED);
    }

    @Test
    void an_account_that_is_being_removed_does_nothing_more() {
        alice.account.remove();

        assertThatThrownBy(() -> alice.account.dial("bob"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this account was removed");
        assertThatThrownBy(alice.account::register).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_user_is_added_once_and_again_after_the_removal() {
        assertThatThrownBy(() -> alice.client.addAccount(alice.account.sipAccount()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(alice.client.accounts()).hasSize(1);

        alice.account.remove();
        Account again = alice.client.addAccount(alice.account.sipAccount());

        scene.until(() -> again.registration().state() == RegistrationState.REGISTERED);
        scene.until(() -> alice.client.accounts().size() == 1);
        assertThat(alice.client.accounts()).containsExactly(again);
    }

    @Test
    void events_and_snapshots_print_nothing_personal() {
        Call call = scene.talk(alice, bob);
        call.sendDtmf("7");
        scene.until(() -> !bob.told(CallEvent.DtmfReceived.class).isEmpty());

        assertThat(alice.events.toString() + bob.events + call + call.snapshot() + alice.account + bob.registrations)
                .doesNotContain("bob")
                .doesNotContain("alice")
                .doesNotContain("192.0.2")
                .doesNotContain("7]");
    }

    /** Changes the session descriptions that pass. */
    private static java.util.function.Function<SipMessage, SipMessage> sdp(UnaryOperator<String> change) {
        return message -> {
            if (!"application/sdp".equals(message.contentType())) {
                return message;
            }
            String changed = change.apply(message.bodyText());
            return message instanceof SipRequest request
                    ? request.toBuilder().body("application/sdp", changed).build()
                    : ((SipResponse) message)
                            .toBuilder().body("application/sdp", changed).build();
        };
    }
}
