// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import io.github.jaredmdobson.concentus.OpusEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle for decoding is libopus 1.5.2, which made {@code opus-libopus.opus} of {@link SyntheticSpeech}, with redundancy; {@code OpusToolsTest} of the interop suite asks it the
 * other way as well:
 *
 * <pre>
 *   ffmpeg -f s16le -ar 48000 -ac 1 -i speech.raw -c:a libopus -b:a 24k -application voip -packet_loss 20 -fec 1 -flags +bitexact -fflags +bitexact opus-libopus.opus
 * </pre>
 */
class OpusTest {
    private static final int RATE = SyntheticSpeech.RATE;
    private static final int FRAME = RATE / 50;
    private static final String FEC = "useinbandfec=1";
    /** What encoder and decoder look ahead together: 6.5 ms (RFC 7845 §4.2). */
    private static final int DELAY = 312;

    private static final short[] SPEECH = SyntheticSpeech.samples(4);

    /** As the library leaves itself when it has found that an intermediate result of loud speech is too large. */
    @Test
    void an_encoder_that_the_library_has_broken_is_followed_by_another() throws ReflectiveOperationException {
        ConcentusEncoder encoder = new ConcentusEncoder(OpusParameters.parse(""));
        encoder.setBitrate(20_000);
        Object broken = library(encoder);
        breakLibrary(encoder);
        assertThat(encoder.encode(new short[960], 0, new byte[1_500], 0, 960)).isPositive();
        assertThat(library(encoder)).isNotSameAs(broken);
        assertThat(encoder.bitrate()).isEqualTo(20_000);
    }

    @Test
    void reduced_effort_survives_a_replacement_of_the_librarys_encoder() throws ReflectiveOperationException {
        ConcentusEncoder encoder = new ConcentusEncoder(OpusParameters.parse(""));
        int usual = complexity(encoder);
        encoder.setReducedEffort(true);
        int reduced = complexity(encoder);
        breakLibrary(encoder);
        encoder.encode(new short[960], 0, new byte[1_500], 0, 960);

        assertThat(reduced).isLessThan(usual);
        assertThat(complexity(encoder)).isEqualTo(reduced);
        encoder.setReducedEffort(false);
        assertThat(complexity(encoder)).isEqualTo(usual);
    }

    private static int complexity(ConcentusEncoder encoder) throws ReflectiveOperationException {
        return ((OpusEncoder) library(encoder)).getComplexity();
    }

    private static Object library(ConcentusEncoder encoder) throws ReflectiveOperationException {
        Field used = ConcentusEncoder.class.getDeclaredField("encoder");
        used.setAccessible(true);
        return used.get(encoder);
    }

    private static void breakLibrary(ConcentusEncoder encoder) throws ReflectiveOperationException {
        Object broken = library(encoder);
        for (Field state : broken.getClass().getDeclaredFields()) {
            if (!state.getType().isPrimitive() && !Modifier.isStatic(state.getModifiers())) {
                state.setAccessible(true);
                state.set(broken, null);
            }
        }
    }

    @Test
    void RFC7587_the_clock_is_48_kHz_and_two_channels_are_signalled_for_any_content() {
        assertThat(Codecs.rtpmap(Opus.INSTANCE)).isEqualTo("opus/48000/2");
        assertThat(Codecs.find("OPUS/48000/2")).isSameAs(Opus.INSTANCE);
        assertThat(Codecs.find("opus/48000")).isNull();
        assertThat(Opus.INSTANCE.clockUnits(FRAME)).isEqualTo(960);
        assertThat(Opus.INSTANCE.staticPayloadType()).isEqualTo(Codec.DYNAMIC);
        assertThat(Opus.INSTANCE.fmtp()).contains(FEC);
    }

    @Test
    void packets_encoded_by_libopus_decode_to_the_same_speech() throws IOException {
        List<byte[]> packets = libopus();
        assertThat(packets)
                .hasSizeBetween(200, 202)
                .allSatisfy(packet -> assertThat(samples(packet)).isEqualTo(FRAME));

        short[] heard = decoded(packets, Opus.INSTANCE.newDecoder());

        assertThat(likeness(SPEECH, heard, DELAY, 0, SPEECH.length - FRAME)).isGreaterThan(0.8);
        assertThat(loudness(heard) / loudness(SPEECH)).isBetween(0.9, 1.1);
    }

