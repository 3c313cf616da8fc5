// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Packets of µ-law whose samples are constants that G.711 has, so that each sample of the result tells which packet it is of. */
class RecordedSoundTest {
    private static final Instant BEGIN = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final PayloadFormat ULAW = new PayloadFormat(Objects.requireNonNull(Codecs.find("PCMU/8000")), 0);

    private static final int[] CODES = {0x80, 0x9f, 0xaf};

    /** G.711 §2, table 2a: segments that double, of sixteen steps each. */
    private static int sample(int code) {
        int inverted = ~code & 0xff;
        return ((((inverted & 0x0f) << 3) + 0x84) << (inverted >> 4 & 7)) - 0x84;
    }

    @Test
    void packets_stand_one_after_the_other_from_when_the_first_came() {
        RecordedSound sound = sound(packet(100, 1, 0, 0), packet(120, 2, 160, 1), packet(140, 3, 320, 2));

        assertThat(sound.rate()).isEqualTo(8_000);
        assertThat(sound.samples()).hasSize(800 + 480);
        assertThat(part(sound, 0, 800)).containsOnly((short) 0);
        assertThat(part(sound, 800, 960)).containsOnly(of(0));
        assertThat(part(sound, 960, 1_120)).containsOnly(of(1));
        assertThat(part(sound, 1_120, 1_280)).containsOnly(of(2));
        assertThat(sound.missing()).isZero();
        assertThat(sound.lost()).isEmpty();
        assertThat(sound.codecs()).containsExactly("PCMU");
    }

    @Test
    void a_packet_that_did_not_come_is_silence_and_said_to_be_missing() {
        RecordedSound sound = sound(packet(0, 65_535, 0, 0), packet(60, 2, 480, 1));

        assertThat(sound.missing()).isEqualTo(2);
        assertThat(sound.lost()).containsExactly(new RecordedSound.Part(160, 480));
        assertThat(part(sound, 160, 480)).containsOnly((short) 0);
        assertThat(part(sound, 480, 640)).containsOnly(of(1));
    }

    @Test
    void silence_that_was_not_sent_is_not_missing() {
        RecordedSound sound = sound(packet(0, 1, 0, 0), packet(500, 2, 4_000, 1));

        assertThat(sound.missing()).isZero();
        assertThat(sound.lost()).isEmpty();
        assertThat(part(sound, 160, 4_000)).containsOnly((short) 0);
        assertThat(part(sound, 4_000, 4_160)).containsOnly(of(1));
    }

    @Test
    void one_that_was_overtaken_or_came_twice_is_where_it_belongs_once() {
        RecordedSound sound =
                sound(packet(0, 1, 0, 0), packet(40, 3, 320, 2), packet(41, 2, 160, 1), packet(42, 3, 320, 2));

        assertThat(sound.packets()).isEqualTo(3);
        assertThat(sound.missing()).isZero();
        assertThat(part(sound, 160, 320)).containsOnly(of(1));
        assertThat(part(sound, 320, 480)).containsOnly(of(2));
    }

    @Test
    void a_stream_that_begins_anew_goes_on_when_it_came() {
        RecordedSound sound =
                sound(packet(0, 1, 0, 0), other(packet(200, 7_000, 1_234_567, 1)), packet(1_500, 2, 900_000, 2));

        assertThat(part(sound, 1_600, 1_760)).containsOnly(of(1));
        assertThat(part(sound, 12_000, 12_160)).containsOnly(of(2));
        assertThat(sound.missing()).isZero();
    }

    @Test
    void sound_beyond_the_maximum_length_is_left_out() {
        RecordedSound sound = new RecordedSound(
                List.of(packet(0, 1, 0, 0), packet(990, 2, 7_920, 1), packet(5_000, 3, 40_000, 2)),
                BEGIN,
                Duration.ofSeconds(1));

        assertThat(sound.samples()).hasSize(8_000);
        assertThat(part(sound, 7_920, 8_000)).containsOnly(of(1));
    }

