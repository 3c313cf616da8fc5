// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static com.techpro.callclient.testkit.cli.console.ConsoleStates.array;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.packets;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.cli.console.ConsoleClient.Events;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

/** A call's audio over HTTP, as read by the JDK's own reader of sound files. */
class ConsoleRecordingTest {
    private static final int ANNA = 600;
    private static final int BEN = 900;
    /** A second of packets. */
    private static final int ENOUGH = 50;
    /** A tenth of the level of both speakers, or less if the machine leaves gaps. */
    private static final double AUDIBLE = 300;

    /** A file that the JDK has read. */
    private record Stereo(AudioFormat format, short[] left, short[] right) {
        static Stereo of(byte[] file) throws Exception {
            try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
                ShortBuffer samples = ByteBuffer.wrap(in.readAllBytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
                short[] left = new short[samples.remaining() / 2];
                short[] right = new short[left.length];
                for (int i = 0; i < left.length; i++) {
                    left[i] = samples.get();
                    right[i] = samples.get();
                }
                assertThat(in.getFrameLength()).isEqualTo(left.length);
                return new Stereo(in.getFormat(), left, right);
            }
        }

        double said(int hertz) {
            return loudness(hertz, left);
        }

        double heard(int hertz) {
            return loudness(hertz, right);
        }

        /** By windows of 20 ms: a busy machine leaves gaps between them. */
        private double loudness(int hertz, short[] samples) {
            int window = (int) format.getSampleRate() / 50;
            double squares = 0;
            for (int at = 0; at + window <= samples.length; at += window) {
                double found = Sound.amplitudeOf(
                        hertz, Arrays.copyOfRange(samples, at, at + window), (int) format.getSampleRate());
                squares += found * found;
            }
            return Math.sqrt(squares * window / samples.length);
        }
    }

    @Test
    void the_sound_of_a_call_that_goes_on_and_of_one_before_it_is_a_wav_file_each() throws Exception {
        JdkSchedulers schedulers = new JdkSchedulers();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002", "1003")
                        .traced()
                        .start();
                Console console = Console.open(pbx, null, 0);
                Loop audio = schedulers.openLoop("microphones", (thread, failure) -> failures.add(failure));
                RegisteredPhone anna = new RegisteredPhone(pbx, "1001", false, speaking(audio, ANNA));
                RegisteredPhone ben = new RegisteredPhone(pbx, "1002", true, speaking(audio, BEN));
                RegisteredPhone silent = new RegisteredPhone(pbx, "1003", false)) {
            ConsoleClient client = new ConsoleClient(console);
            try (Events events = client.listen()) {
                Call before = anna.dial("600");
                events.await("1001 hears itself", state -> packets(state) > ENOUGH);
                before.hangUp();
                events.await("it is over", state -> array(state, "calls").isEmpty());
                Call now = anna.dial("1002");
                JsonObject state = events.await("both talk", ConsoleRecordingTest::bothSpeak);

                Stereo live = Stereo.of(recording(client, state, 0));
                assertThat(live.format.getChannels()).isEqualTo(2);
                assertThat(live.format.getSampleSizeInBits()).isEqualTo(16);
                assertThat(live.said(ANNA)).isGreaterThan(3 * live.said(BEN)).isGreaterThan(AUDIBLE);
                assertThat(live.heard(BEN)).isGreaterThan(3 * live.heard(ANNA)).isGreaterThan(AUDIBLE);
                Stereo first = Stereo.of(recording(client, state, 1));
                assertThat(first.heard(ANNA))
                        .isGreaterThan(3 * first.heard(BEN))
                        .isGreaterThan(AUDIBLE);

                now.hangUp();
                events.await("nobody calls", over -> array(over, "calls").isEmpty());
                Call unanswered = anna.dial("1003");
                JsonObject ringing =
                        events.await("it rings", rung -> array(rung, "recent").size() == 3);
                HttpResponse<String> none = client.get(path(ringing, 0));
                assertThat(none.statusCode()).isEqualTo(404);
                assertThat(none.body()).isEqualTo("No recording of this call was kept.");
                unanswered.hangUp();
            }
        } finally {
            schedulers.close();
        }
        assertThat(failures).isEmpty();
    }

    private static boolean bothSpeak(JsonObject state) {
        return !array(state, "calls").isEmpty()
                && array(array(state, "calls").get(0).getAsJsonObject(), "legs").asList().stream()
                                .filter(leg ->
                                        leg.getAsJsonObject().get("packets").getAsLong() > ENOUGH)
                                .count()
                        == 2;
    }

    private static FakeAudio speaking(Loop audio, int hertz) {
        return new FakeAudio(audio).microphone(Sound.tone(hertz, 8_000));
    }

    private static byte[] recording(ConsoleClient client, JsonObject state, int call) {
        HttpResponse<byte[]> answer = client.download(path(state, call));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("audio/wav");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"call.wav\"");
        return answer.body();
    }

    private static String path(JsonObject state, int call) {
        String id = array(state, "recent").get(call).getAsJsonObject().get("id").getAsString();
        return "/recording?call=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
