// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Arrival;

/** A buffer of fixed length without concealment: the least that a phone can do. */
final class FixedBuffer {
    private FixedBuffer() {}

    static short[] play(NetworkTrace trace, int samples, double bufferMillis) {
        short[] played = new short[samples];
        Arrival first = trace.arrivals().get(0);
        double base = first.millis() + bufferMillis - first.timestamp() / 8.0;
        int source = first.ssrc();
        int timestamp = first.timestamp();
        for (Arrival arrival : trace.arrivals()) {
            if (arrival.ssrc() != source || Math.abs((long) arrival.timestamp() - timestamp) > 16_000) {
                base = arrival.millis() + bufferMillis - arrival.timestamp() / 8.0;
                source = arrival.ssrc();
            }
            timestamp = arrival.timestamp();
            double due = base + timestamp / 8.0;
            int at = (int) (due * 8);
            if (arrival.millis() <= due && at + NetworkTrace.FRAME <= samples) {
                for (int i = 0; i < NetworkTrace.FRAME; i++) {
                    played[at + i] = G711.ULAW.decode(arrival.payload()[i]);
                }
            }
        }
        return played;
    }
}
