// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever comes as a payload is decoded within its length, or is none, in each codec. Two payloads follow one another, as a decoder has a state. */
class CodecFuzzTest {
    private static final int OFFSET = 3;

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_payload(byte[] bytes) {
        check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_payload")
    void replayed_payloads(byte[] input) {
        check(input);
    }

    @Test
    void damaged_payloads() {
        Corpus.damage(
                Corpus.inputs(CodecFuzzTest.class, "any_payload"), 4_000, 6716, "\u0000\u0003\u0080\u00ff", input -> {
                    check(input);
                    return true;
                });
    }

    /** The first octet says where the first of two payloads ends. */
    private static void check(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int cut = OFFSET + (bytes[0] & 0xFF) % bytes.length;
        byte[] packet = new byte[OFFSET + bytes.length];
        System.arraycopy(bytes, 0, packet, OFFSET, bytes.length);
        for (Codec codec : Codecs.ALL) {
            Decoder decoder = codec.newDecoder();
            decode(decoder, packet, OFFSET, cut - OFFSET);
            decode(decoder, packet, cut, packet.length - cut);
        }
    }

    private static void decode(Decoder decoder, byte[] packet, int from, int length) {
        int samples = decoder.samples(packet, from, length);
        assertThat(samples).isBetween(0, Math.max(decoder.codec().clockRate() * 12 / 100, 2 * length));
        if (samples == 0) {
            return;
        }
        short[] to = new short[samples + 2];
        Arrays.fill(to, (short) 0x5A5A);
        if (decoder.hasRedundancy(packet, from, length)) {
            boolean unused = decoder.recover(packet, from, length, to, 1, samples);
        }
        assertThat(decoder.decode(packet, from, to, 1, length)).isBetween(0, samples);
        assertThat(to[0]).as("before its place").isEqualTo((short) 0x5A5A);
        assertThat(to[samples + 1]).as("behind its place").isEqualTo((short) 0x5A5A);
    }
}
