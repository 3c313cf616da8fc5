// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.playout.ContinuousTimestamps;
import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Arrival;
import java.util.Arrays;

/** The engine's jitter buffer, and a speaker that fetches 20 ms at a time. */
final class EnginePlayer {
    private static final double FETCH_MILLIS = 20;
    /** Sockets are polled in slots. */
    private static final double SLOT_MILLIS = 4;
    /** How long before the fetch a frame is wanted at the latest: the least lead and a slot. */
    private static final double LEAD_MILLIS = 10;

    private EnginePlayer() {}

    /** @param phaseMillis of the speaker's clock */
    static short[] play(NetworkTrace trace, int samples, double phaseMillis) {
        Playout playout = new Playout(NetworkTrace.SAMPLE_RATE, NetworkTrace.SAMPLE_RATE);
        ContinuousTimestamps timestamps = new ContinuousTimestamps(NetworkTrace.SAMPLE_RATE);
        short[] played = new short[samples];
        short[] frame = new short[NetworkTrace.FRAME];
        int next = 0;
        int source = trace.arrivals().get(0).ssrc();
        for (double due = phaseMillis; ; due += FETCH_MILLIS) {
            int at = (int) ((due + LEAD_MILLIS) * 8);
            if (at + frame.length > samples) {
                return played;
            }
            for (; next < trace.arrivals().size(); next++) {
                Arrival arrival = trace.arrivals().get(next);
                double polled = Math.ceil(arrival.millis() / SLOT_MILLIS) * SLOT_MILLIS;
                if (polled > due) {
                    break;
                }
                if (arrival.ssrc() != source) {
                    source = arrival.ssrc();
                    timestamps.clear(NetworkTrace.SAMPLE_RATE);
                    playout.restart();
                }
                insert(playout, timestamps, arrival, (int) (polled * 8));
            }
            Arrays.fill(frame, (short) 0);
            playout.next(frame, (int) (due * 8));
            System.arraycopy(frame, 0, played, at, frame.length);
        }
    }

    private static void insert(Playout playout, ContinuousTimestamps timestamps, Arrival arrival, int now) {
        int timestamp = timestamps.of(arrival.sequence(), arrival.timestamp(), NetworkTrace.FRAME, now);
        if (timestamps.restarted()) {
            playout.restart();
        }
        byte[] payload = arrival.payload();
        playout.buffer()
                .insert(arrival.sequence(), timestamp, now, NetworkTrace.FRAME, G711.ULAW, payload, 0, payload.length);
    }
}
