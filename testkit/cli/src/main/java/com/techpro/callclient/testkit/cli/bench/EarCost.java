// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.soak.audio.Codings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Consumer;

/** Measures the cost of judging a second of speech. */
public final class EarCost {
    private static final double TARGET_MILLIS = 0.5;
    private static final int DELAY = 981;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EarCost() {}

    /**
     * Measures with two codecs, at 5 % packet loss.
     *
     * @param each how long each is judged, after a warm-up of the same time
     */
    public static void measure(Duration each, Consumer<BenchFigure> found) {
        for (SpeechCodec codec : new SpeechCodec[] {SpeechCodec.G711_ALAW, SpeechCodec.OPUS_24}) {
            Degradation way = Timing.delay(DELAY)
                    .then(Codings.channel(codec).degradation(0))
                    .then(PacketLoss.even(5).offset(DELAY));
            short[] said = TestVoice.packaged().samples();
            short[] heard = way.applyTo(said);
            Ear ear = new Ear();
            millisPerSecond(ear, said, heard, each);
            found.accept(new BenchFigure(
                    "CPU a second of speech judged, " + codec.title(),
                    millisPerSecond(ear, said, heard, each),
                    "ms",
                    TARGET_MILLIS,
                    "thread CPU, the packaged voice again and again, 5 % lost"));
        }
    }

    private static double millisPerSecond(Ear ear, short[] said, short[] heard, Duration each) {
        double seconds = 0;
        long began = THREADS.getCurrentThreadCpuTime();
        long spent;
        do {
            var unused = ear.compare(said, heard);
            seconds += heard.length / (double) Ear.SAMPLE_RATE;
            spent = THREADS.getCurrentThreadCpuTime() - began;
        } while (spent < each.toNanos());
        return spent / 1e6 / seconds;
    }
}
