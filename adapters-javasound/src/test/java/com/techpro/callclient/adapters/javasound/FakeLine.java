// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A line of a device that runs on the test's clock: {@link #run} makes room, or captured sound, at the device's pace. */
final class FakeLine implements DeviceLine {
    final ByteArrayOutputStream played = new ByteArrayOutputStream();
    boolean open = true;
    boolean dead;
    int flushes;
    String deviceId = "device";
    private final int rate;
    private final int channels;
    private final boolean capture;
    private final int bufferBytes;
    /** How full a speaker must be to go on after it ran empty; PulseAudio has such a bound. */
    int millisToGoOn;

    /** How much it moves at a time, as a device does in periods. */
    int lumpMillis = 1;
    /** The rate at which it really moves samples, if that is another. */
    int realRate;
    /** How often a speaker had nothing left to play. */
    int underruns;

    private int lump;
    private boolean waiting;
    private int held;
    private long clock;
    private double hertz;

    private FakeLine(int rate, int channels, boolean capture) {
        this.rate = rate;
        this.channels = channels;
        this.capture = capture;
        this.bufferBytes = rate / 25 * 2 * channels * 2;
    }

    /** A microphone that hears a tone at half of full scale. */
    static FakeLine microphone(int rate, int channels, double hertz) {
        FakeLine line = new FakeLine(rate, channels, true);
        line.hertz = hertz;
        return line;
    }

    static FakeLine speaker(int rate, int channels) {
        return new FakeLine(rate, channels, false);
    }

    /** Lets the device move samples for so many milliseconds; what overruns the buffer of a microphone is lost at the old end. */
    void run(int forMillis) {
        int millis = forMillis;
        if (dead) {
            return;
        }
        lump += millis;
        millis = lump / lumpMillis * lumpMillis;
        lump -= millis;
        int bytes = (realRate == 0 ? rate : realRate) / 1000 * millis * channels * 2;
        if (capture) {
            clock += bytes / channels / 2;
            held = Math.min(bufferBytes, held + bytes);
        } else if (!waiting || heldMillis() >= millisToGoOn) {
            underruns += held < bytes ? 1 : 0;
            waiting = held < bytes && millisToGoOn > 0;
            held = Math.max(0, held - bytes);
        }
    }

    @Override
    public String deviceId() {
        return deviceId;
    }

    @Override
    public int sampleRate() {
        return rate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int sampleBytes() {
        return 2;
    }

    @Override
    public int bufferBytes() {
        return bufferBytes;
    }

    @Override
    public int available() {
        return capture ? held : bufferBytes - held;
    }

    @Override
    public int transfer(byte[] bytes, int offset, int length) {
        if (dead) {
            return 0;
        }
        if (length > available() || length % sampleFrameBytes() != 0) {
            throw new IllegalStateException("would wait for the device: " + length + " of " + available());
        }
        if (!capture) {
            played.write(bytes, offset, length);
            held += length;
            return length;
        }
        ByteBuffer out = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        long first = clock - held / sampleFrameBytes();
        for (int i = 0; i < length / sampleFrameBytes(); i++) {
            for (int channel = 0; channel < channels; channel++) {
                out.putShort((short) Math.round(16_000 * Math.sin(2 * Math.PI * hertz * (first + i) / rate)));
            }
        }
        held -= length;
        return length;
    }

    @Override
    public void flush() {
        flushes++;
        held = 0;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    boolean isMicrophone() {
        return capture;
    }

    int heldMillis() {
        return held / sampleFrameBytes() * 1000 / rate;
    }

    /** What was played, first channel. */
    short[] playedSamples() {
        byte[] bytes = played.toByteArray();
        short[] samples = new short[bytes.length / sampleFrameBytes()];
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = in.getShort(i * sampleFrameBytes());
        }
        return samples;
    }
}
