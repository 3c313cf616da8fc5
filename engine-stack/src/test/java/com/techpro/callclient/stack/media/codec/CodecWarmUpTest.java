// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A costly codec is warmed up once in a process, on a worker. */
class CodecWarmUpTest {
    private final Deque<Runnable> workers = new ArrayDeque<>();

    @Test
    void a_costly_codec_is_warmed_up_once() {
        Counting codec = new Counting(true);
        CodecWarmUp.begin(codec, workers::add);
        CodecWarmUp.begin(codec, workers::add);
        assertThat(codec.encoded).as("on the caller's thread").isZero();
        assertThat(workers).hasSize(1);

        workers.remove().run();
        assertThat(codec.encoded).isGreaterThan(50);
        assertThat(codec.encodedWithLoss).as("with redundancy").isEqualTo(codec.encoded / 2);
        assertThat(codec.loudest).isBetween(4_000, 16_000);
        CodecWarmUp.begin(codec, workers::add);
        assertThat(workers).isEmpty();
    }

    @Test
    void a_cheap_codec_needs_no_warm_up() {
        CodecWarmUp.begin(new Counting(false), workers::add);

        assertThat(workers).isEmpty();
    }

    @Test
    void Opus_is_costly_and_G711_is_not() {
        assertThat(Opus.INSTANCE.isCostly()).isTrue();
        assertThat(G711.ALAW.isCostly()).isFalse();
    }

    private static final class Counting implements Codec {
        private final boolean costly;
        private int encoded;
        private int encodedWithLoss;
        private boolean loss;
        private int loudest;

        Counting(boolean costly) {
            this.costly = costly;
        }

        @Override
        public String encodingName() {
            return "counting";
        }

        @Override
        public int clockRate() {
            return 8_000;
        }

        @Override
        public int sampleRate() {
            return 8_000;
        }

        @Override
        public boolean isCostly() {
            return costly;
        }

        @Override
        public Impairment impairment() {
            return G711.ULAW.impairment();
        }

        @Override
        public Encoder newEncoder(String fmtp) {
            return new Encoder() {
                @Override
                public int encode(short[] samples, int offset, byte[] to, int toOffset, int count) {
                    encoded++;
                    encodedWithLoss += loss ? 1 : 0;
                    for (int i = offset; i < offset + count; i++) {
                        loudest = Math.max(loudest, Math.abs(samples[i]));
                    }
                    return G711.ULAW.encode(samples, offset, to, toOffset, count);
                }

                @Override
                public void setExpectedLoss(int percent) {
                    loss = percent > 0;
                }
            };
        }

        @Override
        public Decoder newDecoder() {
            return G711.ULAW.newDecoder();
        }
    }
}