    @Test
    void our_encoded_packets_decode_to_the_same_speech() {
        List<byte[]> packets = encoded(Opus.INSTANCE.newEncoder(FEC), SPEECH, FRAME);

        short[] heard = decoded(packets, Opus.INSTANCE.newDecoder());

        assertThat(likeness(SPEECH, heard, DELAY, 0, SPEECH.length - FRAME)).isGreaterThan(0.8);
        assertThat(loudness(heard) / loudness(SPEECH)).isBetween(0.9, 1.1);
        assertThat(bitrate(packets)).isBetween(20_000.0, 36_000.0);
    }

    /** A phone system lets sound through from its second packet on, or the fourth: in the middle of a word. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_decoder_that_misses_the_first_packets_decodes_the_next_undistorted(int missed) {
        double loss = 0;
        int places = 0;
        for (int at = 20 * FRAME; at < SPEECH.length - 20 * FRAME; at += 7 * FRAME) {
            short[] said = Arrays.copyOfRange(SPEECH, at, at + 20 * FRAME);
            List<byte[]> packets = encoded(Opus.INSTANCE.newEncoder(""), said, FRAME);
            short[] all = decoded(packets, Opus.INSTANCE.newDecoder());
            short[] rest = decoded(packets.subList(missed, packets.size()), Opus.INSTANCE.newDecoder());
            int from = missed * FRAME;
            loss += likeness(said, all, DELAY, from, from + 2 * FRAME)
                    - likeness(Arrays.copyOfRange(said, from, said.length), rest, DELAY, 0, 2 * FRAME);
            places++;
        }
        assertThat(loss / places).isLessThan(0.02);
    }

    @Test
    void the_first_packets_may_be_longer_but_not_longer_than_was_allowed() {
        assertThat(bitrate(encoded(Opus.INSTANCE.newEncoder(""), SPEECH, FRAME).subList(0, 5)))
                .isGreaterThan(39_000);
        assertThat(bitrate(encoded(Opus.INSTANCE.newEncoder("maxaveragebitrate=16000"), SPEECH, FRAME)
                        .subList(0, 5)))
                .isLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 60})
    void packets_of_each_length_are_as_long_as_they_say(int millis) {
        int samples = RATE / 1000 * millis;
        List<byte[]> packets = encoded(Opus.INSTANCE.newEncoder(FEC), SPEECH, samples);

        assertThat(packets).allSatisfy(packet -> assertThat(samples(packet)).isEqualTo(samples));
        assertThat(likeness(SPEECH, decoded(packets, Opus.INSTANCE.newDecoder()), DELAY, 0, 3 * RATE))
                .isGreaterThan(0.8);
    }

    @ParameterizedTest
    @CsvSource({
        "20, '', 20",
        "10, '', 10",
        "30, '', 20",
        "100, '', 60",
        "1, '', 10",
        "20, minptime=40, 40",
        "60, minptime=40, 60",
        "20, minptime=3, 20",
        "10, minptime=20; useinbandfec=1, 20",
        "20, minptime=61, 20"
    })
    void the_packet_length_is_rounded_down_but_not_below_the_far_ends_minptime(int wanted, String fmtp, int millis) {
        assertThat(Opus.INSTANCE.packetMillis(wanted, fmtp)).isEqualTo(millis);
    }

    /** As before a key is pressed, at a rate of the microphone that is not the codec's. */
    @Test
    void sound_that_is_no_whole_frame_is_filled_up_with_silence() {
        Encoder encoder = Opus.INSTANCE.newEncoder("");
        byte[] payload = new byte[1_500];
        for (int count : new int[] {1, 119, 121, 953, 961, 1_441, 2_879}) {
            int octets = encoder.encode(SPEECH, RATE, payload, 0, count);
            int samples = OpusPacket.samples(payload, 0, octets);
            assertThat(samples).isBetween(count, Math.max(120, 2 * count));
        }
    }

