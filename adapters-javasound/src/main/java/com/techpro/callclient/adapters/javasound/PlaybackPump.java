// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.adapters.javasound.pcm.Pcm16;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests frames as a speaker's line runs empty, converts them to its rate, and writes them. A
 * frame is requested when no more is left in the line than this machine needs: 20 milliseconds at first, more after each
 * underrun, less after a long time without one. The next stream begins with what the last one needed, because each
 * underrun is heard. A frame is written at once, so that there is nothing to do until it has been
 * played.
 */
final class PlaybackPump implements LinePump {
    /**
     * A sleeping sound server was observed to accept two full buffers before it stopped; silence
     * beyond that has been played.
     */
    private static final long BUFFERS_TAKEN_UNPLAYED = 3;

    static final int FIRST_LEVEL_MILLIS = 20;

    private static final int LEVEL_STEP_MILLIS = 10;
    private static final long CALM_NANOS = 20_000_000_000L;
    /**
     * PulseAudio was observed to accept nothing after an underrun until the line held more than 20
     * milliseconds.
     */
    private static final long STUCK_NANOS = 60_000_000L;

    private final AudioFormat wanted;
    private final PlaybackSource source;
    private final CallbackGate gate;
    private final AtomicInteger levelMillis;
    private final short[] frame;
    private @Nullable Attached attached;
    private volatile boolean muted;

    /** @param levelMillis what this machine needs in a line, as streams have found */
    PlaybackPump(AudioFormat wanted, PlaybackSource source, CallbackGate gate, AtomicInteger levelMillis) {
        this.wanted = wanted;
        this.source = source;
        this.gate = gate;
        this.levelMillis = levelMillis;
        this.frame = new short[wanted.samplesPerFrame()];
    }

    @Override
    public Prepared prepare(DeviceLine line) {
        return new Attached(line, wanted, levelMillis);
    }

    @Override
    public void attach(Prepared line) {
        attached = (Attached) line;
    }

    @Override
    public int move(long now) {
        Attached device = Objects.requireNonNull(attached);
        int level = device.line.bufferBytes() - device.roomBytes();
        device.adaptTarget(level, now);
        int room = device.roomBytes();
        int moved = 0;
        while (moved < room && (device.sent < device.filled || level + moved <= device.target)) {
            if (device.sent == device.filled) {
                fetch(device);
            }
            int part = Math.min(device.filled - device.sent, room - moved);
            int written = device.line.transfer(device.pending, device.sent, part);
            if (written <= 0) {
                break;
            }
            device.sent += written;
            moved += written;
        }
        device.raiseTargetIfStuck(moved, level, now);
        device.surplus = level + moved - device.target;
        return moved;
    }

    /** When the line holds no more than it should. */
    @Override
    public long dueNanos() {
        Attached device = Objects.requireNonNull(attached);
        return device.surplus * 1_000_000_000L / device.line.sampleFrameBytes() / device.line.sampleRate();
    }

    @Override
    public void setMuted(boolean silent) {
        muted = silent;
    }

    private void fetch(Attached device) {
        Arrays.fill(frame, (short) 0);
        gate.pass(() -> source.fill(frame));
        if (muted) {
            Arrays.fill(frame, (short) 0);
        }
        int converted = device.resampler.resample(frame, 0, frame.length, device.converted, 0);
        device.sent = 0;
        device.filled = Pcm16.fromMono(
                device.converted, converted, device.line.channels(), device.line.sampleBytes(), device.pending);
    }

    /** State that depends on the line's format. */
    private static final class Attached implements Prepared {
        final DeviceLine line;
        final Resampler resampler;
        final short[] converted;
        final byte[] pending;
        final AtomicInteger levelMillis;
        final int leastTarget;
        int sent;
        int filled;
        long primed;
        int target;
        long targetSince;
        /** 0 before the first poll. */
        long lastMoved;

        int lastLevel;
        int surplus;

        Attached(DeviceLine line, AudioFormat wanted, AtomicInteger levelMillis) {
            this.line = line;
            this.resampler = new Resampler(wanted.sampleRate(), line.sampleRate());
            this.converted = new short[resampler.maxOutput(wanted.samplesPerFrame())];
            this.pending = new byte[converted.length * line.sampleFrameBytes()];
            this.levelMillis = levelMillis;
            this.leastTarget = Math.min(bytes(FIRST_LEVEL_MILLIS), line.bufferBytes());
            this.target = Math.min(bytes(levelMillis.get()), line.bufferBytes());
        }

        @Override
        public boolean flows() {
            Arrays.fill(pending, (byte) 0);
            int room = roomBytes();
            while (room > 0) {
                int written = line.transfer(pending, 0, Math.min(pending.length, room));
                if (written <= 0) {
                    break;
                }
                primed += written;
                room -= written;
            }
            return primed > BUFFERS_TAKEN_UNPLAYED * line.bufferBytes();
        }

        int roomBytes() {
            return line.available() / line.sampleFrameBytes() * line.sampleFrameBytes();
        }

        /** An empty line is heard as a gap. */
        void adaptTarget(int level, long now) {
            if (level <= 0) {
                aimAt(Math.min(target + bytes(LEVEL_STEP_MILLIS), line.bufferBytes()), now);
            } else if (now - targetSince > CALM_NANOS) {
                aimAt(Math.max(target - bytes(LEVEL_STEP_MILLIS), leastTarget), now);
            }
        }

        void raiseTargetIfStuck(int moved, int level, long now) {
            boolean plays = level < lastLevel;
            lastLevel = level + moved;
            if (plays || moved > 0 || lastMoved == 0) {
                lastMoved = now;
            } else if (now - lastMoved > STUCK_NANOS && target < line.bufferBytes()) {
                aimAt(Math.min(target + bytes(FIRST_LEVEL_MILLIS), line.bufferBytes()), now);
                lastMoved = now;
            }
        }

        private void aimAt(int level, long now) {
            target = level;
            targetSince = now;
            levelMillis.set(level / bytes(1));
        }

        private int bytes(int millis) {
            return line.sampleRate() * millis / 1000 * line.sampleFrameBytes();
        }
    }
}
