// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command's output and exit code for two files. */
class JudgeCommandTest {
    private static final int RATE = 16_000;

    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private SpeechSource source;
    private short[] speech;

    @BeforeEach
    void speak() throws IOException {
        source = new SpeechSource(SpeechClip.builtIn(), 0);
        speech = new short[6 * RATE];
        for (int i = 0; i < speech.length; i++) {
            speech[i] = source.at(Rate.WIDEBAND, i);
        }
    }

    private int judge(Path said, Path heard) {
        return new CommandLine(new JudgeCommand())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(said.toString(), heard.toString());
    }

    private Path wav(String name, short[] samples, int rate) throws IOException {
        Path file = folder.resolve(name);
        WavFile.write(file, samples, rate);
        return file;
    }

    @Test
    void delayed_speech_is_verified() throws IOException {
        short[] late = new short[speech.length];
        System.arraycopy(speech, 0, late, 1_600, late.length - 1_600);
        assertThat(judge(wav("said.wav", speech, RATE), wav("heard.wav", late, RATE)))
                .isZero();
        assertThat(printed.toString())
                .startsWith("verified")
                .contains("similarity 5.0 of 5", "delay      100 ms", "level      +0.0 dB", "polarity   as it was");
    }

    @Test
    void missing_speech_is_reported_with_its_position() throws IOException {
        short[] holes = speech.clone();
        for (int at = 8_000; at + 1_600 < holes.length; at += RATE) {
            Arrays.fill(holes, at, at + 1_600, (short) 0);
        }
        assertThat(judge(wav("said.wav", speech, RATE), wav("heard.wav", holes, RATE)))
                .isOne();
        assertThat(printed.toString())
                .startsWith("not verified: parts of words are missing")
                .containsPattern("at +\\d+\\.\\d\\d s +\\d+ ms missing");
    }

    @Test
    void a_file_name_does_not_command_the_terminal() {
        assertThat(judge(folder.resolve("a\u001b[2Jb\u009bc\u202ed.wav"), folder.resolve("heard.wav")))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains("a?[2Jb?c?d.wav")
                .endsWith(System.lineSeparator())
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void recordings_too_long_for_the_memory_are_no_defect() throws Exception {
        Path tenMinutes = wav("long.wav", new short[600 * RATE], RATE);
        try (ChildJvm judge = ChildJvm.of(Main.class)
                .options(List.of("-Xmx32m"))
                .arguments("judge", tenMinutes.toString(), tenMinutes.toString())
                .start()) {
            assertThat(judge.rest())
                    .filteredOn(line -> !line.startsWith("Picked up"))
                    .singleElement()
                    .asString()
                    .startsWith("callclient judge: The recordings are too long for the ")
                    .endsWith(" MB of memory that Java has. Cut them, or give it more, such as"
                            + " CALLCLIENT_JAVA_OPTS=-Xmx2g.");
            assertThat(judge.exitValue()).isEqualTo(2);
        }
    }

    @Test
    void files_of_other_rates_are_compared() throws IOException {
        short[] narrow = new short[speech.length / 2];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = source.at(i);
        }
        assertThat(judge(wav("said.wav", speech, RATE), wav("heard.wav", narrow, RATE / 2)))
                .isZero();
        assertThat(printed.toString()).contains("band       100 to 4000 Hz");
    }

    @Test
    void too_little_speech_is_no_verdict() throws IOException {
        Path brief = wav("short.wav", Arrays.copyOf(speech, RATE), RATE);
        assertThat(judge(brief, brief)).isEqualTo(3);
        assertThat(printed.toString())
                .startsWith("not judged: too short: at least a second of speech is needed")
                .containsPattern("speech +\\d\\.\\d s")
                .doesNotContain("similarity", "missing");
    }

