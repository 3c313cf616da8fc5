// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import com.techpro.callclient.testkit.pbx.trace.TraceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a call to listen to, read by the JDK's own reader of WAV files, by by a reader of captures that shares nothing with their writer, and by Wireshark. */
class MediaRecordingTest {
    private static final int WAV_HEADER = 44;

    private final PbxScene scene = new PbxScene(231, PbxBuilder::traced);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        scene.close();
    }

    /** The Opus phone has its keys by DTLS, the other by SDES. */
    private Phone phone(String extension, String codec, double hertz) {
        boolean opus = codec.equals("opus");
        return scene.phone(
                        extension,
                        scene.pbx
                                .account(extension, opus ? SipTransport.WSS : SipTransport.TLS)
                                .keyingPolicy(opus ? KeyingPolicy.DTLS_ONLY : KeyingPolicy.SDES_ONLY)
                                .codecs(Set.of(codec))
                                .build())
                .registered()
                .speaking(hertz);
    }

    private void write(MediaRecording recording) throws IOException {
        TraceFiles.write(folder, "a call", "", scene.pbx.trace().messages(), List.of(), List.of(recording));
    }

    @Test
    void each_direction_of_each_phone_is_recorded_to_a_file() throws Exception {
        Phone anna = phone("1001", "opus", 440);
        Phone ben = phone("1002", "pcmu", 880);
        MediaRecording recording = scene.pbx.recordMedia();
        Call call = scene.talk(anna, ben);
        scene.pass(Duration.ofSeconds(3));
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        recording.close();

        write(recording);

        assertThat(names())
                .containsExactly(
                        "ladder.html",
                        "messages.pcapng",
                        "sound-1-1001-heard.wav",
                        "sound-1-1001-sent.wav",
                        "sound-2-1002-heard.wav",
                        "sound-2-1002-sent.wav");
        for (String file : List.of("sound-1-1001-sent.wav", "sound-2-1002-heard.wav")) {
            assertThat(amplitude(440, file)).as(file).isGreaterThan(5_000);
            assertThat(amplitude(880, file)).as(file).isLessThan(200);
        }
        for (String file : List.of("sound-1-1001-heard.wav", "sound-2-1002-sent.wav")) {
            assertThat(amplitude(880, file)).as(file).isGreaterThan(5_000);
            assertThat(amplitude(440, file)).as(file).isLessThan(200);
        }
        assertThat(rate("sound-1-1001-sent.wav")).isEqualTo(16_000);
        assertThat(rate("sound-2-1002-sent.wav")).isEqualTo(8_000);
        assertThat(Files.readString(folder.resolve("ladder.html")))
                .contains("<audio controls preload=\"metadata\" src=\"sound-1-1001-sent.wav\"", "opus, ", "PCMU, ")
                .doesNotContain("<script");
    }

    /** Of the two phones one is wideband: what is heard of the other is brought to its rate. */
    @Test
    void a_leg_alone_is_a_file_with_a_channel_for_each_direction() throws Exception {
        Phone anna = phone("1001", "opus", 440);
        Phone ben = phone("1002", "pcmu", 880);
        MediaRecording recording = scene.pbx.recordMedia(50_000);
        Call call = scene.talk(anna, ben);
        scene.pass(Duration.ofSeconds(3));
        List<LiveCall.Side> legs = scene.pbx.liveCalls().get(0).legs();
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        recording.close();

        for (int i = 0; i < 2; i++) {
            byte[] file = recording.wav(legs.get(i).leg());
            try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
                int rate = i == 0 ? 16_000 : 8_000;
                assertThat(in.getFormat().getSampleRate()).isEqualTo(rate);
                assertThat(in.getFormat().getChannels()).isEqualTo(2);
                ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
                short[] said = new short[bytes.remaining() / 4];
                short[] heard = new short[said.length];
                for (int at = 0; at < said.length; at++) {
                    said[at] = bytes.getShort();
                    heard[at] = bytes.getShort();
                }
                assertThat(said.length).as("the newest").isBetween(rate / 3, 2 * rate);
                int own = i == 0 ? 440 : 880;
                assertThat(Sound.amplitudeOf(own, said, rate)).isGreaterThan(3_000);
                assertThat(Sound.amplitudeOf(1_320 - own, heard, rate)).isGreaterThan(3_000);
                assertThat(Sound.amplitudeOf(1_320 - own, said, rate)).isLessThan(600);
            }
        }
        assertThat(recording.dropped()).isPositive();
        assertThat(recording.wav(77)).isNull();
    }

    @Test
    void packets_lost_towards_a_phone_are_missing_in_its_recording() throws Exception {
        Phone anna = phone("1001", "pcmu", 440);
        scene.pbx.faults().media("1001").toPhone().loseEvenly(0.1);
        scene.pbx.faults().media("1001").toPhone().delay(Duration.ofMillis(300));
        try (MediaRecording recording = scene.pbx.recordMedia()) {
            Call call = anna.account.dial("601");
            scene.pass(Duration.ofSeconds(4));
            call.hangUp();
            scene.pass(Duration.ofSeconds(1));
            write(recording);
        }

        String ladder = Files.readString(folder.resolve("ladder.html"));
        String heard = ladder.substring(ladder.indexOf("was sent"), ladder.indexOf("sound-1-1001-heard.wav"));
        assertThat(heard)
                .containsPattern(" 1[0-9]{2} packets, [12][0-9] missing")
                .contains("class=\"lost\"");
        String sent = ladder.substring(ladder.indexOf("1001 sent"), ladder.indexOf("sound-1-1001-sent.wav"));
        assertThat(sent).contains(" 0 missing").doesNotContain("class=\"lost\"");
    }

    @Test
    void only_media_during_the_recording_is_kept() {
        Phone anna = phone("1001", "pcmu", 440);
        Call call = anna.account.dial("600");
        scene.pass(Duration.ofSeconds(2));
        MediaRecording recording = scene.pbx.recordMedia();
        assertThat(recording.count()).isZero();
        scene.pass(Duration.ofSeconds(1));
        recording.close();
        int kept = recording.count();
        assertThat(kept).isBetween(90, 110);
        scene.pass(Duration.ofSeconds(1));

        assertThat(recording.count()).isEqualTo(kept);
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
    }

    @Test
    void the_capture_has_decrypted_sound_with_its_addresses_and_no_DTMF() throws Exception {
        record600();

        List<Rtp> packets = rtp();
        List<Rtp> speech = packets.stream().filter(rtp -> rtp.type == 0).toList();
        assertThat(speech).hasSizeGreaterThan(200);
        assertThat(speech).extracting(rtp -> rtp.comment).containsOnly("SRTP, decrypted by the PBX");
        assertThat(speech).extracting(rtp -> rtp.payload.length).containsOnly(160);
        int peak = speech.stream()
                .flatMapToInt(rtp -> new String(rtp.payload, StandardCharsets.ISO_8859_1).chars())
                .map(MediaRecordingTest::linear)
                .max()
                .orElse(0);
        assertThat(peak).isBetween(7_000, 9_000);
        String text = Files.readString(folder.resolve("messages.pcapng"), StandardCharsets.ISO_8859_1);
        Set<String> described = Pattern.compile("c=IN IP4 ([0-9.]+)\r\n(?:[^m][^\r]*\r\n)*m=audio (\\d+) RTP/AVP ")
                .matcher(text)
                .results()
                .map(section -> section.group(1) + ":" + section.group(2))
                .collect(Collectors.toSet());
        assertThat(described).hasSize(2);
        assertThat(speech).allMatch(rtp -> Set.of(rtp.from, rtp.to).equals(described));
        assertThat(speech.stream().map(rtp -> rtp.from).distinct()).hasSize(2);

        List<Rtp> keys = packets.stream().filter(rtp -> rtp.payload.length == 4).toList();
        assertThat(keys).isNotEmpty();
        assertThat(keys).extracting(rtp -> rtp.payload[0]).containsOnly((byte) 255);
        assertThat(keys).extracting(rtp -> rtp.comment).allMatch(comment -> comment.endsWith("which key is left out"));
        assertThat(text)
                .contains("RTP as the PBX decrypted it", "says RTP/SAVP, here RTP/AVP")
                .doesNotContain("inline:");
    }

    @Test
    @Tag("interop")
    void wireshark_finds_the_streams_and_plays_them() throws Exception {
        record600();
        String file = folder.resolve("messages.pcapng").toString();
        List<Rtp> speech = rtp().stream().filter(rtp -> rtp.type == 0).toList();

        assertThat(tshark("-r", file, "-q", "-z", "rtp,streams"))
                .contains("g711U")
                .doesNotContain("SRTP");
        assertThat(tshark("-r", file, "-Y", "_ws.malformed")).isEmpty();
        assertThat(tshark("-r", file, "-Y", "srtp.enc_payload")).isEmpty();
        for (String direction : speech.stream().map(Rtp::stream).distinct().toList()) {
            assertThat(Sound.amplitudeOf(440, playedByWireshark(file, direction), 8_000))
                    .as(direction)
                    .isBetween(7_000.0, 9_000.0);
        }
        assertThat(tshark("-r", file, "-Y", "rtp.setup-method == \"SDP\" && rtp.p_type == 0")
                        .lines()
                        .count())
                .isEqualTo(speech.size());
    }

    /** The first second from when somebody speaks, as its player makes it of a stream. */
    private static short[] playedByWireshark(String file, String stream) throws Exception {
        Process process = new ProcessBuilder("sharkd", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Writer out = process.outputWriter(StandardCharsets.US_ASCII)) {
            out.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"load\",\"params\":{\"file\":\"" + file + "\"}}\n");
            out.write("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"download\",\"params\":{\"token\":\"rtp:" + stream
                    + "\"}}\n");
        }
        String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Matcher data = Pattern.compile("\"data\":\"([^\"]+)\"").matcher(answers);
        assertThat(data.find()).as(answers).isTrue();
        ByteBuffer wav =
                ByteBuffer.wrap(Base64.getDecoder().decode(data.group(1))).order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[(wav.limit() - WAV_HEADER) / 2];
        wav.position(WAV_HEADER).asShortBuffer().get(samples);
        int first = 0;
        while (Math.abs(samples[first]) < 7_000) {
            first++;
        }
        return Arrays.copyOfRange(samples, first + 800, first + 8_800);
    }

    /** A call to the echo over TLS, with keys by SDES and two keys pressed. */
    private void record600() throws IOException {
        Phone anna = phone("1001", "pcmu", 440);
        try (MediaRecording recording = scene.pbx.recordMedia()) {
            Call call = anna.account.dial("600");
            scene.pass(Duration.ofSeconds(2));
            call.sendDtmf("42");
            scene.pass(Duration.ofSeconds(2));
            call.hangUp();
            scene.pass(Duration.ofSeconds(1));
            write(recording);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private double amplitude(double hertz, String file) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream in =
                AudioSystem.getAudioInputStream(folder.resolve(file).toFile())) {
            int rate = (int) in.getFormat().getSampleRate();
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            assertThat(samples.length).as(file).isBetween(2 * rate, 5 * rate);
            // From its middle, where everybody speaks.
            return Sound.amplitudeOf(
                    hertz, Arrays.copyOfRange(samples, samples.length / 2, samples.length / 2 + rate / 2), rate);
        }
    }

    private int rate(String file) throws IOException, UnsupportedAudioFileException {
        return (int) AudioSystem.getAudioFileFormat(folder.resolve(file).toFile())
                .getFormat()
                .getSampleRate();
    }

    private record Rtp(String from, String to, int type, int source, byte[] payload, String comment) {
        /** As Wireshark names it. */
        String stream() {
            return from.replace(':', '_') + "_" + to.replace(':', '_') + String.format("_0x%08x", source);
        }
    }

    /** Those packets of the capture that are RTP, as Wireshark's documentation of exported PDUs has them. */
    private List<Rtp> rtp() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("messages.pcapng")))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Rtp> found = new ArrayList<>();
        for (int at = 0; at < file.limit(); at += file.getInt(at + 4)) {
            if (file.getInt(at) != 6) {
                continue;
            }
            int length = file.getInt(at + 20);
            byte[] data = new byte[length];
            file.get(at + 28, data);
            int options = at + 28 + (length + 3) / 4 * 4;
            String comment = new String(file.array(), options + 4, file.getShort(options + 2), StandardCharsets.UTF_8);
            Rtp rtp = rtp(ByteBuffer.wrap(data), comment);
            if (rtp != null) {
                found.add(rtp);
            }
        }
        return found;
    }

    private static @Nullable Rtp rtp(ByteBuffer packet, String comment) {
        String dissector = "";
        String from = "";
        String to = "";
        for (int tag = packet.getShort(); tag != 0; tag = packet.getShort()) {
            byte[] value = new byte[packet.getShort()];
            packet.get(value);
            switch (tag) {
                case 12 -> dissector = new String(value, StandardCharsets.US_ASCII).trim();
                case 20 -> from = dotted(value);
                case 21 -> to = dotted(value);
                case 25 -> from += ":" + ByteBuffer.wrap(value).getInt();
                case 26 -> to += ":" + ByteBuffer.wrap(value).getInt();
                default -> assertThat(tag).isEqualTo(24);
            }
        }
        packet.getShort();
        if (!dissector.equals("rtp")) {
            return null;
        }
        assertThat(packet.get()).isEqualTo((byte) 0x80);
        int type = packet.get() & 0x7f;
        packet.position(packet.position() + 6);
        int source = packet.getInt();
        byte[] payload = new byte[packet.remaining()];
        packet.get(payload);
        return new Rtp(from, to, type, source, payload, comment);
    }

    private static String dotted(byte[] address) {
        return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "." + (address[3] & 0xff);
    }

    /** G.711 §2, table 2a: segments that double, of sixteen steps each. */
    private static int linear(int code) {
        int inverted = ~code & 0xff;
        int magnitude = ((((inverted & 0x0f) << 3) + 0x84) << (inverted >> 4 & 7)) - 0x84;
        return inverted > 0x7f ? -magnitude : magnitude;
    }

    private static String tshark(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return out;
    }
}
