// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole calls in virtual time: how much of the far end's first words a phone on a desk sends back, and of its user's first
 * words with a headset. What is sent is decoded here from the packets, which are G.711 in clear.
 */
@Tag("slow")
class FirstWordTest {
    private static final int RATE = DevicesInRooms.RATE;
    private static final String DESK = "10.0.1.1";
    private static final short[] VOICE = voice(1);
    private static final short[] OTHER_VOICE = voice(0.84);
    /** Of what a microphone hears, if it hears anything. */
    private static final int AUDIBLE = 100;
    /** Of processing and a packet, in samples. */
    private static final int LATE = RATE * 20 / 1000;

    private final VirtualTime time = VirtualTime.seeded(43);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 43);
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .address("10.0.0.1")
            .extensions("1001", "1002")
            .random(time.random("pbx"))
            .start(network.host("10.0.0.1"), time);
    private final Talker talker = new Talker();
    private final DevicesInRooms devices = new DevicesInRooms(time);
    private final Phone desk = new Phone("1001", DESK, devices);
    private final Phone far = new Phone("1002", "10.0.1.2", new FakeAudio(time.openLoop("far")).microphone(talker));

    @AfterEach
    void close() {
        desk.client.close();
        far.client.close();
        time.advance(Duration.ofSeconds(6));
        pbx.close();
        network.close();
        time.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_the_first_word_after_an_answer_no_echo_is_sent(long seed) {
        devices.with("desk", seed, 0.4);
        call();

        assertNoEcho(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_the_first_word_in_the_next_call_no_echo_is_sent(long seed) {
        devices.with("desk", seed, 0.4);
        Call first = call();
        pass(4);
        first.hangUp();
        pass(2);
        int next = devices.now();
        call();

        assertNoEcho(next);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_the_first_word_after_another_device_is_chosen_no_echo_is_sent(long seed) {
        devices.with("desk", seed, 0.4).with("table", seed + 10, 0.6);
        Call call = call();
        pass(4);
        int switched = devices.now();
        var unused = call.useDevices("table", "table");
        pass(4);
        int back = devices.now();
        unused = call.useDevices("desk", "desk");

        assertNoEcho(switched);
        assertNoEcho(back);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_the_first_word_after_a_headset_is_put_off_no_echo_is_sent(long seed) {
        devices.withHeadset("headset").with("desk", seed, 0.4);
        Call call = call();
        pass(4);
        int switched = devices.now();
        var unused = call.useDevices("desk", "desk");

        assertNoEcho(switched);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_the_first_word_after_a_hold_no_echo_is_sent(long seed) {
        devices.with("desk", seed, 0.4);
        Call call = call();
        pass(4);
        int resumed = holdAndResume(call);

        assertNoEcho(resumed);
    }

    @Test
    void with_a_headset_only_the_begin_of_the_very_first_words_is_softer() {
        devices.withHeadset("headset");
        Call call = call();
        devices.say(OTHER_VOICE);

        // Until it is known that there is no echo, the begin of a word may be taken for one.
        assertUnchanged(0, 5);
        pass(4);
        int resumed = holdAndResume(call);
        devices.say(OTHER_VOICE);
        assertUnchanged(resumed, 1);
    }

    private int holdAndResume(Call call) {
        var unused = call.hold();
        until(() -> call.snapshot().hold() == HoldState.LOCAL);
        pass(2);
        int resumed = devices.now();
        unused = call.resume();
        until(() -> call.snapshot().hold() == HoldState.NONE);
        return resumed;
    }

    /** The far end answers and speaks at once, and all the time. */
    private Call call() {
        until(() -> desk.isRegistered() && far.isRegistered());
        far.incoming = null;
        Call call = desk.account.dial("1002");
        until(() -> far.incoming != null);
        talker.from = -1;
        far.incoming.answer();
        until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    /** From when the microphone first hears the loudspeaker after a sample. */
    private void assertNoEcho(int since) {
        pass(2);
        int first = since;
        while (Math.abs(devices.heard()[first]) < AUDIBLE) {
            first++;
        }
        short[] sent = sent();
        double atOnce = change(sent, first, 0, 0.3);
        double soon = change(sent, first, 0.3, 1);

        assertThat(atOnce < -25 && soon < -35)
                .as("%.1f dB from 0 s to 0.3 s, %.1f dB from 0.3 s to 1 s", atOnce, soon)
                .isTrue();
    }

    /**
     * The user speaks after a sample.
     *
     * @param softer by how many decibels the words may be
     */
    private void assertUnchanged(int since, double softer) {
        pass(2);
        int first = since;
        while (Math.abs(devices.heard()[first]) < AUDIBLE) {
            first++;
        }
        short[] sent = sent();
        assertThat(change(sent, first, 0, 0.3)).as("dB from 0 s to 0.3 s").isBetween(-softer, 1.0);
        assertThat(change(sent, first, 0.3, 1)).as("dB from 0.3 s to 1 s").isBetween(-softer, 1.0);
    }

    /** By how many decibels what was sent is louder than what the microphone heard. */
    private double change(short[] sent, int first, double from, double to) {
        int begin = first + (int) (from * RATE);
        int end = first + (int) (to * RATE);
        return level(sent, begin + LATE, end + LATE) - level(devices.heard(), begin, end);
    }

    private static double level(short[] samples, int from, int to) {
        double sum = 1e-3;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }

    /** What the desk's packets contain, at the place of their time. */
    private short[] sent() {
        short[] sent = new short[DevicesInRooms.MOST];
        for (PacketTrace.Packet packet : network.trace().packets()) {
            byte[] rtp = packet.payload();
            if (packet.from().getAddress().getHostAddress().equals(DESK)
                    && rtp.length == 12 + RATE / 50
                    && (rtp[0] & 0xff) == 0x80
                    && (rtp[1] & 0x7f) == 0) {
                int begin = (int) (packet.at().toNanos() * RATE / 1_000_000_000L) - RATE / 50;
                for (int i = 12; i < rtp.length; i++) {
                    sent[begin + i - 12] = linear(rtp[i]);
                }
            }
        }
        return sent;
    }

    /** ITU-T G.711, table 2b. */
    private static short linear(byte muLaw) {
        int code = ~muLaw;
        int magnitude = (((code & 0x0f) << 3) + 0x84 << (code >> 4 & 7)) - 0x84;
        return (short) ((code & 0x80) == 0 ? magnitude : -magnitude);
    }

    private void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(30));
    }

    /** A voice from its first word on. */
    private static short[] voice(double pace) {
        short[] recording = TestVoice.packaged().samples();
        int first = 0;
        while (Math.abs(recording[first]) < 10 * AUDIBLE) {
            first++;
        }
        short[] voice = new short[(int) ((recording.length - first - 1) / 2 / pace)];
        for (int i = 0; i < voice.length; i++) {
            int at = first + (int) (2 * pace * i);
            voice[i] = (short) ((recording[at] + recording[at + 1]) / 2);
        }
        return voice;
    }

    /** Speaks all the time, from the first word on as soon as somebody listens. */
    private static final class Talker implements Sound {
        private long from;

        @Override
        public short at(long index, int sampleRate) {
            if (from < 0 || index < from) {
                from = index;
            }
            return VOICE[(int) ((index - from) % VOICE.length)];
        }
    }

    private final class Phone implements CallClientListener {
        final CallClient client;
        final Account account;
        Call incoming;

        Phone(String extension, String address, AudioPort audio) {
            client = CallClient.create(CallClientConfig.builder()
                    .lab(lab ->
                            lab.schedulers(time).network(network.host(address)).random(time.random(address)))
                    .platform(p -> p.audio(audio).voiceEffects(Set.of(VoiceEffect.ECHO_CANCELLATION)))
                    .tones(CallTones.OFF)
                    .callbacks(Runnable::run)
                    .listener(this)
                    .build());
            account = client.addAccount(pbx.account(extension, SipTransport.UDP)
                    .codecs(Set.of("pcmu"))
                    .securityFloor(
                            SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                    .build());
        }

        boolean isRegistered() {
            return account.registration().state() == RegistrationState.REGISTERED;
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming = call;
        }
    }
}
