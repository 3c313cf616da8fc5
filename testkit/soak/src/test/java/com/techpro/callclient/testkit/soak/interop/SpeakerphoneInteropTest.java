// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls with a phone on a desk, whose microphone hears its loudspeaker 8 dB quieter: JavaSound's real lines on
 * PulseAudio, in a process of its own.
 */
@Tag("interop")
@Tag("day-0")
class SpeakerphoneInteropTest {
    private static final int RATE = EchoRoom.RATE;
    private static final double LOSS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final short[] FAR = TestVoice.packaged().samples();
    private static final short[] NEAR = deeper(FAR);
    /** Louder than what G.722 makes of silence. */
    private static final int AUDIBLE = 300;
    /** What an echo takes at least from the loudspeaker to the far end. */
    private static final int ON_THE_WAY = RATE / 10;
    /** A busy machine loses samples now and then, so that an echo comes at another time: not every call shows everything. */
    private static final int MOST_CALLS = 3;

    @TempDir
    Path directory;

    private final HeadlessAudio far = new HeadlessAudio(FAR, RATE);
    private PbxServer server;
    private EchoRoom room;
    private EnginePhone caller;

    @BeforeEach
    void start() {
        server = new PbxServer(directory, "1001", "1002");
        room = new EchoRoom(directory.resolve("sound"), LOSS);
        caller = new EnginePhone(server.pbx().account("1001").codecs(Set.of("g722")), far).awaitRegistered();
    }

    @AfterEach
    void stop() {
        caller.close();
        room.close();
        server.close();
    }

    @Test
    void the_far_end_does_not_hear_its_first_word_nor_any_other_and_the_user_always() throws IOException {
        List<Heard> calls = new ArrayList<>();
        try (ChildJvm phone = phone(VoiceEffect.values())) {
            do {
                calls.add(talk());
            } while (calls.size() < MOST_CALLS
                    && !(calls.stream().anyMatch(Heard::quietAtOnce)
                            && calls.stream().anyMatch(Heard::quietBefore)
                            && calls.stream().anyMatch(Heard::wordsIntact)
                            && calls.stream().anyMatch(Heard::quietAfter)));
        }

        System.out.printf("SpeakerphoneInteropTest: %s%n", calls);
        assertThat(calls)
                .anyMatch(Heard::quietAtOnce)
                .anyMatch(Heard::quietBefore)
                .anyMatch(Heard::wordsIntact)
                .anyMatch(Heard::quietAfter);
    }

    @Test
    void without_voice_effects_the_far_end_hears_itself() throws IOException {
        try (ChildJvm phone = phone()) {
            Call call = dialled();
            int first = firstHeard();
            awaitHeard(first + 5 * RATE);
            call.hangUp();

            assertThat(level(FAR, 0, FAR.length) - level(far.heard(), first, first + 5 * RATE))
                    .isBetween(LOSS - 3, LOSS + 6);
        }
    }

    /**
     * What the far end heard in a call.
     *
     * @param atOnce by how many decibels its own voice was quieter in the first 0.3 seconds after the loudspeaker's first word
     * @param before the same from 0.5 seconds on
     * @param words how much of the user's words it heard as they were spoken, while it spoke itself, in percent
     * @param after the same from a second after the user's last word
     */
    private record Heard(double atOnce, double before, double words, double after) {
        boolean quietAtOnce() {
            return atOnce >= 25 + LOSS;
        }

        boolean quietBefore() {
            return before >= 40;
        }

        boolean wordsIntact() {
            return words >= 85;
        }

        boolean quietAfter() {
            return after >= 40;
        }
    }

    private Heard talk() {
        Call call = dialled();
        int first = far.heard().length + ON_THE_WAY;
        awaitHeard(first + 6 * RATE);
        int spoken = far.heard().length;
        room.say(NEAR);
        awaitHeard(spoken + NEAR.length + 4 * RATE);
        short[] heard = far.heard();
        call.hangUp();
        EnginePhone.awaitEnding(call);
        double said = level(FAR, 0, FAR.length);
        WordsHeard words = new WordsHeard(NEAR, heard, spoken);
        int silent = words.end() + RATE;
        return new Heard(
                said - level(heard, first, first + 3 * RATE / 10),
                said - level(heard, first + RATE / 2, first + 6 * RATE),
                words.percent(),
                said - level(heard, silent, heard.length));
    }

    private Call dialled() {
        room.forgetLoudspeaker();
        Call call = caller.account().dial("1002");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        room.awaitLoudspeaker();
        return call;
    }

    /** Where the far end first heard something. */
    private int firstHeard() {
        int[] found = {-1};
        Await.until(
                "the far end hears an echo",
                () -> {
                    short[] heard = far.heard();
                    for (int i = 0; i < heard.length && found[0] < 0; i++) {
                        found[0] = Math.abs(heard[i]) > AUDIBLE ? i : -1;
                    }
                    return found[0] >= 0;
                },
                LIMIT);
        return found[0];
    }

    private void awaitHeard(int samples) {
        Await.until("the far end has listened", () -> far.heard().length >= samples, LIMIT);
    }

    private ChildJvm phone(VoiceEffect... effects) throws IOException {
        Stream<String> arguments = Stream.concat(
                Stream.of(
                        "1002",
                        "127.0.0.1:" + server.port(SipTransport.TLS),
                        server.authorityFile().toString()),
                Stream.of(effects).map(Enum::name));
        ChildJvm phone = ChildJvm.of(JavaSoundPhone.class)
                .environment(room.environment())
                .arguments(arguments.toArray(String[]::new))
                .start();
        List<String> printed = new ArrayList<>();
        for (String line = phone.line(); line != null; line = phone.line()) {
            printed.add(line);
            if (line.equals(ChildPhone.ANSWER + JavaSoundPhone.REGISTERED)) {
                return phone;
            }
        }
        throw new AssertionError("the phone ended: " + printed);
    }

    /** The same text, said more slowly by a deeper voice. */
    private static short[] deeper(short[] voice) {
        short[] deeper = new short[(int) (voice.length / 0.84) - 1];
        for (int i = 0; i < deeper.length; i++) {
            double at = 0.84 * i;
            int whole = (int) at;
            deeper[i] = (short) Math.rint(voice[whole] + (at - whole) * (voice[whole + 1] - voice[whole]));
        }
        return deeper;
    }

    private static double level(short[] sound, int from, int to) {
        double sum = 1e-3;
        for (int i = from; i < to; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }
}