    @Test
    void headers_padding_and_packets_without_speech_are_left_out() {
        byte[] withAll = ByteBuffer.allocate(12 + 4 + 8 + 160 + 3)
                .put((byte) (0x80 | 0x20 | 0x10 | 1))
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(0)
                .putInt(1)
                .putInt(99)
                .putInt(0xbede0001)
                .putInt(0x11223344)
                .put(speech(0))
                .put(new byte[] {9, 9, 3})
                .array();
        TappedRtp key = new TappedRtp(
                BEGIN.plusMillis(20),
                1,
                "1001",
                true,
                address(1),
                address(2),
                rtp(2, 160, 1, new byte[4]),
                true,
                null,
                true);

        RecordedSound sound = sound(
                new TappedRtp(BEGIN, 1, "1001", true, address(1), address(2), withAll, true, ULAW, false),
                key,
                packet(40, 3, 320, 1));

        assertThat(sound.samples()).hasSize(480);
        assertThat(part(sound, 0, 160)).containsOnly(of(0));
        assertThat(part(sound, 160, 320)).containsOnly((short) 0);
        assertThat(sound.missing()).isZero();
        assertThat(sound.packets()).isEqualTo(3);
    }

    @Test
    void packets_that_are_garbled_are_no_sound() {
        byte[] header = rtp(1, 0, 1, new byte[0]);
        header[0] = (byte) 0xbf;
        RecordedSound sound =
                sound(new TappedRtp(BEGIN, 1, "1001", true, address(1), address(2), header, true, ULAW, false));

        assertThat(sound.samples()).isEmpty();
        assertThat(sound.peak()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void a_recording_keeps_the_newest() {
        MediaRecording recording = new MediaRecording(10 * (172 + 100), self -> {});
        for (int i = 0; i < 25; i++) {
            recording.rtp(packet(20 * i, i, 160 * i, 0));
        }

        assertThat(recording.count()).isEqualTo(10);
        assertThat(recording.dropped()).isEqualTo(15);
        assertThat(recording.packets().get(0).at()).isEqualTo(BEGIN.plusMillis(300));
    }

    @Test
    void of_many_legs_the_newest_are_decoded_and_of_a_long_one_its_last_minute() {
        MediaRecording recording = new MediaRecording(self -> {});
        for (int leg = 1; leg <= 25; leg++) {
            recording.rtp(new TappedRtp(
                    BEGIN, leg, "../" + leg, true, address(1), address(2), rtp(1, 0, 1, speech(0)), true, ULAW, false));
        }
        recording.rtp(new TappedRtp(
                BEGIN.plusSeconds(100),
                25,
                "../25",
                true,
                address(1),
                address(2),
                rtp(2, 800_000, 1, speech(1)),
                true,
                ULAW,
                false));

        List<RecordedLeg> legs = RecordedLeg.of(List.of(recording));

        assertThat(legs).hasSize(20);
        assertThat(legs.get(0).number()).isEqualTo(6);
        assertThat(legs.get(0).file(true)).isEqualTo("sound-6-sent.wav");
        RecordedLeg last = legs.get(19);
        assertThat(last.begin()).isEqualTo(BEGIN.plusSeconds(40));
        assertThat(last.sent().samples()).hasSize(8_000 * 60 + 160);
        assertThat(last.sent().packets()).isEqualTo(1);
    }

    private static RecordedSound sound(TappedRtp... packets) {
        return new RecordedSound(List.of(packets), BEGIN, MOST);
    }

    private static short of(int code) {
        return (short) sample(CODES[code]);
    }

    private static short[] part(RecordedSound sound, int from, int to) {
        return Arrays.copyOfRange(sound.samples(), from, to);
    }

    static TappedRtp packet(int millis, int sequence, int timestamp, int code) {
        return new TappedRtp(
                BEGIN.plusMillis(millis),
                1,
                "1001",
                true,
                address(1),
                address(2),
                rtp(sequence, timestamp, 1, speech(code)),
                true,
                ULAW,
                false);
    }

    private static TappedRtp other(TappedRtp packet) {
        packet.packet()[11] = 2;
        return packet;
    }

    private static byte[] speech(int code) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) CODES[code]);
        return payload;
    }

    static byte[] rtp(int sequence, int timestamp, int source, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(source)
                .put(payload)
                .array();
    }

    private static InetSocketAddress address(int host) {
        return new InetSocketAddress("10.0.0." + host, 4_000);
    }
}
