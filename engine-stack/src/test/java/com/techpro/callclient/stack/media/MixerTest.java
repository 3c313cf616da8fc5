// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mixer between two calls and devices whose clocks are not its own. */
class MixerTest {
    private static final int RATE = 8_000;
    private static final int FRAME = 160;
    private static final int MINUTE = 3_000;

    private final VirtualTime time = VirtualTime.seeded(3);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    private final MediaLoop loop;
    private final FarEnd bert = new FarEnd(800);
    private final FarEnd cleo = new FarEnd(1_250);
    private final Mixer mixer;
    private final Tone voice = new Tone(500);
    private final short[] heard = new short[FRAME];
    private int silentFrames;
    private long now;

    MixerTest() throws IOException {
        loop = new MediaLoop(time, network.host("192.0.2.1"), "mix", (thread, failure) -> {
            throw new AssertionError(failure);
        });
        mixer = new Mixer(loop, RATE, bert, cleo, () -> {});
        mixer.set(0, true, true, false);
        mixer.set(1, true, true, false);
    }

    @AfterEach
    void close() {
        loop.closeUnused();
        time.settle();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.999, 0.9999, 1, 1.0001, 1.001})
    void devices_that_are_faster_or_slower_are_followed_and_delay_stays_short(double pace) {
        run(MINUTE, pace);
        bert.forget();
        silentFrames = 0;
        long longest = 0;
        for (int i = 0; i < 5; i++) {
            run(MINUTE, pace);
            longest = Math.max(longest, mixer.speaker(RATE).delayNanos());
        }

        assertThat(longest).as("nanoseconds that sound waits for the speaker").isLessThan(60_000_000);
        assertThat(bert.silent)
                .as("frames without the user's voice in five minutes")
                .isLessThan(5 * MINUTE / 500);
        assertThat(silentFrames).as("frames without sound at the speaker").isZero();
        assertThat(new Sound(heard).power(800) + new Sound(heard).power(1_250)).isGreaterThan(0.7);
        assertThat(new Sound(heard).power(500)).isLessThan(0.1);
    }

    @Test
    void a_leg_that_neither_listens_nor_speaks_is_left_out() {
        mixer.set(0, false, false, false);
        run(100, 1);

        assertThat(bert.frames).isZero();
        assertThat(bert.fetched).isZero();
        assertThat(cleo.frames).isBetween(99, 100);
        assertThat(new Sound(cleo.last).power(500)).isGreaterThan(0.9);
    }

    /** @param pace of the devices' clock against the mixer's */
    private void run(int frames, double pace) {
        double due = 0;
        for (int i = 0; i < frames; i++) {
            for (due += pace; due >= 1; due--) {
                mixer.microphone(RATE).captured(voice.next());
                mixer.speaker(RATE).fill(heard);
                silentFrames += new Sound(heard).loudness() < 100 ? 1 : 0;
            }
            now += 20_000_000;
            mixer.serve(now);
        }
    }

    private static final class Tone {
        private final double pitch;
        private final short[] frame = new short[FRAME];
        private long at;

        Tone(double pitch) {
            this.pitch = pitch;
        }

        short[] next() {
            for (int i = 0; i < FRAME; i++) {
                frame[i] = (short) (8_000 * Math.sin(2 * Math.PI * pitch * at++ / 8_000));
            }
            return frame;
        }
    }

    /** A call of the same clock. */
    private static final class FarEnd implements AudioEndpoint {
        private final Tone tone;
        private short[] last = new short[FRAME];
        private int frames;
        private int fetched;
        private int silent;

        FarEnd(double pitch) {
            tone = new Tone(pitch);
        }

        void forget() {
            silent = 0;
        }

        @Override
        public CaptureSink audioIn(int sampleRate) {
            return samples -> {
                last = Arrays.copyOf(samples, FRAME);
                frames++;
                silent += new Sound(last).power(500) < 0.1 ? 1 : 0;
            };
        }

        @Override
        public PlaybackSource audioOut(int sampleRate) {
            return samples -> {
                System.arraycopy(tone.next(), 0, samples, 0, FRAME);
                fetched++;
            };
        }
    }
}
