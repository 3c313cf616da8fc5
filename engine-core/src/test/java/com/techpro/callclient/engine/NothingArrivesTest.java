// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call is answered, and then no sound comes: with {@code mediaTimeout} of 30 s. */
class NothingArrivesTest {
    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(17).registered();
    private final List<ScriptedMessage> invites = new ArrayList<>();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_call_that_is_never_heard_shows_it_and_ends_by_the_media_time_out() {
        Call call = answered();
        scene.pass(Duration.ofMillis(1_900));
        assertThat(call.snapshot().quality()).as("nothing is known yet").isNull();
        scene.pass(Duration.ofMillis(2_100));
        assertThat(call.snapshot().nothingArrives()).isTrue();
        assertThat(scene.told(CallEvent.ReceptionChanged.class))
                .singleElement()
                .matches(told -> told.after().nothingArrives());
        scene.pass(Duration.ofSeconds(24));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().quality().latest().mos()).as("it is missing").isEqualTo(1);
        assertThat(call.snapshot().quality().sending().packets()).isPositive();
        scene.pass(Duration.ofSeconds(5));
        assertThat(call.snapshot().ending().code()).isEqualTo("media-timeout");
        assertThat(scene.pbx.received("BYE")).isNotEmpty();
    }

    @Test
    void reports_without_sound_do_not_keep_it() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = answered();
        far.report(Duration.ofSeconds(40));
        assertThat(call.snapshot().ending().code()).isEqualTo("media-timeout");
        far.close();
    }

    /** A call that was heard is sent to where nobody says anything, but reports come from there. */
    @Test
    void a_call_that_is_parked_in_silence_goes_on_until_the_reports_end() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = answered();
        far.speak(Duration.ofSeconds(1));
        ScriptedSound lot = new ScriptedSound(scene, "192.0.2.12", 50_000);
        ScriptedMessage invite = scene.pbx.received("INVITE").get(0);
        scene.pbx.request("INVITE", invite, 7, "scripted", lines(CONTACT, sdp("192.0.2.12", 50_000, 2)));
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request("ACK", invite, 7, "scripted");
        for (int i = 0; i < 60; i++) {
            lot.send(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0x5e, 0x5f});
            scene.pass(Duration.ofSeconds(5));
        }
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().nothingArrives()).isFalse();
        assertThat(scene.told(CallEvent.ReceptionChanged.class))
                .as("that nothing arrives, and that it does again")
                .hasSizeLessThanOrEqualTo(2);

        scene.pass(Duration.ofSeconds(30));
        assertThat(call.snapshot().ending().code()).isEqualTo("media-timeout");
        far.close();
        lot.close();
    }

    /** A phone system that plays music to the other side takes what that side says meanwhile, and passes none of it on. */
    @Test
    void packets_missing_during_a_hold_do_not_count_as_lost() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = answered();
        far.speak(Duration.ofSeconds(1));
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        far.lose(75);
        scene.pass(Duration.ofMillis(1_500));
        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        far.speak(Duration.ofSeconds(2));
        far.lose(3);
        far.speak(Duration.ofSeconds(2));

        assertThat(call.snapshot().quality().receiving().lost()).as("of speech").isEqualTo(3);
        far.close();
    }

    @Test
    void sound_that_comes_late_and_goes_is_told_each_time() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = answered();
        scene.pass(Duration.ofSeconds(10));
        assertThat(call.snapshot().nothingArrives()).isTrue();
        far.speak(Duration.ofSeconds(2));
        assertThat(call.snapshot().nothingArrives()).isFalse();
        scene.pass(Duration.ofSeconds(4));
        assertThat(scene.told(CallEvent.ReceptionChanged.class))
                .extracting(told -> told.after().nothingArrives())
                .containsExactly(true, false, true);
        call.hold();
        scene.pass(Duration.ofSeconds(2));
        assertThat(call.snapshot().nothingArrives()).isFalse();
        far.close();
    }

    @Test
    void silence_before_the_answer_does_not_count() {
        ScriptedSound far = new ScriptedSound(scene);
        scene.pbx.on("INVITE", invite -> {
            invites.add(invite);
            scene.pbx.respond(invite, "183 Session Progress", lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, 1)));
        });
        Call call = scene.alice.dial("bob");
        scene.pass(Duration.ofSeconds(40));
        assertThat(call.snapshot().nothingArrives()).isFalse();
        assertThat(call.snapshot().codec()).isNotNull();
        scene.pbx.respond(invites.get(0), "200 OK", lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, 1)));
        scene.pass(Duration.ofMillis(1_900));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        far.speak(Duration.ofSeconds(2));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.told(CallEvent.ReceptionChanged.class)).isEmpty();
        far.close();
    }

    @Test
    void codec_keying_and_cipher_are_known_at_the_answer_and_dropped_media_is_counted() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = scene.alice.dial("bob");
        assertThat(call.snapshot().codec()).isNull();
        assertThat(call.snapshot().keying()).isNull();
        answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        CallSnapshot answered = scene.told(CallEvent.StateChanged.class).stream()
                .map(CallEvent::after)
                .filter(after -> after.state() == CallState.ESTABLISHED)
                .findFirst()
                .orElseThrow();
        assertThat(answered.codec()).isIn("PCMU", "PCMA");
        assertThat(answered.keying()).isEqualTo(MediaKeying.NONE);
        assertThat(answered.cipher()).isNull();

        far.speak(Duration.ofMillis(1_200));
        for (int i = 0; i < 7; i++) {
            far.send(new byte[] {1, 2, 3});
        }
        scene.pass(Duration.ofSeconds(2));
        assertThat(counters().mediaDrops()).containsEntry("malformed", 7L);
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));
        assertThat(counters().mediaDrops()).containsEntry("malformed", 7L);
        far.close();
    }

    private ClientCounters counters() {
        var asked = scene.client.counters().toCompletableFuture();
        scene.until(asked::isDone);
        return asked.join();
    }

    private Call answered() {
        answer();
        return scene.established();
    }

    private void answer() {
        scene.pbx.on("INVITE", invite -> {
            boolean hold = !invite.bodyLines("a=sendonly").isEmpty();
            scene.pbx.respond(
                    invite,
                    "200 OK",
                    lines(CONTACT, sdp("192.0.2.10", ScriptedSound.PORT, 1, hold ? "a=recvonly" : "a=sendrecv")));
        });
    }
}
