// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.BusyLampScene.dialog;
import static com.techpro.callclient.engine.BusyLampScene.document;
import static com.techpro.callclient.engine.BusyLampScene.ringing;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with a busy lamp: taking the call that rings (RFC 3891, RFC 5359 §2.16), and calling when somebody is free. */
class PickupAndCallCompletionTest {
    private final BusyLampScene office = new BusyLampScene(5359);

    @AfterEach
    void close() {
        office.close();
    }

    private ScriptedMessage invite() {
        office.scene.until(() -> !office.pbx.received("INVITE").isEmpty());
        return office.pbx.last("INVITE");
    }

    private void pass(Duration length) {
        office.scene.pass(length);
    }

    @Test
    void a_call_that_rings_is_taken_by_the_ids_of_its_document() {
        BusyLamp lamp = office.watched("1002");
        assertThat(lamp.pickUp()).isNull();
        office.dialogs(document(0, "full", ringing("d1", "sip:carol@192.0.2.10:5066;line=3")));
        assertThat(lamp.snapshot().pickUpPossible()).isTrue();
        office.pbx.on("INVITE", invite -> {
            List<String> answer = new ArrayList<>(List.of("Contact: <sip:carol@192.0.2.10:5060>"));
            answer.addAll(List.of(sdp("192.0.2.10", 40_000, 1)));
            office.pbx.respond(invite, "200 OK", answer.toArray(String[]::new));
        });
        office.pbx.on("BYE", bye -> office.pbx.respond(bye, "200 OK"));

        Call call = lamp.pickUp();

        ScriptedMessage invite = invite();
        assertThat(invite.requestUri()).isEqualTo("sip:carol@192.0.2.10:5066;line=3");
        // Of the extension's dialog the caller knows its own tag as the local one.
        assertThat(invite.header("Replaces")).isEqualTo("c-d1@pbx;to-tag=callers;from-tag=theirs;early-only");
        assertThat(invite.header("Require")).contains("replaces");
        office.scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        assertThat(call.snapshot().remote()).isEqualTo(new PartyIdentity("Carol", "1003", "192.0.2.10"));
        call.hangUp();
        pass(Duration.ofSeconds(1));
    }

    @Test
    void the_INVITE_is_never_sent_outside_the_phone_system() {
        BusyLamp lamp = office.watched("1002");

        office.dialogs(document(0, "full", ringing("d1", "sip:premium@elsewhere.example")));
        lamp.pickUp();

        assertThat(invite().requestUri()).isEqualTo("sip:1003@192.0.2.10");
    }

