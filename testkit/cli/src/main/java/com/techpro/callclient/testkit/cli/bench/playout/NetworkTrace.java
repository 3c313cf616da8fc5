// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.stack.media.codec.G711;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Speech in G.711 and 20 ms packets, as a network delivers it. The same seed gives the same packets. */
final class NetworkTrace {
    /** Samples of a packet. */
    static final int FRAME = 160;

    static final int SAMPLE_RATE = 8_000;
    private static final double FRAME_MILLIS = 20;
    private static final double BASE_MILLIS = 20;

    private final List<Arrival> arrivals;

    /**
     * A packet.
     *
     * @param millis when it arrives, since the first sample was spoken
     */
    @SuppressWarnings("ArrayRecordComponent") // a hand-over, never compared
    record Arrival(double millis, int sequence, int timestamp, int ssrc, byte[] payload) {}

    /** What a network does. */
    enum Condition {
        EVEN("even"),
        UNIFORM("jitter, uniform, 60 ms"),
        LOSS_1("loss in bursts, 1 %"),
        LOSS_5("loss in bursts, 5 %"),
        LOSS_10("loss in bursts, 10 %"),
        LOSS_20("loss in bursts, 20 %"),
        SPIKES("Wi-Fi spikes, 80 to 150 ms"),
        GAP("handover, 0.5 s"),
        LONG_GAP("handover, 2 s"),
        DRIFT("clocks 300 ppm apart"),
        REBASE("timestamps set anew"),
        SOURCE("another source");

        final String title;

        Condition(String title) {
            this.title = title;
        }
    }

    private NetworkTrace(List<Arrival> arrivals) {
        this.arrivals = arrivals;
    }

    /** In the order of their arrival. */
    List<Arrival> arrivals() {
        return arrivals;
    }

    static NetworkTrace of(Condition condition, short[] speech, long seed) {
        Random random = new Random(seed);
        Losses losses = new Losses(condition, random);
        List<Arrival> arrivals = new ArrayList<>();
        int frames = speech.length / FRAME;
        double spike = 0;
        double latest = 0;
        for (int i = 0; i < frames; i++) {
            double position = (double) i / frames;
            double seconds = i * FRAME_MILLIS / 1000;
            spike = spike > 0
                    ? spike - FRAME_MILLIS
                    : condition == Condition.SPIKES && random.nextInt(120) == 0 ? 80 + random.nextInt(70) : 0;
            double clock = condition == Condition.DRIFT ? 1 + 300e-6 : 1;
            double delay = BASE_MILLIS + jitter(condition, random) + Math.max(0, spike);
            if (losses.next(seconds)) {
                continue;
            }
            if (condition == Condition.GAP || condition == Condition.LONG_GAP) {
                // The other network's way is longer.
                delay += seconds % 20 >= 10 ? 30 : 0;
            }
            boolean changed = position >= 0.5;
            int timestamp = i * FRAME + (changed && condition == Condition.REBASE ? 123_456_789 : 0);
            int ssrc = changed && condition == Condition.SOURCE ? 2 : 1;
            double at = (i + 1) * FRAME_MILLIS * clock + delay;
            // A queue delivers in order; jitter alone may reorder.
            latest = condition == Condition.SPIKES ? Math.max(latest, at) : at;
            arrivals.add(new Arrival(latest, i & 0xFFFF, timestamp, ssrc, coded(speech, i * FRAME)));
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::millis));
        return new NetworkTrace(arrivals);
    }

    private static double jitter(Condition condition, Random random) {
        return condition == Condition.UNIFORM
                ? random.nextDouble() * 60
                : condition == Condition.EVEN ? 0 : random.nextDouble() * 5;
    }

    private static byte[] coded(short[] speech, int from) {
        byte[] payload = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            payload[i] = G711.ULAW.encode(speech[from + i]);
        }
        return payload;
    }

    /** A Gilbert-Elliott channel whose bad state loses all, for two packets on average; or a handover. */
    private static final class Losses {
        private static final double LEAVES_BAD = 0.5;

        private final Condition condition;
        private final Random random;
        private final double entersBad;
        private boolean bad;

        Losses(Condition condition, Random random) {
            this.condition = condition;
            this.random = random;
            double share = switch (condition) {
                case LOSS_1 -> 0.01;
                case LOSS_5 -> 0.05;
                case LOSS_10 -> 0.10;
                case LOSS_20 -> 0.20;
                default -> 0;
            };
            entersBad = share * LEAVES_BAD / (1 - share);
        }

        boolean next(double seconds) {
            double gap = condition == Condition.GAP ? 0.5 : condition == Condition.LONG_GAP ? 2 : 0;
            bad = bad ? random.nextDouble() >= LEAVES_BAD : random.nextDouble() < entersBad;
            return bad || (seconds % 10 < gap && seconds >= 10);
        }
    }
}