    /** A file whose header promises more than it has is like a short one. */
    @Test
    void a_recording_that_ends_early_is_verified_only_as_a_part() throws IOException {
        Path said = wav("said.wav", speech, RATE);
        Path whole = wav("heard.wav", speech, RATE);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 3));
        assertThat(judge(said, whole)).isOne();
        assertThat(printed.toString()).startsWith("not verified").containsPattern("[56]\\d\\.\\d % of it missing");
        assertThat(judge("--part", said.toString(), whole.toString())).isZero();
    }

    @Test
    void of_two_parties_on_the_sides_of_a_recording_one_is_chosen() throws IOException {
        String said = wav("said.wav", speech, RATE).toString();
        String right = stereo("right.wav", 0.5, 0, 1);
        assertThat(judge(said, right)).isEqualTo(2);
        assertThat(complained.toString()).contains("a party on each side", "--side left");
        assertThat(judge("--side", "right", said, right)).isZero();
        assertThat(judge("--side", "left", said, right)).isOne();
        assertThat(judge(said, stereo("one.wav", 0, 0.7, 1)))
                .as("one party, panned")
                .isZero();
        assertThat(judge(said, stereo("half.wav", 0, 0, 1))).as("an empty side").isZero();
        assertThat(judge("--side", "left", said, said)).isEqualTo(2);
        assertThat(complained.toString()).contains("one channel");
    }

    /** Another party on the left only, and the speech on both sides. */
    private String stereo(String name, double other, double left, double right) throws IOException {
        short[] samples = new short[2 * speech.length];
        for (int i = 0; i < speech.length; i++) {
            samples[2 * i] = (short) (left * speech[i] + other * speech[(i + speech.length / 2) % speech.length]);
            samples[2 * i + 1] = (short) (right * speech[i]);
        }
        return Files.write(folder.resolve(name), WavFile.write(samples, RATE, 2))
                .toString();
    }

    @Test
    void a_file_that_cannot_be_used_is_named() throws IOException {
        Path said = wav("said.wav", speech, RATE);
        Path text = Files.writeString(folder.resolve("heard.wav"), "no sound");
        assertThat(judge(said, text)).isEqualTo(2);
        assertThat(complained.toString()).contains("heard.wav: it is not a WAV file");
        assertThat(judge(folder.resolve("none.wav"), said)).isEqualTo(2);
        assertThat(complained.toString()).contains("there is no").contains("none.wav");
        assertThat(printed.toString()).isEmpty();
    }

    private int judge(String... arguments) {
        return new CommandLine(new JudgeCommand())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(arguments);
    }

    @Test
    void curves_are_printed_drawn_and_written() throws IOException {
        Path curves = folder.resolve("curves");
        assertThat(judge("--curves", curves.toString(), "--offsets", "1", "--only", "one-way", "--few"))
                .isZero();
        assertThat(printed.toString().lines()).hasSize(3);
        assertThat(printed.toString()).contains("| one-way delay, ms | 350 |");
        assertThat(Files.readString(curves.resolve("judge-curves.svg"))).contains("one-way delay");
        assertThat(Files.readString(curves.resolve("index.html"))).contains("too late for a conversation");
    }

    @Test
    void clean_directions_are_counted_and_raise_no_alarm() {
        assertThat(judge("--clean", "2", "--only", "uncoded", "--few")).isZero();
        assertThat(printed.toString())
                .startsWith("uncoded")
                .contains("2 directions")
                .contains("0 alarms");
    }

    @Test
    void pairs_for_another_judge_are_written_with_our_scores() throws IOException {
        Path pairs = folder.resolve("pairs");
        assertThat(judge("--pairs", pairs.toString(), "--only", "one-way", "--few"))
                .isZero();
        assertThat(Files.readAllLines(pairs.resolve("scores.csv")))
                .hasSize(8)
                .anyMatch(line -> line.matches("said-0.wav,heard-0.wav,[0-9.]+,\"one-way delay, ms\",100.0"));
        assertThat(pairs.resolve("heard-6.wav")).exists();
    }

    @Test
    void calls_over_networks_are_a_table() {
        assertThat(judge("--calls", "1", "--over", "undisturbed", "--codecs", "pcma,g722"))
                .isZero();
        assertThat(printed.toString().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .hasSize(3)
                .first()
                .isEqualTo("network|codec|verified|similarity missing|other|delay|MOS|not verified");
        assertThat(printed.toString())
                .containsPattern("undisturbed +pcma +2 of 2 +[45]\\.\\d")
                .containsPattern("undisturbed +g722 +2 of 2 +[45]\\.\\d");
    }

    @Test
    void calls_that_cannot_be_made_are_a_mistake() {
        assertThat(judge("--calls", "0")).isEqualTo(2);
        assertThat(judge("--calls", "1", "--over", "nowhere")).isEqualTo(2);
        assertThat(judge("--calls", "1", "--codecs", "mp3")).isEqualTo(2);
        assertThat(judge("--calls", "1", "said.wav", "heard.wav")).isEqualTo(2);
        assertThat(judge("--calls", "1", "--clean", "5")).isEqualTo(2);
        assertThat(complained.toString().lines()).hasSize(5);
        assertThat(complained.toString())
                .contains("--calls must be 1 to 1000", "no such network, but undisturbed; 50 ms of delay", "mp3");
        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void arguments_other_than_two_files_or_a_measurement_are_an_error() {
        assertThat(judge("said.wav")).isEqualTo(2);
        assertThat(judge("--clean", "0")).isEqualTo(2);
        assertThat(judge("--clean", "5", "said.wav", "heard.wav")).isEqualTo(2);
        assertThat(judge("--curves", folder.toString(), "--only", "one-way", "--offsets", "0"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains("'HEARD.WAV'", "not both", "--clean must be 1 to", "--offsets must be 1 to 161");
        assertThat(printed.toString()).isEmpty();
    }
}
