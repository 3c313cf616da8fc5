// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How packets are put together (RFC 6716 §3). The oracle for random ones is the parser of libopus, as ported by Concentus, which ours shares no code with. */
class OpusPacketTest {
    private static final int LONGEST = 5_760;

    /** Configurations of table 2, with one frame each. */
    @ParameterizedTest
    @CsvSource({
        "00, 480",
        "08, 960",
        "10, 1920",
        "18, 2880",
        "58, 2880",
        "60, 480",
        "68, 960",
        "78, 960",
        "80, 120",
        "88, 240",
        "90, 480",
        "98, 960",
        "F8, 960"
    })
    void RFC6716_3_1_the_first_octet_says_how_long_a_frame_is(String toc, int samples) {
        assertThat(samples(toc + "AA")).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({
        "one frame without sound, 78, 960",
        "two of one size, 79AABB, 1920",
        "two of sizes that are told, 7A01AABBCC, 1920",
        "three of one size, 7B03AABBCC, 2880",
        "three of sizes that are told, 7B830102AABBBBCC, 2880",
        "with padding, 7B4302AABBCC0000, 2880",
        "much padding, 7B42FF01AABB, 0",
        "48 of 2.5 ms, 83B0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000, 5760"
    })
    void frames_are_counted(String what, String packet, int samples) {
        assertThat(samples(packet)).as(what).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({
        "R1 nothing, ''",
        "R3 two of one size in an odd number of octets, 79AABBCC",
        "R4 a first frame longer than the packet, 7A05AABB",
        "R4 a length of which half is missing, 7AFC",
        "R5 no frames, 7B00",
        "R5 a count that is missing, 7B",
        "R5 more than 120 ms, 7B07AAAAAAAAAAAAAA",
        "R5 three frames of 60 ms, 1B03AABBCC",
        "R6 octets that three frames cannot share, 7B03AABBCCDD",
        "R6 more padding than there is, 7B4305AABBCC",
        "R6 padding of an unknown length, 7B43FF",
        "R7 lengths beyond the packet, 7B83FB02AABB",
        "R7 a length that is missing, 7B83"
    })
    void RFC6716_3_4_a_packet_that_breaks_a_rule_is_invalid(String what, String packet) {
        assertThat(samples(packet)).as(what).isZero();
        byte[] octets = HexFormat.of().parseHex(packet);
        assertThat(OpusPacket.hasRedundancy(octets, 0, octets.length)).as(what).isFalse();
    }

    @Test
    void RFC6716_3_4_no_frame_has_more_than_1275_octets() {
        byte[] packet = new byte[1_277];
        packet[0] = 0x78;
        assertThat(OpusPacket.samples(packet, 0, 1_276)).isEqualTo(960);
        assertThat(OpusPacket.samples(packet, 0, 1_277)).isZero();
    }

    @Test
    void a_packet_is_one_if_and_only_if_another_parser_takes_it_and_as_long() {
        Random random = Seeds.random(3_2_5);
        int packets = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[3 + random.nextInt(40)];
            random.nextBytes(octets);
            int offset = random.nextInt(3);
            int length = octets.length - offset;
            if (random.nextBoolean() && length > 1) {
                octets[offset] |= 3;
                octets[offset + 1] &= (byte) 0xC7;
            }
            int ours = OpusPacket.samples(octets, offset, length);
            assertThat(ours)
                    .as(HexFormat.of().formatHex(octets, offset, octets.length))
                    .isEqualTo(theirs(octets, offset, length));
            packets += ours > 0 ? 1 : 0;
        }
        assertThat(packets).isBetween(20_000, 180_000);
    }

    @ParameterizedTest
    @CsvSource({
        "20 ms, 4840, true",
        "20 ms without, 48BF, false",
        "60 ms, 5810, true",
        "60 ms without, 58EF, false",
        "stereo in its second channel, 4C10, true",
        "hybrid, 7840, true",
        "CELT has none, F8FF, false",
        "no frame to have any, 48, false",
        "first of two, 49400000, false",
        "first of two that share, 494000, true",
        "first of two with lengths, 4A014000, true",
        "first of two with an empty first, 4A0040, false",
        "first of three with lengths, 4B830101400000, true",
        "first of three behind padding, 4B43014000000000, false",
        "first of two behind padding, 4B42014000FF, true"
    })
    void RFC6716_4_2_4_the_LBRR_flag_after_the_VAD_flags_indicates_redundancy(
            String what, String packet, boolean there) {
        byte[] octets = HexFormat.of().parseHex(packet);
        assertThat(OpusPacket.hasRedundancy(octets, 0, octets.length)).as(what).isEqualTo(there);
    }

    private static int samples(String packet) {
        byte[] octets = HexFormat.of().parseHex(packet);
        return OpusPacket.samples(octets, 0, octets.length);
    }

    private static int theirs(byte[] octets, int offset, int length) {
        try {
            OpusPacketInfo parsed = OpusPacketInfo.parseOpusPacket(octets, offset, length);
            int samples = parsed.Frames.size() * OpusPacketInfo.getNumSamplesPerFrame(octets, offset, 48_000);
            return samples > LONGEST ? 0 : samples;
        } catch (OpusException | RuntimeException e) {
            return 0;
        }
    }
}
