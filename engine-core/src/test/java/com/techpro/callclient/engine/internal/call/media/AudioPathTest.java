// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.media.AudioEndpoint;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When devices are opened and closed, step by step of loop and worker. */
class AudioPathTest {
    private static final Sound BOTH = new Sound(true, true);

    private final VirtualTime time = VirtualTime.seeded(4);
    private final Loop scheduler = time.openLoop("signalling");
    private final EngineLoop loop = new EngineLoop(scheduler);
    private final FakeAudio devices = new FakeAudio(scheduler);
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final AudioGate gate = new AudioGate(loop, () -> true, true);
    private final AudioPath path = new AudioPath(
            loop, worker::add, devices, CallOptions.DEFAULT, new Jack(), new AudioStreams(), gate, input -> {
                assertThat(input).isNotInstanceOf(CallInput.AudioInterrupted.class);
            });

    @BeforeEach
    void want() {
        scheduler.execute(() -> path.want(BOTH));
        time.settle();
    }

    @AfterEach
    void close() {
        scheduler.execute(() -> path.want(Sound.NONE));
        time.settle();
        work();
        assertThat(devices.openStreams()).isZero();
        scheduler.close();
        time.settle();
    }

    /** A busy machine lets the loop wait for a processor, and what is said meanwhile would be lost. */
    @Test
    void the_microphone_is_opened_after_the_speaker_without_waiting_for_the_loop() {
        assertThat(worker).hasSize(2);
        worker.forEach(Runnable::run);
        worker.clear();
        assertThat(devices.openStreams()).isEqualTo(2);
    }

    @Test
    void a_device_no_longer_wanted_when_it_opens_is_closed_again() {
        worker.remove().run();
        scheduler.execute(() -> path.want(Sound.NONE));
        time.settle();
        work();
        assertThat(devices.opened()).isEqualTo(2);
        assertThat(devices.openStreams()).isZero();
    }

    @Test
    void while_one_is_being_opened_the_other_is_not_opened_twice() {
        worker.remove().run();
        time.settle();
        scheduler.execute(() -> path.want(BOTH));
        time.settle();
        work();
        assertThat(devices.opened()).isEqualTo(2);
        assertThat(devices.openStreams()).isEqualTo(2);
    }

    private void work() {
        while (!worker.isEmpty()) {
            worker.remove().run();
            time.settle();
        }
    }

    private static final class Jack implements AudioEndpoint {
        @Override
        public CaptureSink audioIn(int sampleRate) {
            return samples -> {};
        }

        @Override
        public PlaybackSource audioOut(int sampleRate) {
            return samples -> {};
        }
    }
}
