// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.adapters.javasound.pcm.Pcm16;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a microphone's line, converts to the requested rate, and delivers frame by frame. */
final class CapturePump implements LinePump {
    /** After this long without reading, the line's contents are outdated (AUD-5). */
    private static final long STALE_NANOS = 150_000_000L;

    private final AudioFormat wanted;
    private final CaptureSink sink;
    private final CallbackGate gate;
    private final short[] frame;
    private int collected;
    private @Nullable Attached attached;
    private long lastLook;
    private volatile boolean muted;

    CapturePump(AudioFormat wanted, CaptureSink sink, CallbackGate gate) {
        this.wanted = wanted;
        this.sink = sink;
        this.gate = gate;
        this.frame = new short[wanted.samplesPerFrame()];
    }

    @Override
    public Prepared prepare(DeviceLine line) {
        return new Attached(line, wanted.sampleRate());
    }

    @Override
    public void attach(Prepared line) {
        attached = (Attached) line;
        collected = 0;
        lastLook = 0;
    }

    @Override
    public int move(long now) {
        Attached device = Objects.requireNonNull(attached);
        if (lastLook != 0 && now - lastLook > STALE_NANOS) {
            device.line.flush();
            device.resampler.reset();
            collected = 0;
        }
        lastLook = now;
        int moved = 0;
        int wholeFrames = device.line.available() / device.line.sampleFrameBytes() * device.line.sampleFrameBytes();
        while (moved < wholeFrames) {
            int read = device.line.transfer(device.bytes, 0, Math.min(device.bytes.length, wholeFrames - moved));
            if (read <= 0) {
                break;
            }
            moved += read;
            int samples =
                    Pcm16.toMono(device.bytes, read, device.line.channels(), device.line.sampleBytes(), device.mono);
            int converted = device.resampler.resample(device.mono, 0, samples, device.converted, 0);
            deliver(device.converted, converted);
        }
        return moved;
    }

    /** When the next frame is complete. */
    @Override
    public long dueNanos() {
        return (frame.length - collected) * 1_000_000_000L / wanted.sampleRate();
    }

    @Override
    public void setMuted(boolean silent) {
        muted = silent;
    }

    private void deliver(short[] samples, int length) {
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, frame.length - collected);
            System.arraycopy(samples, taken, frame, collected, part);
            taken += part;
            collected += part;
            if (collected == frame.length) {
                collected = 0;
                if (muted) {
                    Arrays.fill(frame, (short) 0);
                }
                gate.pass(() -> sink.captured(frame));
            }
        }
    }

    /** State that depends on the line's format. */
    private static final class Attached implements Prepared {
        final DeviceLine line;
        final Resampler resampler;
        final byte[] bytes;
        final short[] mono;
        final short[] converted;

        Attached(DeviceLine line, int wantedRate) {
            this.line = line;
            this.resampler = new Resampler(line.sampleRate(), wantedRate);
            this.bytes = new byte[Math.max(line.bufferBytes(), line.sampleFrameBytes())];
            this.mono = new short[bytes.length / line.sampleFrameBytes()];
            this.converted = new short[resampler.maxOutput(mono.length)];
        }

        @Override
        public boolean flows() {
            return line.available() > 0;
        }
    }
}
