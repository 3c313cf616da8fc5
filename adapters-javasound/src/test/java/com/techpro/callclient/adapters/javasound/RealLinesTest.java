// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JavaSound's real lines, on a sound server whose speaker is its microphone. */
@Tag("interop")
@Tag("day-1")
class RealLinesTest {
    private static final AudioFormat FORMAT = AudioFormat.NARROWBAND;
    private static SoundServer server;

    private final JavaSoundAudio audio = new JavaSoundAudio();
    private final BlockingQueue<short[]> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<AudioStream> streams = new ArrayList<>();
    private final AtomicInteger played = new AtomicInteger();

    @BeforeAll
    static void startServer() {
        server = SoundServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeStreams() {
        streams.forEach(AudioStream::close);
        // A thread that was in a frozen server's hands ends a little later.
        Await.until(
                "the streams' threads end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("callclient-")));
    }

    @Test
    void aTonePlayedIsTheToneCaptured() throws Exception {
        listen();
        play();

        hearTheTone();
    }

    @Test
    void aKilledAndRestartedSoundServerInterruptsAndSoundFlowsAgain() throws Exception {
        listen();
        play();
        hear(Duration.ofSeconds(1));

        long killed = System.nanoTime();
        server.kill();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("capture interrupted", "playback interrupted");
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(2));
        int playedBefore = played.get();
        heard.clear();

        server.restart();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("capture restored", "playback restored");

        assertThat(played.get() - playedBefore).as("frames asked for meanwhile").isLessThan(25);
        hearTheTone();
    }

    /** The server moves the streams itself: JavaSound's default is the server's, whichever device that is. */
    @Test
    void AUD_12_theServersNewDefaultIsHeardAndNothingIsInterrupted() throws Exception {
        listen();
        play();
        hearTheTone();

        server.useSecond();
        try {
            Await.until("the microphone moves", () -> server.isAtSecond(AudioDevice.Direction.CAPTURE));
            Await.until("the speaker moves", () -> server.isAtSecond(AudioDevice.Direction.PLAYBACK));
            heard.clear();
            hearTheTone();
        } finally {
            server.useFirst();
        }

        assertThat(told).isEmpty();
    }

    @Test
    void aFrozenSoundServerNeitherHangsTheStreamsNorTheirClosing() throws Exception {
        AudioStream microphone = listen();
        AudioStream speaker = play();
        hear(Duration.ofSeconds(1));

        server.freeze();
        try {
            assertThat(List.of(next(), next()))
                    .containsExactlyInAnyOrder("capture interrupted", "playback interrupted");
            long closing = System.nanoTime();
            microphone.close();
            speaker.close();
            assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofMillis(2500));
        } finally {
            server.thaw();
        }
        int after = heard.size();
        assertThat(heard.poll(2, TimeUnit.SECONDS) == null || heard.size() <= after)
                .isTrue();
    }

