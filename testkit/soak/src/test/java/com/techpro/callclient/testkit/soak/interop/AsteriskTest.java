// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.interop.Asterisk.Keying;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Asterisk as the organisation's phone system. On demand: {@code .ci/asterisk}. */
@Tag("asterisk")
class AsteriskTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Until a silent connection is given up: a keep-alive, its answer's limit, and the way back. */
    private static final Duration DEAD_LIMIT = Duration.ofMinutes(3);

    private static final Duration HEARD = Duration.ofSeconds(1);
    private static final Tone[] VOICES = {Tone.of(440), Tone.of(590), Tone.of(770)};

    @TempDir
    Path directory;

    private Asterisk asterisk;
    private final List<EnginePhone> phones = new ArrayList<>();
    private final List<HeadlessAudio> ears = new ArrayList<>();

    @BeforeEach
    void start() {
        asterisk = new Asterisk(directory);
    }

    @AfterEach
    void stop() {
        phones.forEach(EnginePhone::close);
        asterisk.close();
    }

    /** The next phone, registered, with a voice of its own; it answers. */
    private EnginePhone phone(String extension, SipTransport transport) {
        HeadlessAudio ear = VOICES[phones.size()].phone();
        EnginePhone phone = new EnginePhone(asterisk.account(extension, transport), ear).answering();
        ears.add(ear);
        phones.add(phone);
        return phone.awaitRegistered();
    }

    /** Waits until a phone hears just this voice of late. */
    private void awaitHeard(int ear, int... voices) {
        for (int voice : voices) {
            Await.until(
                    "phone " + ear + " hears voice " + voice,
                    () -> Tone.together(Tone.last(HEARD, ears.get(ear).heard()), VOICES[voice])
                            .equals(HEARD),
                    LIMIT);
        }
    }

    private void awaitSilence(int ear, int voice) {
        Await.until(
                "phone " + ear + " no longer hears voice " + voice,
                () -> Tone.together(Tone.last(HEARD, ears.get(ear).heard()), VOICES[voice])
                        .isZero(),
                LIMIT);
    }

    private static <T> T result(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        Await.until("the command is done", future::isDone, LIMIT);
        return future.join();
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "TLS", "WSS"})
    void it_registers_and_echoes_over_each_transport(SipTransport transport) {
        EnginePhone phone = phone(Keying.SDES.extension(1), transport);
        Call call = phone.account().dial("600");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        awaitHeard(0, 0);
        call.hangUp();
        phone.awaitNoCalls();
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"TCP", "TLS", "WSS"})
    @Timeout(300)
    void after_a_connection_died_in_silence_it_rings_the_phone_that_says_it_is_registered(SipTransport transport)
            throws IOException {
        String extension = Keying.SDES.extension(1);
        try (TcpEdge way = new TcpEdge(asterisk.port(transport));
                EnginePhone phone = new EnginePhone(
                                asterisk.account(extension, transport, way.address())
                                        .keepAlive(Duration.ofSeconds(10)),
                                null)
                        .awaitRegistered()) {
            List<String> before = asterisk.contacts(extension);
            assertThat(before).hasSize(1);

            way.silence();

            asterisk.awaitPrinted("Removed contact", DEAD_LIMIT);
            assertThat(asterisk.contacts(extension)).hasSize(1).isNotEqualTo(before);
            phone.awaitRegistered();
            EnginePhone caller = phone(Keying.SDES.extension(2), SipTransport.TLS);
            Call call = caller.account().dial(extension);
            phone.awaitIncoming().hangUp();
            EnginePhone.awaitEnding(call);
        }
    }

    @Test
    @Timeout(300)
    void a_restart_costs_no_call_after_it() {
        EnginePhone called = phone(Keying.SDES.extension(1), SipTransport.TLS);
        EnginePhone caller = phone(Keying.SDES.extension(2), SipTransport.TLS);

        asterisk.kill();
        asterisk.startAgain();

        for (int number = 1; number <= 2; number++) {
            asterisk.awaitPrinted("Added contact 'sip:" + Keying.SDES.extension(number), DEAD_LIMIT);
        }
        called.awaitRegistered();
        Call call = caller.awaitRegistered().account().dial(Keying.SDES.extension(1));
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        awaitHeard(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"SDES, SDES", "DTLS, DTLS", "WEBRTC, WEBRTC", "SDES, DTLS", "WEBRTC, SDES"})
    void two_phones_talk_and_each_holds_the_other(Keying from, Keying to) {
        EnginePhone caller = phone(from.extension(1), SipTransport.TLS);
        EnginePhone called = phone(to.extension(2), SipTransport.WSS);
        Call out = caller.account().dial(to.extension(2));
        EnginePhone.awaitState(out, CallState.ESTABLISHED);
        Call in = called.awaitIncoming();
        awaitHeard(0, 1);
        awaitHeard(1, 0);

        holdAndResume(out, 1, 0);
        holdAndResume(in, 0, 1);
        in.hangUp();

        assertThat(EnginePhone.awaitEnding(out)).isInstanceOf(CallEnding.RemoteHangUp.class);
        caller.awaitNoCalls();
        called.awaitNoCalls();
    }

    private void holdAndResume(Call call, int other, int voice) {
        result(call.hold());
        EnginePhone.awaitHold(call, HoldState.LOCAL);
        awaitSilence(other, voice);
        result(call.resume());
        EnginePhone.awaitHold(call, HoldState.NONE);
        awaitHeard(0, 1);
        awaitHeard(1, 0);
    }

    @ParameterizedTest
    @EnumSource(Keying.class)
    void a_call_is_transferred_blind_and_after_a_question(Keying keying) {
        EnginePhone anna = phone(keying.extension(1), SipTransport.TLS);
        EnginePhone bert = phone(keying.extension(2), SipTransport.TLS);
        EnginePhone carla = phone(keying.extension(3), SipTransport.TLS);
        Call blind = anna.account().dial(keying.extension(2));
        EnginePhone.awaitState(blind, CallState.ESTABLISHED);
        Call atBert = bert.awaitIncoming();

        assertThat(result(blind.transfer(keying.extension(3)))).isInstanceOf(TransferOutcome.Transferred.class);
        awaitHeard(1, 2);
        awaitHeard(2, 1);
        atBert.hangUp();
        EnginePhone.awaitEnding(carla.awaitIncoming());

        Call first = anna.account().dial(keying.extension(2));
        EnginePhone.awaitState(first, CallState.ESTABLISHED);
        result(first.hold());
        Call question = anna.account().dial(keying.extension(3));
        EnginePhone.awaitState(question, CallState.ESTABLISHED);
        assertThat(result(first.transferTo(question))).isInstanceOf(TransferOutcome.Transferred.class);
        awaitHeard(1, 2);
        awaitHeard(2, 1);
        anna.awaitNoCalls();
    }

    @Test
    void a_message_left_lights_the_lamp_of_waiting_messages() {
        EnginePhone owner = phone(Keying.SDES.extension(1), SipTransport.TLS);
        EnginePhone caller = phone(Keying.SDES.extension(2), SipTransport.TLS);
        Call call = caller.account().dial("*" + Keying.SDES.extension(1));
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        asterisk.awaitPrinted("Recording the message", LIMIT);
        HeadlessAudio ear = ears.get(1);
        int heard = ear.heard().length;
        Await.until("some seconds are recorded", () -> ear.heard().length > heard + 4 * HeadlessAudio.RATE, LIMIT);
        call.hangUp();
        Await.until(
                () -> "a new message is told, not only " + owner.messagesWaiting(),
                () -> owner.messagesWaiting().stream()
                        .anyMatch(told -> told.voice().newMessages() == 1),
                LIMIT);
    }

    @Test
    void three_hear_each_other_in_a_room() {
        for (int i = 1; i <= 3; i++) {
            Call call = phone(Keying.values()[i - 1].extension(i), SipTransport.TLS)
                    .account()
                    .dial("8000");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
        }
        awaitHeard(0, 1, 2);
        awaitHeard(1, 0, 2);
        awaitHeard(2, 0, 1);
    }

    @Test
    void a_lamp_follows_an_extension_and_its_call_is_picked_up() {
        EnginePhone watcher = phone(Keying.SDES.extension(1), SipTransport.TLS);
        EnginePhone caller = phone(Keying.SDES.extension(2), SipTransport.TLS);
        EnginePhone ringing = phone(Keying.SDES.extension(3), SipTransport.TLS).whenCalled(call -> {});
        BusyLamp lamp = watcher.account().watch(Keying.SDES.extension(3));
        await(lamp, LampState.IDLE);
        Call call = caller.account().dial(Keying.SDES.extension(3));
        Call missed = ringing.awaitIncoming();
        await(lamp, LampState.RINGING);

        Call picked = watcher.account().dial("*8");
        EnginePhone.awaitState(picked, CallState.ESTABLISHED);
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        EnginePhone.awaitEnding(missed);
        awaitHeard(0, 1);
        awaitHeard(1, 0);
        await(lamp, LampState.IDLE);
    }

    private static void await(BusyLamp lamp, LampState state) {
        Await.until(() -> "the lamp shows " + state, () -> lamp.snapshot().state() == state, LIMIT);
    }

    @Test
    void a_parked_call_is_fetched_by_another() {
        EnginePhone anna = phone(Keying.SDES.extension(1), SipTransport.TLS);
        EnginePhone bert = phone(Keying.DTLS.extension(2), SipTransport.TLS);
        EnginePhone carla = phone(Keying.SDES.extension(3), SipTransport.TLS);
        Call call = anna.account().dial(Keying.DTLS.extension(2));
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        bert.awaitIncoming();

        assertThat(result(call.transfer("700"))).isInstanceOf(TransferOutcome.Transferred.class);
        Call fetched = carla.account().dial("701");
        EnginePhone.awaitState(fetched, CallState.ESTABLISHED);
        awaitHeard(1, 2);
        awaitHeard(2, 1);
    }

    /** Longer than its session timer, its registrations and its keys' first re-INVITEs. */
    @Test
    @Timeout(900)
    void a_call_of_ten_minutes_is_held_each_minute() {
        EnginePhone caller = phone(Keying.SDES.extension(1), SipTransport.TLS);
        EnginePhone called = phone(Keying.DTLS.extension(2), SipTransport.WSS);
        Call out = caller.account().dial(Keying.DTLS.extension(2));
        EnginePhone.awaitState(out, CallState.ESTABLISHED);
        Call in = called.awaitIncoming();
        for (int minute = 1; minute <= 10; minute++) {
            int until = minute * 60 * HeadlessAudio.RATE;
            Await.until("a minute more", () -> ears.get(0).heard().length >= until, Duration.ofSeconds(90));
            holdAndResume(minute % 2 == 0 ? out : in, minute % 2 == 0 ? 1 : 0, minute % 2 == 0 ? 0 : 1);
        }
        out.hangUp();
        EnginePhone.awaitEnding(in);
        caller.awaitNoCalls();
    }
}
