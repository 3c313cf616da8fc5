// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.Stall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The common clock of all headless sound cards: a frame every 10 ms, in two groups 5 ms apart,
 * because real cards do not tick together. It counts samples since its start, so that spoken and
 * heard audio can be aligned. A late tick runs at once and is never skipped. It plays what is there
 * at that time, under the position at which it was due.
 */
public final class AudioClock implements AutoCloseable {
    /** As the engine asks for. */
    static final Duration FRAME = AudioFormat.NARROWBAND.frame();

    private static final int GROUPS = 2;
    private static final long STEP_NANOS = FRAME.toNanos() / GROUPS;
    private static final long NANOS_PER_SAMPLE = 125_000;
    private static final long STEP_SAMPLES = STEP_NANOS / NANOS_PER_SAMPLE;
    /** Longer than any call of the soak. */
    private static final long KEPT_SAMPLES = 120L * SpeechClip.SAMPLE_RATE;

    private final Loop loop;
    private final long epoch;
    private final List<CopyOnWriteArrayList<Ticking>> groups = IntStream.range(0, GROUPS)
            .mapToObj(i -> new CopyOnWriteArrayList<Ticking>())
            .toList();
    private int nextGroup;
    private long step;
    private @Nullable Timer timer;
    private final ArrayDeque<Stall> stalls = new ArrayDeque<>();
    private volatile long latestNanos;
    private volatile long stallCount;
    /** While nothing plays, nothing is late. */
    private volatile long playedTo = Long.MAX_VALUE;

    /** @param loop its own; closed with the clock */
    public AudioClock(Loop loop) {
        this.loop = loop;
        this.epoch = loop.nanoTime();
    }

    /** Returns how many samples a card that started with the clock has played by now. */
    public long position() {
        return (loop.nanoTime() - epoch) / NANOS_PER_SAMPLE;
    }

    /**
     * Returns the longest delay of a tick: how far stalls of the machine delayed the sound cards
     * themselves.
     */
    public Duration latest() {
        return Duration.ofNanos(latestNanos);
    }

    /** Returns how often the machine held up something required for audio. */
    public long stallCount() {
        return stallCount;
    }

    /** Resets {@link #latest} and {@link #stallCount}. */
    public void countAnew() {
        loop.execute(() -> {
            latestNanos = 0;
            stallCount = 0;
        });
    }

    /**
     * Records that the machine has held up something required for audio until now. From any thread.
     *
     * @param time since when, at the earliest
     * @param cost how much of it is proven not to be caused by this program
     */
    public void stalled(Duration time, Duration cost) {
        loop.execute(() -> {
            long now = position();
            add(new Stall(now - samples(time), now, samples(cost)));
        });
    }

    /**
     * Returns the position up to which every card has played. Later frames are still to be played,
     * even if already due. It is behind {@link #position} by as much as the clock is late.
     */
    public long played() {
        return Math.min(position(), playedTo);
    }

    private static long samples(Duration time) {
        return time.toNanos() / NANOS_PER_SAMPLE;
    }

    /**
     * Returns the stalls that ended after this position, as far back as they are kept. On the
     * clock's loop.
     */
    List<Stall> stallsSince(long position) {
        return stalls.stream().filter(stall -> stall.to() > position).toList();
    }

    /** Returns the number of running streams. */
    public int openStreams() {
        int open = 0;
        for (List<Ticking> group : groups) {
            open += group.size();
        }
        return open;
    }

    void add(Ticking stream) {
        loop.execute(() -> {
            groups.get(nextGroup).add(stream);
            nextGroup = (nextGroup + 1) % GROUPS;
            if (timer == null) {
                step = (loop.nanoTime() - epoch) / STEP_NANOS + 1;
                playedTo = step * STEP_SAMPLES;
                sleep();
            }
        });
    }

    void remove(Ticking stream) {
        loop.execute(() -> groups.forEach(group -> group.remove(stream)));
    }

    /** Runs a task after every frame that was due before. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    private void tick() {
        long now = loop.nanoTime();
        latestNanos = Math.max(latestNanos, now - due());
        while (due() <= now) {
            for (Ticking stream : groups.get((int) (step % GROUPS))) {
                stream.tick(step * STEP_SAMPLES);
            }
            step++;
            playedTo = step * STEP_SAMPLES;
        }
        if (openStreams() == 0) {
            timer = null;
            playedTo = Long.MAX_VALUE;
        } else {
            sleep();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void add(Stall stall) {
        stallCount++;
        stalls.add(stall);
        while (stalls.getFirst().to() < stall.to() - KEPT_SAMPLES) {
            stalls.removeFirst();
        }
    }

    private long due() {
        return epoch + step * STEP_NANOS;
    }

    private void sleep() {
        timer = loop.schedule(Duration.ofNanos(due() - loop.nanoTime()), this::tick);
    }

    @Override
    public void close() {
        loop.close();
    }

    /** A stream of a sound card. */
    interface Ticking {
        /**
         * @param position samples since the clock's start: a microphone's frame ends here, a
         *     speaker's begins here
         */
        void tick(long position);
    }
}