    @Test
    void whatPiledUpWhileTheHostWasStuckIsNotHeardLate() throws Exception {
        // Given a host that gets stuck for two seconds in the middle of a silent stretch
        BlockingQueue<Boolean> stuck = new LinkedBlockingQueue<>();
        BlockingQueue<long[]> clicks = new LinkedBlockingQueue<>();
        AtomicInteger frames = new AtomicInteger();
        streams.add(audio.openCapture(
                null,
                FORMAT,
                frame -> {
                    if (loud(frame)) {
                        clicks.add(new long[] {System.nanoTime()});
                    }
                    if (frames.incrementAndGet() == 100) {
                        waitFor(stuck);
                    }
                    heard.add(frame.clone());
                },
                listener("capture")));
        // When it is freed, and a click is played
        AtomicInteger clickNow = new AtomicInteger();
        long[] clickedAt = {0};
        streams.add(audio.openPlayback(
                null,
                FORMAT,
                frame -> {
                    Arrays.fill(frame, (short) 0);
                    if (clickNow.compareAndSet(1, 0)) {
                        for (int i = 0; i < 80; i++) {
                            frame[i] = (short) (i % 8 < 4 ? 20_000 : -20_000);
                        }
                        clickedAt[0] = System.nanoTime();
                    }
                },
                listener("playback")));
        hear(Duration.ofMillis(99 * 20));
        heard.poll(2, TimeUnit.SECONDS);
        stuck.add(true);
        hear(Duration.ofSeconds(1));
        clickNow.set(1);
        long[] heardAt = clicks.poll(3, TimeUnit.SECONDS);

        // Then it is heard at once, not two seconds later
        assertThat(heardAt).isNotNull();
        Duration delay = Duration.ofNanos(heardAt[0] - clickedAt[0]);
        System.out.printf("RealLinesTest: %d ms from fill to captured%n", delay.toMillis());
        assertThat(delay).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void devicesHaveTheSameIdsEachTimeAndOneDefaultEachWay() {
        List<AudioDevice> first = audio.devices();

        assertThat(new JavaSoundAudio().devices()).isEqualTo(first);
        for (AudioDevice.Direction direction : AudioDevice.Direction.values()) {
            assertThat(first)
                    .filteredOn(device -> device.direction() == direction)
                    .filteredOn(AudioDevice::systemDefault)
                    .hasSize(1);
        }
        assertThat(first).extracting(AudioDevice::id).doesNotHaveDuplicates();
    }

    @Test
    void theDeviceChosenByItsIdIsTheOneThatPlays() throws Exception {
        AudioDevice speaker = audio.devices().stream()
                .filter(device -> device.direction() == AudioDevice.Direction.PLAYBACK)
                .findFirst()
                .orElseThrow();
        listen();
        streams.add(audio.openPlayback(speaker.id(), FORMAT, this::tone, listener("playback")));

        hearTheTone();
    }

    @Test
    void anUnknownDeviceIsRefusedByName() {
        assertThatThrownBy(() -> audio.openCapture("capture-nowhere", FORMAT, heard::add, listener("capture")))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason())
                                .isEqualTo(AudioUnavailableException.Reason.NO_SUCH_DEVICE));
    }

    @Test
    void withoutASoundServerOpeningIsRefusedWithAReason() {
        server.kill();
        try {
            assertThatThrownBy(() -> audio.openCapture(null, FORMAT, heard::add, listener("capture")))
                    .isInstanceOfSatisfying(
                            AudioUnavailableException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isIn(
                                            AudioUnavailableException.Reason.BUSY,
                                            AudioUnavailableException.Reason.NO_SUCH_DEVICE));
        } finally {
            server.restart();
        }
    }

    private AudioStream listen() throws AudioUnavailableException {
        AudioStream stream = audio.openCapture(null, FORMAT, frame -> heard.add(frame.clone()), listener("capture"));
        streams.add(stream);
        return stream;
    }

    private AudioStream play() throws AudioUnavailableException {
        AudioStream stream = audio.openPlayback(null, FORMAT, this::tone, listener("playback"));
        streams.add(stream);
        return stream;
    }

    /** 1 kHz at half of full scale: eight samples a cycle, so every frame is alike and a lost sample shows. */
    private void tone(short[] frame) {
        played.incrementAndGet();
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) Math.round(16_000 * Math.sin(2 * Math.PI * i / 8));
        }
    }

    /** So much sound from the first frame not yet taken. */
    private short[] hear(Duration length) throws InterruptedException {
        int wanted = (int) length.dividedBy(FORMAT.frame());
        int samples = FORMAT.samplesPerFrame();
        short[] all = new short[wanted * samples];
        for (int i = 0; i < wanted; i++) {
            short[] frame = heard.poll(8, TimeUnit.SECONDS);
            assertThat(frame).as("frame %s of %s", i, wanted).isNotNull();
            System.arraycopy(frame, 0, all, i * samples, samples);
        }
        return all;
    }

    private String next() throws InterruptedException {
        String event = told.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("event").isNotNull();
        return event;
    }

    private AudioStreamListener listener(String who) {
        return new AudioStreamListener() {
            @Override
            public void interrupted(String reason) {
                told.add(who + " interrupted");
            }

            @Override
            public void restored() {
                told.add(who + " restored");
            }
        };
    }

    private static void waitFor(BlockingQueue<Boolean> release) {
        try {
            release.poll(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean loud(short[] frame) {
        for (short sample : frame) {
            if (Math.abs(sample) > 8000) {
                return true;
            }
        }
        return false;
    }

    /**
     * Half a second of the tone in one piece, at its level and with no sample lost. A busy machine drops some now and then, so it may take more
     * than one attempt; lines that lose samples, or change the level, never get there.
     */
    private void hearTheTone() throws InterruptedException {
        int clear = 0;
        double noise = 0;
        for (int heardSoFar = 1; heardSoFar <= 1000; heardSoFar++) {
            short[] piece = hear(Duration.ofMillis(20));
            double level = levelOfTone(piece);
            noise = 10 * Math.log10(level * level / 2 / Math.max(1e-3, power(piece) - level * level / 2));
            clear = Math.abs(level - 16_000) < 100 && noise > 40 ? clear + 1 : 0;
            if (clear == 25) {
                System.out.printf("RealLinesTest: half a second in one piece after %d ms%n", heardSoFar * 20);
                return;
            }
        }
        throw new AssertionError(
                "No half second of the tone in one piece; the last piece %.0f dB above the noise".formatted(noise));
    }

    /** The amplitude at 1 kHz, by Goertzel's recurrence. */
    private static double levelOfTone(short[] samples) {
        double coefficient = 2 * Math.cos(2 * Math.PI / 8);
        double before = 0;
        double beforeThat = 0;
        for (short sample : samples) {
            double now = sample + coefficient * before - beforeThat;
            beforeThat = before;
            before = now;
        }
        double power = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
        return 2 * Math.sqrt(power) / samples.length;
    }

    private static double power(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }
}