    @Test
    void a_lost_packet_is_recovered_from_the_FEC_of_the_next() throws IOException {
        List<byte[]> packets = libopus();
        short[] undamaged = decoded(packets, Opus.INSTANCE.newDecoder());

        double recovered = likenessOfLost(packets, undamaged, true);
        double concealed = likenessOfLost(packets, undamaged, false);

        assertThat(recovered).isGreaterThan(0.8);
        assertThat(concealed).isLessThan(recovered - 0.1);
    }

    @Test
    void redundancy_is_only_of_one_frame_and_only_where_it_says_so() {
        Decoder decoder = Opus.INSTANCE.newDecoder();
        short[] room = new short[2 * FRAME];
        byte[] with = encoded(lossExpected(FEC), SPEECH, FRAME).stream()
                .filter(packet -> OpusPacket.hasRedundancy(packet, 0, packet.length))
                .findFirst()
                .orElseThrow();
        byte[] without = encoded(Opus.INSTANCE.newEncoder(""), SPEECH, FRAME).get(20);

        assertThat(decoder.recover(with, 0, with.length, room, 0, FRAME)).isTrue();
        assertThat(decoder.recover(with, 0, with.length, room, 0, 2 * FRAME)).isFalse();
        assertThat(decoder.recover(without, 0, without.length, room, 0, FRAME)).isFalse();
    }

    @Test
    void FEC_is_sent_only_if_the_far_end_uses_it_and_while_loss_is_expected() {
        assertThat(redundant(lossExpected(FEC))).isGreaterThan(50);
        assertThat(redundant(lossExpected(""))).isZero();
        assertThat(redundant(lossExpected("useinbandfec=0"))).isZero();
        assertThat(redundant(Opus.INSTANCE.newEncoder(FEC))).isZero();
    }