    @Test
    void a_document_without_dialog_ID_or_with_header_injection_allows_no_pickup() {
        BusyLamp lamp = office.watched("1002");

        office.dialogs(document(0, "full", dialog("d1", "recipient", "early")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.RINGING);
        assertThat(lamp.pickUp()).isNull();

        office.dialogs(document(1, "full", ringing("d1", "").replace("callers", "x;early-only;a=b")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.RINGING);
        assertThat(lamp.snapshot().pickUpPossible()).isFalse();
        office.dialogs(document(2, "full", ringing("d1", "").replace("c-d1@pbx", "one, two;to-tag=x")));
        assertThat(lamp.pickUp()).isNull();
        assertThat(office.pbx.received("INVITE")).isEmpty();
    }

    @Test
    void a_pickup_takes_no_headers_of_the_host() {
        BusyLamp lamp = office.watched("1002");
        CallOptions options = CallOptions.DEFAULT.withHeaders(List.of(new CallHeader("X-Any", "1")));
        office.dialogs(document(0, "full", ringing("d1", "")));

        assertThatIllegalArgumentException().isThrownBy(() -> lamp.pickUp(options));
    }

    private CallCompletion whenFree() {
        int before = office.pbx.received("SUBSCRIBE").size();
        CallCompletion completion = office.scene.alice.callWhenFree("1002");
        office.scene.until(() -> office.pbx.received("SUBSCRIBE").size() > before);
        return completion;
    }

    private static CallCompletionOutcome outcome(CallCompletion completion) {
        return completion.outcome().toCompletableFuture().getNow(null);
    }

    @Test
    void a_busy_extension_is_called_when_it_is_free() {
        CallCompletion completion = whenFree();
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));
        pass(Duration.ofMinutes(10));
        assertThat(office.pbx.received("INVITE")).isEmpty();
        assertThat(outcome(completion)).isNull();

        office.dialogs(document(1, "partial", dialog("d1", "initiator", "terminated")));

        assertThat(invite().requestUri()).isEqualTo("sip:1002@192.0.2.10");
        assertThat(outcome(completion))
                .isInstanceOfSatisfying(
                        CallCompletionOutcome.Called.class,
                        called -> assertThat(office.scene.alice.calls()).containsExactly(called.call()));
        pass(Duration.ofSeconds(1));
        assertThat(office.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("0");
        completion.cancel();
    }

    @Test
    void it_waits_until_the_user_has_no_other_call() {
        office.pbx.on("INVITE", invite -> office.pbx.respond(invite, "180 Ringing"));
        Call other = office.scene.alice.dial("1005");
        pass(Duration.ofSeconds(1));
        CallCompletion completion = whenFree();
        office.dialogs(document(0, "full"));
        pass(Duration.ofSeconds(20));
        assertThat(outcome(completion)).isNull();

        office.pbx.on("CANCEL", cancel -> {
            office.pbx.respond(cancel, "200 OK");
            office.pbx.respond(office.pbx.received("INVITE").get(0), "487 Request Terminated");
        });
        other.hangUp();
        pass(Duration.ofSeconds(1));

        assertThat(outcome(completion)).isInstanceOf(CallCompletionOutcome.Called.class);
        assertThat(office.pbx.last("INVITE").requestUri()).isEqualTo("sip:1002@192.0.2.10");
    }

    @Test
    void an_extension_that_became_free_behind_the_app_lock_is_called_when_it_opens() {
        try (BusyLampScene locked =
                new BusyLampScene(5360, config -> config.platform(p -> p.store(new FakeSecureStore())))) {
            AppLock lock = locked.scene.client.lock();
            await(
                    locked,
                    lock.setPin(
                            Secret.of("274913"),
                            new AppLock.Settings(AppLock.Mode.PIN, null, null),
                            new AppLock.Proof.None()));
            CallCompletion completion = locked.scene.alice.callWhenFree("1002");
            locked.scene.until(() -> !locked.pbx.received("SUBSCRIBE").isEmpty());
            locked.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));
            lock.lockNow();
            locked.dialogs(document(1, "partial", dialog("d1", "initiator", "terminated")));
            locked.scene.pass(Duration.ofMinutes(1));
            assertThat(outcome(completion)).isNull();

            await(locked, lock.unlockWithPin(Secret.of("274913")));
            locked.scene.pass(Duration.ofSeconds(1));

            assertThat(outcome(completion)).isInstanceOf(CallCompletionOutcome.Called.class);
        }
    }

    private static void await(BusyLampScene locked, CompletionStage<LockOutcome> outcome) {
        locked.scene.until(outcome.toCompletableFuture()::isDone);
        assertThat(outcome.toCompletableFuture().join().isDone()).isTrue();
    }

    @Test
    void one_that_is_cancelled_calls_nobody() {
        CallCompletion completion = whenFree();
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));

        completion.cancel();
        pass(Duration.ofSeconds(1));
        assertThat(outcome(completion)).isEqualTo(new CallCompletionOutcome.Cancelled());
        office.dialogs(document(1, "partial", dialog("d1", "initiator", "terminated")));
        pass(Duration.ofMinutes(1));

        assertThat(office.pbx.received("INVITE")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_shuts_down_or_removes_the_account_in_a_call_calls_nobody(boolean whole) {
        Call call = office.scene.alice.dial("1003");
        invite();
        CallCompletion completion = whenFree();
        office.dialogs(document(0, "full", dialog("d1", "initiator", "terminated")));
        assertThat(outcome(completion)).isNull();

        if (whole) {
            var unused = office.scene.client.shutdown(Duration.ofSeconds(3));
        } else {
            office.scene.alice.remove();
        }
        pass(Duration.ofSeconds(5));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(outcome(completion)).isEqualTo(new CallCompletionOutcome.Cancelled());
        assertThat(office.pbx.received("INVITE sip:1002")).isEmpty();
    }

    @Test
    void one_that_takes_too_long_expires() {
        CallCompletion completion = whenFree();
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));

        pass(Duration.ofMinutes(44));
        assertThat(outcome(completion)).isNull();
        pass(Duration.ofMinutes(2));
        assertThat(outcome(completion)).isEqualTo(new CallCompletionOutcome.Expired());
    }

    @Test
    void one_that_cannot_be_watched_says_why() {
        office.pbx.on("SUBSCRIBE", subscribe -> office.pbx.respond(subscribe, "403 Forbidden"));
        CallCompletion completion = whenFree();
        pass(Duration.ofSeconds(1));

        assertThat(outcome(completion)).isEqualTo(new CallCompletionOutcome.Unwatchable(LampState.FORBIDDEN));
    }

    @Test
    void a_call_completion_is_cancelled_if_its_account_is_removed() {
        CallCompletion completion = whenFree();
        office.scene.alice.remove();
        pass(Duration.ofSeconds(2));

        assertThat(outcome(completion)).isEqualTo(new CallCompletionOutcome.Cancelled());
    }
}
