// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The streams' threads, on lines that always have something to give. */
class JavaSoundAudioTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Headsets headsets = new Headsets();
    private final JavaSoundAudio audio = new JavaSoundAudio(headsets);
    private final AudioStreamListener listener = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {
            told.add("interrupted");
        }

        @Override
        public void restored() {
            told.add("restored");
        }
    };

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("callclient-")) {
                thread.join(5000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void AUD_2_framesComeOnANamedThreadOfTheStream() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();

        try (AudioStream stream = audio.openCapture(
                null,
                AudioFormat.NARROWBAND,
                frame -> thread.complete(Thread.currentThread().getName()),
                listener)) {
            assertThat(thread.get(5, TimeUnit.SECONDS)).startsWith("callclient-capture-");
        }
    }

    @Test
    void AUD_6_closingWaitsForTheCallbackUnderWayAndReleasesTheDevice() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger frames = new AtomicInteger();
        AudioStream stream = audio.openCapture(
                null,
                AudioFormat.NARROWBAND,
                frame -> {
                    frames.incrementAndGet();
                    inside.countDown();
                    await(leave);
                },
                listener);
        await(inside);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(stream::close);
        assertThat(closing.isDone()).isFalse();
        leave.countDown();
        closing.get(5, TimeUnit.SECONDS);

        assertThat(frames).hasValue(1);
        assertThat(headsets.last.open).isFalse();
    }

    @Test
    void AUD_6_aStreamMayBeClosedFromItsOwnCallbackAndTwice() throws Exception {
        CompletableFuture<AudioStream> handle = new CompletableFuture<>();
        AtomicInteger frames = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);

        AudioStream stream = audio.openCapture(
                null,
                AudioFormat.NARROWBAND,
                frame -> {
                    frames.incrementAndGet();
                    handle.join().close();
                    closed.countDown();
                },
                listener);
        handle.complete(stream);
        await(closed);
        stream.close();

        assertThat(frames).hasValue(1);
        assertThat(headsets.last.open).isFalse();
    }

    @Test
    void aDriverThatHangsHoldsUpClosingForASecondAtMost() throws Exception {
        headsets.hang = new CountDownLatch(1);
        AudioStream stream = audio.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, listener);
        await(headsets.hanging);

        long before = System.nanoTime();
        stream.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        headsets.hang.countDown();
    }

    @Test
    void AUD_4_aHeadsetPulledOutGivesWayToTheDefaultDevice() throws Exception {
        try (AudioStream stream = audio.openCapture("headset", AudioFormat.NARROWBAND, frame -> {}, listener)) {
            headsets.gone = true;
            headsets.last.open = false;

            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("restored");
            assertThat(headsets.lastId).isNull();
        }
    }

    @Test
    void AUD_13_aHeadsetThatIsBackIsReturnedToWithoutAnotherInterruption() throws Exception {
        try (AudioStream stream = audio.openCapture("headset", AudioFormat.NARROWBAND, frame -> {}, listener)) {
            headsets.gone = true;
            headsets.last.open = false;
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("restored");
            EagerLine substitute = headsets.last;

            headsets.gone = false;
            Await.until("the substitute is released", () -> !substitute.open);

            assertThat(headsets.lastId).isEqualTo("headset");
            assertThat(told).isEmpty();
        }
        assertThat(headsets.last.open).isFalse();
    }

    @Test
    void AUD_3_andAUD_7_anAbsentDeviceIsRefusedWithTheReason() {
        headsets.gone = true;

        assertThatThrownBy(() -> audio.openPlayback("headset", AudioFormat.NARROWBAND, frame -> {}, listener))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NO_SUCH_DEVICE));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A default device that is always there, and a headset that can be pulled out. */
    private static final class Headsets implements LineSource {
        volatile boolean gone;
        volatile @Nullable CountDownLatch hang;
        final CountDownLatch hanging = new CountDownLatch(1);
        volatile EagerLine last = new EagerLine(this, "none");
        volatile @Nullable String lastId = "none";

        @Override
        public List<AudioDevice> devices() {
            List<AudioDevice> devices = new ArrayList<>();
            devices.add(new AudioDevice("built-in", "Built-in", AudioDevice.Direction.CAPTURE, true));
            if (!gone) {
                devices.add(new AudioDevice("headset", "Headset", AudioDevice.Direction.CAPTURE, false));
            }
            return devices;
        }

        @Override
        public DeviceLine open(AudioDevice.Direction direction, @Nullable String deviceId)
                throws AudioUnavailableException {
            if (deviceId != null && gone) {
                throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, "it was pulled out");
            }
            lastId = deviceId;
            last = new EagerLine(this, deviceId == null ? "built-in" : deviceId);
            return last;
        }
    }

    /** Silence without end. */
    private static final class EagerLine implements DeviceLine {
        private final Headsets owner;
        private final String deviceId;
        volatile boolean open = true;

        EagerLine(Headsets owner, String deviceId) {
            this.owner = owner;
            this.deviceId = deviceId;
        }

        @Override
        public String deviceId() {
            return deviceId;
        }

        @Override
        public int sampleRate() {
            return 8000;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int sampleBytes() {
            return 2;
        }

        @Override
        public int bufferBytes() {
            return 320;
        }

        @Override
        public int available() {
            return 320;
        }

        @Override
        public int transfer(byte[] bytes, int offset, int length) {
            CountDownLatch forThaw = owner.hang;
            if (forThaw != null) {
                owner.hanging.countDown();
                await(forThaw);
            }
            return length;
        }

        @Override
        public void flush() {}

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
