// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@link AudioPort} promises. An adapter's author extends it and says how to open the port, how to wait, and what can be
 * tried with it.
 */
@PortContract
public abstract class AudioPortContract {
    private static final double HERTZ = 500;
    private static final double AMPLITUDE = 8_000;

    private final List<AudioStream> opened = new ArrayList<>();

    /** The port under test; asked for once a test. */
    protected abstract AudioPort port();

    /** Waits until the condition holds, or fails after some ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** The clock by which pace is judged. */
    protected abstract long nanoTime();

    /** Whether the default capture device hears what the default playback device plays. */
    protected boolean hasLoopback() {
        return false;
    }

    /** Takes the devices away; false if that cannot be tried. */
    protected boolean lose() {
        return false;
    }

    /** Brings them back. */
    protected void restore() {}

    protected AudioFormat format() {
        return AudioFormat.NARROWBAND;
    }

    @AfterEach
    void closeWhatIsOpen() {
        opened.forEach(AudioStream::close);
    }

    @Test
    void AUD_1_frames_are_exactly_as_long_as_the_format_says() throws Exception {
        var microphone = new Microphone();
        var speaker = new Speaker(Sound.SILENCE);
        capture(port(), microphone);
        playback(port(), speaker);

        await(() -> microphone.frames() >= 5 && speaker.frames() >= 5);

        assertThat(microphone.lengths()).containsOnly(format().samplesPerFrame());
        assertThat(speaker.lengths()).containsOnly(format().samplesPerFrame());
    }

    @Test
    @OptionalClause("loopback")
    void AUD_1_a_tone_played_is_the_tone_captured() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        capture(port(), microphone);
        playback(port(), new Speaker(Sound.tone(HERTZ, AMPLITUDE)));

