// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** A stream of speech over a bad network, packet by packet, and a listener with a clock of his own. */
final class Trace {
    static final int FRAME = 160;
    static final long MILLI = 1_000_000;
    private static final byte[] SILENCE = new byte[FRAME];

    static {
        Arrays.fill(SILENCE, G711.ULAW.encode((short) 0));
    }

    private final Random random;
    private final int packets;
    private int firstSequence = 65_000;
    private int firstTimestamp = Integer.MAX_VALUE - 100_000;
    private double senderPpm;
    private double listenerPpm;
    private double loss;
    private double duplicates;
    /** Milliseconds under way, of each packet. */
    private IntFunction<Double> delay = packet -> 40.0;
    /** Frames of silence before a packet that the sender leaves out. */
    private IntFunction<Integer> pauseBefore = packet -> 0;
    /** How many the listener fetches, each 20 ms. */
    private IntFunction<Integer> fetched = pull -> 1;

    private IntPredicate silent = packet -> false;
    private IntPredicate lost = packet -> false;
    private int lostPackets;
    private int speakerRate = 8_000;

    Trace(long seed, int packets) {
        this.random = Seeds.random(seed);
        this.packets = packets;
    }

    Trace senderPpm(double ppm) {
        senderPpm = ppm;
        return this;
    }

    Trace listenerPpm(double ppm) {
        listenerPpm = ppm;
        return this;
    }

    Trace loss(double probability) {
        loss = probability;
        return this;
    }

    Trace duplicates(double probability) {
        duplicates = probability;
        return this;
    }

    Trace delay(IntFunction<Double> milliseconds) {
        delay = milliseconds;
        return this;
    }

    /** Evenly spread between 40 ms and 40 ms and this. */
    Trace jitter(double milliseconds) {
        return delay(packet -> 40 + random.nextDouble() * milliseconds);
    }

    /** Packets of silence. */
    Trace silent(IntPredicate packets) {
        silent = packets;
        return this;
    }

    /** Packets that never come. */
    Trace lost(IntPredicate packets) {
        lost = packets;
        return this;
    }

    Trace pauseBefore(IntFunction<Integer> frames) {
        pauseBefore = frames;
        return this;
    }

    Trace fetching(IntFunction<Integer> frames) {
        fetched = frames;
        return this;
    }

    Trace speakerRate(int rate) {
        speakerRate = rate;
        return this;
    }

    int lostPackets() {
        return lostPackets;
    }

    private record Arrival(long time, int sequence, int timestamp, byte[] payload) {}

    /** Plays the trace, and hands each frame to the listener. */
    Playout play(FrameListener listener) {
        List<Arrival> arrivals = arrivals();
        var playout = new Playout(8_000, speakerRate);
        short[] frame = new short[speakerRate / 50];
        int next = 0;
        long end = arrivals.get(arrivals.size() - 1).time;
        for (int pull = 0; ; pull++) {
            long now = (long) (pull * 20L * MILLI * (1 - listenerPpm / 1e6));
            while (next < arrivals.size() && arrivals.get(next).time <= now) {
                Arrival arrival = arrivals.get(next++);
                playout.buffer()
                        .insert(
                                arrival.sequence,
                                arrival.timestamp,
                                RtpClock.units(arrival.time, 8_000),
                                FRAME,
                                G711.ULAW,
                                arrival.payload,
                                0,
                                arrival.payload.length);
            }
            if (now > end) {
                return playout;
            }
            for (int i = 0; i < fetched.apply(pull); i++) {
                playout.next(frame, RtpClock.units(now, 8_000));
                listener.frame(now, frame, playout);
            }
        }
    }

    private List<Arrival> arrivals() {
        var arrivals = new ArrayList<Arrival>();
        long frames = 0;
        for (int packet = 0; packet < packets; packet++) {
            frames += pauseBefore.apply(packet);
            long sent = (long) (frames * 20 * MILLI * (1 - senderPpm / 1e6));
            int timestamp = firstTimestamp + (int) (frames * FRAME);
            byte[] payload = silent.test(packet) ? SILENCE : voice(frames);
            frames++;
            long under = (long) (delay.apply(packet) * MILLI);
            if (random.nextDouble() < loss || lost.test(packet)) {
                lostPackets++;
                continue;
            }
            int sequence = firstSequence + packet & 0xFFFF;
            arrivals.add(new Arrival(sent + under, sequence, timestamp, payload));
            if (random.nextDouble() < duplicates) {
                arrivals.add(new Arrival(sent + under + random.nextInt(50) * MILLI, sequence, timestamp, payload));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::time));
        return arrivals;
    }

    /** 125 Hz with overtones. */
    private static byte[] voice(long frame) {
        byte[] payload = new byte[FRAME];
        for (int i = 0; i < FRAME; i++) {
            double t = (frame * FRAME + i) % 64 / 64.0;
            double sample =
                    Math.sin(2 * Math.PI * t) + Math.sin(4 * Math.PI * t + 1) / 2 + Math.sin(6 * Math.PI * t) / 3;
            payload[i] = G711.ULAW.encode((short) (6000 * sample));
        }
        return payload;
    }

    interface FrameListener {
        void frame(long now, short[] frame, Playout playout);
    }
}