    /** Each change of mode is heard as little as none. */
    @Test
    void CELT_is_used_while_no_loss_is_reported_and_speech_continues_through_each_change() {
        Encoder encoder = Opus.INSTANCE.newEncoder(FEC);
        List<byte[]> packets = new ArrayList<>();
        List<Boolean> celt = new ArrayList<>();
        for (int at = 0; at + FRAME <= SPEECH.length; at += FRAME) {
            int number = at / FRAME;
            encoder.setExpectedLoss(number / 40 % 2 == 0 ? 0 : 5);
            byte[] payload = new byte[1_500];
            packets.add(Arrays.copyOf(payload, encoder.encode(SPEECH, at, payload, 0, FRAME)));
            if (number % 40 > 5) {
                celt.add(isCelt(packets.get(number)) == (number / 40 % 2 == 0));
            }
        }

        assertThat(celt).hasSizeGreaterThan(100).containsOnly(true);
        assertThat(likeness(SPEECH, decoded(packets, Opus.INSTANCE.newDecoder()), DELAY, 0, 3 * RATE))
                .isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"maxaveragebitrate=27000", "maxplaybackrate=16000", "usedtx=1", "maxplaybackrate=8000; cbr=1"})
    void SILK_is_used_where_it_sounds_better_or_is_needed(String fmtp) {
        assertThat(encoded(Opus.INSTANCE.newEncoder(fmtp), SPEECH, FRAME).stream()
                        .skip(5)
                        .filter(OpusTest::isCelt))
                .isEmpty();
    }

    /** RFC 6716 table 2. */
    private static boolean isCelt(byte[] packet) {
        return packet.length > 0 && (packet[0] & 0xFF) >> 3 >= 16;
    }

    private static Encoder lossExpected(String fmtp) {
        Encoder encoder = Opus.INSTANCE.newEncoder(fmtp);
        encoder.setExpectedLoss(5);
        return encoder;
    }

    /** The configurations of RFC 6716 table 2: SILK in three bandwidths, hybrid in two, CELT in four. */
    @ParameterizedTest
    @CsvSource({"8000, 4000", "12000, 6000", "16000, 8000", "24000, 12000", "48000, 20000"})
    void nothing_is_coded_that_the_far_end_does_not_play(int rate, int hertz) {
        Encoder encoder = Opus.INSTANCE.newEncoder("maxplaybackrate=" + rate + "; sprop-maxcapturerate=16000");
        encoder.setBitrate(32_000);
        List<byte[]> packets = encoded(encoder, SPEECH, FRAME);

        assertThat(packets).allSatisfy(packet -> assertThat(bandwidth(packet)).isLessThanOrEqualTo(hertz));
        assertThat(packets).anySatisfy(packet -> assertThat(bandwidth(packet)).isEqualTo(hertz));
    }

    @Test
    void the_bit_rate_respects_the_far_ends_maxaveragebitrate() {
        assertThat(bitrate(encoded(Opus.INSTANCE.newEncoder("maxaveragebitrate=14000"), SPEECH, FRAME)))
                .isBetween(9_000.0, 15_500.0);
        Encoder asked = Opus.INSTANCE.newEncoder("maxaveragebitrate=14000");
        asked.setBitrate(60_000);
        assertThat(bitrate(encoded(asked, SPEECH, FRAME))).isLessThan(15_500);
        Encoder free = Opus.INSTANCE.newEncoder("");
        free.setBitrate(60_000);
        assertThat(bitrate(encoded(free, SPEECH, FRAME))).isBetween(45_000.0, 66_000.0);
    }

    @Test
    void packets_have_one_size_if_the_far_end_prefers_a_constant_bit_rate() {
        assertThat(encoded(Opus.INSTANCE.newEncoder("cbr=1"), SPEECH, FRAME).stream()
                        .map(packet -> packet.length)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void silence_is_suppressed_only_if_the_far_end_prefers_DTX() {
        short[] silence = new short[4 * RATE];
        List<byte[]> left = encoded(Opus.INSTANCE.newEncoder("usedtx=1"), silence, FRAME);
        List<byte[]> sent = encoded(Opus.INSTANCE.newEncoder(""), silence, FRAME);

        // A packet every 400 ms keeps the noise up to date.
        assertThat(left.stream().filter(packet -> packet.length > 0)).hasSizeBetween(5, 40);
        assertThat(sent).allSatisfy(packet -> assertThat(packet).isNotEmpty());
        assertThat(encoded(Opus.INSTANCE.newEncoder("usedtx=1"), Arrays.copyOf(SPEECH, 7 * RATE / 4), FRAME).stream()
                        .filter(packet -> packet.length == 0)
                        .count())
                .isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";;=;=1;maxplaybackrate",
                "maxplaybackrate=7999;maxaveragebitrate=5999;minptime=0",
                "maxplaybackrate=-8000;maxaveragebitrate=9999999999;minptime=x",
                "stereo=1;sprop-stereo=1;useinbandfec=yes;usedtx=;cbr=2"
            })
    void parameters_that_make_no_sense_are_not_there(String fmtp) {
        assertThat(OpusParameters.parse(fmtp)).isEqualTo(new OpusParameters(48_000, 510_000, false, false, false, 3));
    }

    @Test
    void parameters_are_read_in_any_order_and_case() {
        assertThat(
                        OpusParameters.parse(
                                " MaxPlaybackRate=16000 ;stereo=0; usedtx=1;useinbandfec=1;maxaveragebitrate=20000;CBR=1;minptime=10"))
                .isEqualTo(new OpusParameters(16_000, 20_000, true, true, true, 10));
    }

    @Test
    void a_loss_is_gone_on_with_and_fades_and_any_number_of_samples_can_be_made_up() throws IOException {
        Decoder decoder = Opus.INSTANCE.newDecoder();
        short[] made = new short[RATE];
        assertThat(decoder.conceal(made, 0, FRAME)).isTrue();
        assertThat(loudness(Arrays.copyOf(made, FRAME))).isZero();

        List<byte[]> packets = libopus();
        short[] heard = decoded(packets.subList(0, 57), decoder);
        assertThat(decoder.conceal(made, 7, 441)).isTrue();
        assertThat(decoder.conceal(made, 448, FRAME)).isTrue();
        assertThat(loudness(Arrays.copyOfRange(made, 7, 400)))
                .isGreaterThan(0.3 * loudness(Arrays.copyOfRange(heard, heard.length - FRAME, heard.length)));
        for (int i = 0; i < 50; i++) {
            decoder.conceal(made, 0, FRAME);
        }
        assertThat(loudness(Arrays.copyOf(made, FRAME))).isLessThan(60);
    }

    @Test
    void where_sound_and_payload_lie_in_their_arrays_makes_no_difference() throws IOException {
        List<byte[]> packets = libopus();
        Decoder one = Opus.INSTANCE.newDecoder();
        Decoder other = Opus.INSTANCE.newDecoder();
        short[] front = new short[6_000];
        short[] back = new short[12_000];
        Random random = Seeds.random(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] payload = damaged(packets, random);
            byte[] shifted = new byte[payload.length + 5];
            System.arraycopy(payload, 0, shifted, 5, payload.length);
            Arrays.fill(back, (short) 1);
            int samples = one.decode(payload, 0, front, 0, payload.length);
            other.decode(shifted, 5, back, 6_000, payload.length);
            short[] expected = new short[back.length];
            Arrays.fill(expected, (short) 1);
            System.arraycopy(front, 0, expected, 6_000, samples);
            assertThat(Arrays.equals(back, expected)).as("packet " + i).isTrue();
        }
        assertThat(encoded(Opus.INSTANCE.newEncoder(FEC), SPEECH, FRAME))
                .containsExactlyElementsOf(encodedFromTheFront());
    }

    private static List<byte[]> encodedFromTheFront() {
        Encoder encoder = Opus.INSTANCE.newEncoder(FEC);
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < SPEECH.length; at += FRAME) {
            byte[] payload = new byte[1_500];
            packets.add(Arrays.copyOf(
                    payload, encoder.encode(Arrays.copyOfRange(SPEECH, at, at + FRAME), 0, payload, 0, FRAME)));
        }
        return packets;
    }

    /** What is no packet comes to no sound, and what is one comes to as much as it says, whatever is in it. */
    @Test
    void any_octets_are_decoded_recovered_from_and_concealed_without_harm() throws IOException {
        List<byte[]> packets = libopus();
        Random random = Seeds.random(7587);
        Decoder decoder = Opus.INSTANCE.newDecoder();
        short[] room = new short[20_000];
        for (int i = 0; i < 3_000; i++) {
            byte[] payload = random.nextInt(4) == 0 ? random(random) : damaged(packets, random);
            int offset = Math.min(payload.length, random.nextInt(4) == 0 ? 1 : 0);
            int length = payload.length - offset;
            int samples = decoder.samples(payload, offset, length);
            assertThat(samples).isBetween(0, 5_760);
            Arrays.fill(room, (short) 1);
            if (samples > 0 && random.nextInt(3) == 0) {
                decoder.recover(payload, offset, length, room, 100, OpusPacket.frameSamples(payload[offset]));
            }
            if (random.nextInt(5) == 0) {
                decoder.conceal(room, 100, 1 + random.nextInt(2_000));
            }
            assertThat(decoder.decode(payload, offset, room, 6_000, length)).isEqualTo(samples);
            assertThat(room[99]).isEqualTo((short) 1);
            assertThat(room[6_000 + samples]).isEqualTo((short) 1);
        }
        // And it hears as well as before.
        short[] heard = decoded(packets, decoder);
        assertThat(likeness(SPEECH, heard, DELAY, RATE / 2, 3 * RATE)).isGreaterThan(0.8);
    }

    private static byte[] random(Random random) {
        byte[] payload = new byte[random.nextInt(200)];
        random.nextBytes(payload);
        return payload;
    }

    private static byte[] damaged(List<byte[]> packets, Random random) {
        byte[] packet = packets.get(random.nextInt(packets.size()));
        byte[] payload = Arrays.copyOf(packet, Math.max(0, packet.length + random.nextInt(5) - 3));
        for (int i = random.nextInt(4); i > 0 && payload.length > 0; i--) {
            payload[random.nextInt(4) == 0 ? 0 : random.nextInt(payload.length)] = (byte) random.nextInt();
        }
        return payload;
    }

    /** How alike the lost packets of a stream are to what they would have been, if every fifth is lost. */
    private static double likenessOfLost(List<byte[]> packets, short[] undamaged, boolean redundancy) {
        Decoder decoder = Opus.INSTANCE.newDecoder();
        short[] heard = new short[packets.size() * FRAME];
        double product = 0;
        double ours = 0;
        double theirs = 0;
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            if (i % 5 != 4) {
                decoder.decode(packet, 0, heard, i * FRAME, packet.length);
                continue;
            }
            byte[] next = packets.get(Math.min(packets.size() - 1, i + 1));
            if (!redundancy || !decoder.recover(next, 0, next.length, heard, i * FRAME, FRAME)) {
                decoder.conceal(heard, i * FRAME, FRAME);
            }
            for (int at = i * FRAME; at < (i + 1) * FRAME; at++) {
                product += (double) heard[at] * undamaged[at];
                ours += (double) heard[at] * heard[at];
                theirs += (double) undamaged[at] * undamaged[at];
            }
        }
        return product / Math.sqrt(ours * theirs);
    }

    private static long redundant(Encoder encoder) {
        return encoded(encoder, SPEECH, FRAME).stream()
                .filter(packet -> OpusPacket.hasRedundancy(packet, 0, packet.length))
                .count();
    }

    private static int bandwidth(byte[] packet) {
        int config = (packet[0] & 0xFF) >> 3;
        if (config < 12) {
            return new int[] {4_000, 6_000, 8_000}[config / 4];
        }
        return config < 16
                ? new int[] {12_000, 20_000}[(config - 12) / 2]
                : new int[] {4_000, 8_000, 12_000, 20_000}[(config - 16) / 4];
    }

    private static int samples(byte[] packet) {
        return OpusPacket.samples(packet, 0, packet.length);
    }

    private static double bitrate(List<byte[]> packets) {
        int octets = packets.stream().mapToInt(packet -> packet.length).sum();
        return octets * 8.0 * 50 / packets.size();
    }

    private static List<byte[]> encoded(Encoder encoder, short[] speech, int frame) {
        List<byte[]> packets = new ArrayList<>();
        byte[] payload = new byte[1_500];
        for (int at = 0; at + frame <= speech.length; at += frame) {
            int octets = encoder.encode(speech, at, payload, 3, frame);
            packets.add(Arrays.copyOfRange(payload, 3, 3 + octets));
        }
        return packets;
    }

    private static short[] decoded(List<byte[]> packets, Decoder decoder) {
        short[] heard = new short[packets.stream().mapToInt(OpusTest::samples).sum()];
        int at = 0;
        for (byte[] packet : packets) {
            at += decoder.decode(packet, 0, heard, at, packet.length);
        }
        return heard;
    }

    /** Correlation, 1 if they are the same but for their loudness. */
    private static double likeness(short[] said, short[] heard, int delay, int from, int to) {
        double product = 0;
        double one = 0;
        double other = 0;
        for (int i = from; i < to; i++) {
            product += (double) said[i] * heard[i + delay];
            one += (double) said[i] * said[i];
            other += (double) heard[i + delay] * heard[i + delay];
        }
        return product / Math.sqrt(one * other);
    }

    private static double loudness(short[] samples) {
        double energy = 0;
        for (short sample : samples) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / samples.length);
    }

    /** The packets of a file in Ogg (RFC 3533 §6), without its two headers (RFC 7845 §3). */
    private static List<byte[]> libopus() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        try (InputStream in = OpusTest.class.getResourceAsStream("opus-libopus.opus")) {
            byte[] file = in.readAllBytes();
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            for (int page = 0; page < file.length; ) {
                int segments = file[page + 26] & 0xFF;
                int at = page + 27 + segments;
                for (int i = 0; i < segments; i++) {
                    int length = file[page + 27 + i] & 0xFF;
                    packet.write(file, at, length);
                    at += length;
                    if (length < 255) {
                        packets.add(packet.toByteArray());
                        packet.reset();
                    }
                }
                page = at;
            }
        }
        return packets.subList(2, packets.size());
    }
}
