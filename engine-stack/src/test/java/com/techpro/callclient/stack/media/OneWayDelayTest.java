// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the microphone's membrane to the speaker's, over a LAN, where no clock knows another. */
class OneWayDelayTest {
    private static final int CALLS = 40;

    @ParameterizedTest
    @CsvSource({"8000, 20, 20, 68", "8000, 10, 10, 55", "48000, 20, 20, 74", "48000, 10, 10, 58", "16000, 20, 10, 65"})
    void sound_is_heard_soon_at_all_phases_of_the_clocks(int rate, int captured, int fetched, int mostMillis) {
        Random random = Seeds.random(rate + captured + fetched);
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            try (Clicks call = new Clicks(i, rate, captured, fetched)) {
                delays.add(call.delayMillis(random.nextInt(20_000), random.nextInt(20_000)));
                assertThat(call.call.bob.session.statistics().concealed()).isZero();
            }
        }
        delays.sort(null);
        assertThat(delays.get(CALLS / 2)).as("median").isLessThan(mostMillis);
        assertThat(delays.get(CALLS - 1)).as("longest").isLessThan(mostMillis + 16);
    }

    /** A call with devices of its own, in which a microphone hears a click. */
    private static final class Clicks implements AutoCloseable {
        private static final int CLICK_AT_MILLIS = 3_005;

        final TestCall call;
        private final Loop card;
        private final int rate;
        private final int captured;
        private final int fetched;
        private long spoken;
        private double heardAt = -1;

        Clicks(long seed, int rate, int captured, int fetched) {
            call = new TestCall(seed);
            card = call.time.openLoop("card");
            this.rate = rate;
            this.captured = captured;
            this.fetched = fetched;
        }

        double delayMillis(int microphoneMicros, int speakerMicros) {
            call.alice.closeMicrophone();
            call.alice.closeSpeaker();
            call.bob.closeMicrophone();
            call.bob.closeSpeaker();
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofMillis(40));
            long start = card.nanoTime();
            card.schedule(Duration.ofNanos(microphoneMicros * 1_000L), () -> capture(start));
            card.schedule(Duration.ofNanos(speakerMicros * 1_000L), () -> play(start));
            call.run(Duration.ofSeconds(4));
            return heardAt - CLICK_AT_MILLIS - microphoneMicros / 1_000.0 + captured;
        }

        private void capture(long start) {
            short[] frame = new short[rate / 1_000 * captured];
            for (int i = 0; i < frame.length; i++) {
                long since = spoken++ - (long) rate / 1_000 * CLICK_AT_MILLIS;
                frame[i] = since >= 0 && since < rate / 250
                        ? (short) (12_000 * Math.sin(Math.PI * since / rate * 500))
                        : 0;
            }
            call.alice.session.audioIn(rate).captured(frame);
            card.schedule(Duration.ofMillis(captured), () -> capture(start));
        }

        private void play(long start) {
            short[] frame = new short[rate / 1_000 * fetched];
            call.bob.session.audioOut(rate).fill(frame);
            for (int i = 0; i < frame.length && heardAt < 0; i++) {
                if (frame[i] > 2_000) {
                    heardAt = (card.nanoTime() - start) / 1e6 + 1_000.0 * i / rate;
                }
            }
            card.schedule(Duration.ofMillis(fetched), () -> play(start));
        }

        @Override
        public void close() {
            card.close();
            call.close();
        }
    }
}
