// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The state of each source under one master key. A source is remembered only after an authentic
 * packet.
 */
final class SrtpSources {
    /**
     * The most sources of one context. None is ever forgotten, because its packets could then be
     * replayed; only a holder of the key can add one.
     */
    static final int MAX = 64;

    private Source[] sources = new Source[2];
    private int count;

    @Nullable
    Source find(int ssrc) {
        for (int i = 0; i < count; i++) {
            if (sources[i].ssrc == ssrc) {
                return sources[i];
            }
        }
        return null;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean full() {
        return count == MAX;
    }

    Source add(int ssrc) {
        if (count == sources.length) {
            sources = Arrays.copyOf(sources, count * 2);
        }
        Source source = new Source(ssrc);
        sources[count++] = source;
        return source;
    }

    /** One synchronisation source. */
    static final class Source {
        final int ssrc;
        /** For 48-bit RTP packet indices: roll-over counter and sequence number. */
        final ReplayWindow rtp = new ReplayWindow();
        /** For 31-bit SRTCP indices. */
        final ReplayWindow rtcp = new ReplayWindow();

        Source(int ssrc) {
            this.ssrc = ssrc;
        }
    }
}