        // Half a second in one piece: a machine that stalls breaks the tone once, and not for ever.
        await(() -> {
            short[] captured = microphone.last(25);
            return captured.length == 25 * format().samplesPerFrame()
                    && Math.abs(toneIn(captured) - AMPLITUDE) < AMPLITUDE * 0.15
                    && Sound.amplitudeOf(HERTZ * 2.3, captured, format().sampleRate()) < AMPLITUDE * 0.05;
        });
    }

    @Test
    void AUD_2_frames_come_one_at_a_time_and_at_the_devices_pace() throws Exception {
        var microphone = new Microphone();
        var speaker = new Speaker(Sound.SILENCE);
        capture(port(), microphone);
        playback(port(), speaker);
        await(() -> microphone.frames() >= 10 && speaker.frames() >= 10);
        double expected = 50 * format().frame().toNanos() / 1e9;
        // A machine that stalls once is not a device of another pace.
        double[] seconds = {
            secondsOfFrames(microphone, speaker),
            secondsOfFrames(microphone, speaker),
            secondsOfFrames(microphone, speaker)
        };
        Arrays.sort(seconds);
        assertThat(seconds[1]).as("median of three").isBetween(expected * 0.6, expected * 1.6);
        assertThat(microphone.overlaps.get() + speaker.overlaps.get()).isZero();
    }

    /** How long fifty frames of both take. */
    private double secondsOfFrames(Microphone microphone, Speaker speaker) throws Exception {
        int framesBefore = microphone.frames();
        int filledBefore = speaker.frames();
        long start = nanoTime();
        await(() -> microphone.frames() >= framesBefore + 50 && speaker.frames() >= filledBefore + 50);
        return (nanoTime() - start) / 1e9;
    }

    @Test
    void AUD_3_AUD_7_a_device_that_is_not_there_is_refused_with_the_reason() {
        assertThatThrownBy(() -> port().openCapture("no such device", format(), new Microphone(), new Listener()))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason())
                                .isEqualTo(AudioUnavailableException.Reason.NO_SUCH_DEVICE));
        assertThatThrownBy(() ->
                        port().openPlayback("no such device", format(), new Speaker(Sound.SILENCE), new Listener()))
                .isInstanceOf(AudioUnavailableException.class);
    }

    @Test
    @OptionalClause("loss of the devices")
    void AUD_4_a_lost_device_is_told_and_comes_back() throws Exception {
        var microphone = new Microphone();
        var listener = new Listener();
        opened.add(port().openCapture(null, format(), microphone, listener));
        await(() -> microphone.frames() >= 5);
        require(lose(), "loss of the devices");

        long lostAt = nanoTime();
        await(() -> listener.interruptions.get() == 1);
        assertThat(Duration.ofNanos(nanoTime() - lostAt)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        int frames = microphone.frames();
        restore();
        await(() -> listener.restorations.get() == 1);
        await(() -> microphone.frames() > frames + 5);
    }

    @Test
    @OptionalClause("loopback")
    void AUD_5_what_was_played_before_the_microphone_opened_is_not_heard_later() throws Exception {
        require(hasLoopback(), "loopback");
        AudioPort port = port();
        var loud = new Speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream speaker = playback(port, loud);
        await(() -> loud.frames() >= 20);
        speaker.close();
        var quiet = new Speaker(Sound.SILENCE);
        playback(port, quiet);
        await(() -> quiet.frames() >= 25);

        var microphone = new Microphone();
        capture(port, microphone);
        await(() -> microphone.frames() >= 10);

        assertThat(toneIn(microphone.last(10))).isLessThan(AMPLITUDE * 0.05);
    }

    @Test
    void AUD_6_after_closing_no_callback_starts() throws Exception {
        var microphone = new Microphone();
        var speaker = new Speaker(Sound.SILENCE);
        AudioStream one = capture(port(), microphone);
        AudioStream other = playback(port(), speaker);
        await(() -> microphone.frames() >= 3 && speaker.frames() >= 3);

        one.close();
        other.close();
        int captured = microphone.frames();
        int played = speaker.frames();
        var next = new Microphone();
        capture(port(), next);
        await(() -> next.frames() >= 10);

        assertThat(microphone.frames()).isEqualTo(captured);
        assertThat(speaker.frames()).isEqualTo(played);
        one.close();
    }

    @Test
    @OptionalClause("loopback")
    void AUD_8_a_muted_microphone_is_silent_and_keeps_its_pace() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        AudioStream stream = capture(port(), microphone);
        playback(port(), new Speaker(Sound.tone(HERTZ, AMPLITUDE)));
        await(() -> toneIn(microphone.last(10)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = microphone.frames();
        await(() -> microphone.frames() >= frames + 15);
        assertThat(microphone.last(10)).containsOnly((short) 0);

        stream.setMuted(false);
        await(() -> toneIn(microphone.last(10)) > AMPLITUDE / 2);
    }

    @Test
    @OptionalClause("loopback")
    void AUD_8_a_muted_speaker_fetches_frames_and_plays_none() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        capture(port(), microphone);
        var speaker = new Speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream stream = playback(port(), speaker);
        await(() -> toneIn(microphone.last(10)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = speaker.frames();
        await(() -> speaker.frames() >= frames + 15);
        await(() -> toneIn(microphone.last(10)) < AMPLITUDE * 0.05);
    }

    @Test
    void AUD_9_devices_keep_their_ids_and_can_be_opened_by_them() throws Exception {
        List<AudioDevice> first = port().devices();
        assertThat(port().devices()).isEqualTo(first);
        assertThat(first.stream().map(device -> device.direction() + device.id()))
                .doesNotHaveDuplicates();

        for (AudioDevice device : first) {
            if (device.direction() == AudioDevice.Direction.CAPTURE && device.systemDefault()) {
                var microphone = new Microphone();
                opened.add(port().openCapture(device.id(), format(), microphone, new Listener()));
                await(() -> microphone.frames() >= 2);
            }
        }
    }

    @Test
    void AUD_10_streams_are_opened_and_closed_on_any_thread() throws Exception {
        AudioPort port = port();
        var microphone = new Microphone();
        AudioStream stream = CompletableFuture.supplyAsync(() -> {
                    try {
                        return port.openCapture(null, format(), microphone, new Listener());
                    } catch (AudioUnavailableException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get();
        opened.add(stream);
        await(() -> microphone.frames() >= 2);
        CompletableFuture.runAsync(stream::close).get();
        assertThat(microphone.overlaps.get()).isZero();
    }

    private AudioStream capture(AudioPort port, CaptureSink sink) throws AudioUnavailableException {
        AudioStream stream = port.openCapture(null, format(), sink, new Listener());
        opened.add(stream);
        return stream;
    }

    private AudioStream playback(AudioPort port, PlaybackSource source) throws AudioUnavailableException {
        AudioStream stream = port.openPlayback(null, format(), source, new Listener());
        opened.add(stream);
        return stream;
    }

    private double toneIn(short[] samples) {
        return Sound.amplitudeOf(HERTZ, samples, format().sampleRate());
    }

    /** Counts frames and notices when two come at a time. */
    private abstract static class Counter {
        final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final List<Integer> lengths = new ArrayList<>();

        synchronized int frames() {
            return lengths.size();
        }

        synchronized List<Integer> lengths() {
            return List.copyOf(lengths);
        }

        void count(int length, Runnable work) {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            synchronized (this) {
                work.run();
                lengths.add(length);
            }
            inside.decrementAndGet();
        }
    }

    private static final class Microphone extends Counter implements CaptureSink {
        private final List<short[]> captured = new ArrayList<>();

        @Override
        public void captured(short[] frame) {
            count(frame.length, () -> captured.add(frame.clone()));
        }

        /** The last frames, in one piece; fewer if there are not so many yet. */
        synchronized short[] last(int frames) {
            List<short[]> tail = captured.subList(Math.max(0, captured.size() - frames), captured.size());
            short[] whole =
                    new short[tail.stream().mapToInt(frame -> frame.length).sum()];
            int position = 0;
            for (short[] frame : tail) {
                System.arraycopy(frame, 0, whole, position, frame.length);
                position += frame.length;
            }
            return whole;
        }
    }

    private final class Speaker extends Counter implements PlaybackSource {
        private final Sound sound;
        private long position;

        Speaker(Sound sound) {
            this.sound = sound;
        }

        @Override
        public void fill(short[] frame) {
            count(frame.length, () -> {
                Arrays.fill(frame, (short) 0);
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = sound.at(position++, format().sampleRate());
                }
            });
        }
    }

    private static final class Listener implements AudioStreamListener {
        final AtomicInteger interruptions = new AtomicInteger();
        final AtomicInteger restorations = new AtomicInteger();

        @Override
        public void interrupted(String reason) {
            interruptions.incrementAndGet();
        }

        @Override
        public void restored() {
            restorations.incrementAndGet();
        }
    }
}
