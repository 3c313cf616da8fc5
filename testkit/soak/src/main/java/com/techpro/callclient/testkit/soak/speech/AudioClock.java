// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.speech;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of all headless sound cards: a frame every 20 ms, in four groups 5 ms apart, as cards of different machines would
 * not tick together. It keeps count of the samples since its start, so that what was said and what was heard can be compared in
 * time. A late tick is made up for at once, never skipped.
 */
public final class AudioClock implements AutoCloseable {
    private static final int GROUPS = 4;
    private static final long STEP_NANOS = 5_000_000;
    private static final int STEP_SAMPLES = SpeechClip.FRAME / GROUPS;
    private static final long NANOS_PER_SAMPLE = 125_000;

    private final Loop loop;
    private final long epoch;
    private final List<CopyOnWriteArrayList<Ticking>> groups = IntStream.range(0, GROUPS)
            .mapToObj(i -> new CopyOnWriteArrayList<Ticking>())
            .toList();
    private int nextGroup;
    private long step;
    private @Nullable Timer timer;
    private volatile long latestNanos;

    /** @param loop its own; closed with the clock */
    public AudioClock(Loop loop) {
        this.loop = loop;
        this.epoch = loop.nanoTime();
    }

    /** How many samples a card that started with the clock has played by now. */
    public long position() {
        return (loop.nanoTime() - epoch) / NANOS_PER_SAMPLE;
    }

    /** The furthest a tick was behind: what the machine's hiccups did to the sound cards themselves. */
    public Duration latest() {
        return Duration.ofNanos(latestNanos);
    }

    /** Streams that tick. */
    public int openStreams() {
        return groups.stream().mapToInt(List::size).sum();
    }

    void add(Ticking stream) {
        loop.execute(() -> {
            groups.get(nextGroup).add(stream);
            nextGroup = (nextGroup + 1) % GROUPS;
            if (timer == null) {
                step = (loop.nanoTime() - epoch) / STEP_NANOS + 1;
                sleep();
            }
        });
    }

    void remove(Ticking stream) {
        loop.execute(() -> groups.forEach(group -> group.remove(stream)));
    }

    /** Runs after every frame that was due before. */
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
        }
        if (openStreams() == 0) {
            timer = null;
        } else {
            sleep();
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
        /** @param position samples since the clock's start: a microphone's frame ends here, a speaker's begins here */
        void tick(long position);
    }
}
