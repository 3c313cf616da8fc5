// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.Allocation;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Two calls and the user in one conversation, all of them loud, through the rings that real calls have. Here and not beside the engine's own tests, as
 * these are a module that does not read the machine's counters.
 */
class MixerAllocationTest {
    private static final int RATE = 8_000;
    private static final int FRAME = 160;
    private static final int MINUTE = 3_000;

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final short[] voice = new short[FRAME];
    private final short[] frame = new short[FRAME];
    private long now;

    @Test
    void nothing_is_allocated_for_a_mixed_frame() throws IOException {
        MediaLoop loop = new MediaLoop(time, network.host("192.0.2.1"), "mix", (thread, failure) -> {
            throw new AssertionError(failure);
        });
        Arrays.fill(voice, (short) 20_000);
        Call one = new Call();
        Call other = new Call();
        Mixer mixer = new Mixer(loop, RATE, one, other, () -> {});
        mixer.set(0, true, true, false);
        mixer.set(1, true, true, false);

        long bytes = Allocation.in(MINUTE, () -> mixer.serve(now += 20_000_000), () -> {
            mixer.microphone(RATE).captured(voice);
            mixer.speaker(RATE).fill(frame);
            one.pass();
            other.pass();
        });

        assertThat(frame[FRAME - 1]).as("the mix is heard").isGreaterThan((short) 20_000);
        assertThat(one.taken[FRAME - 1]).isGreaterThan((short) 20_000);
        assertThat(bytes).as("bytes in a minute").isZero();
        loop.closeUnused();
        time.settle();
        network.close();
        time.close();
    }

    /** A call's end of the mix. */
    private final class Call implements AudioEndpoint {
        private final CaptureRing in = new CaptureRing(RATE);
        private final PlaybackRing out = new PlaybackRing(RATE);
        private final short[] taken = new short[FRAME];

        /** A frame comes from the far end, and one goes there. */
        void pass() {
            out.look(true, now);
            if (out.wants(true, now)) {
                out.put(voice);
            }
            in.take(taken);
        }

        @Override
        public CaptureSink audioIn(int sampleRate) {
            return in;
        }

        @Override
        public PlaybackSource audioOut(int sampleRate) {
            return out;
        }
    }
}
