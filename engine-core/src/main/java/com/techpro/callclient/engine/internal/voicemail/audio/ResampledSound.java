// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import java.io.IOException;

/** Brings a recording to another sampling rate, as it is read, and leaves it as long as it was. */
final class ResampledSound implements SoundDecoder {
    private final SoundDecoder source;
    private final int rate;
    private final Resampler resampler;
    private final short[] read = new short[2_048];
    private final short[] converted;
    private int next;
    private int filled;
    private long taken;
    private long produced;
    private boolean ended;

    ResampledSound(SoundDecoder source, int rate) {
        this.source = source;
        this.rate = rate;
        this.resampler = new Resampler(source.sampleRate(), rate);
        this.converted = new short[resampler.maxOutput(Math.max(read.length, resampler.lookAhead()))];
    }

    @Override
    public int sampleRate() {
        return rate;
    }

    @Override
    public long declaredSamples() {
        long samples = source.declaredSamples();
        return samples < 0 ? -1 : samples * rate / source.sampleRate();
    }

    @Override
    public int read(short[] samples) throws IOException {
        while (next == filled) {
            if (ended) {
                return -1;
            }
            more();
        }
        int count = Math.min(samples.length, filled - next);
        System.arraycopy(converted, next, samples, 0, count);
        next += count;
        return count;
    }

    private void more() throws IOException {
        int count = source.read(read);
        next = 0;
        if (count >= 0) {
            taken += count;
            filled = resampler.resample(read, 0, count, converted, 0);
            produced += filled;
            return;
        }
        // What the filter still looks ahead to is silence; no more comes of it than the recording is long.
        ended = true;
        long due = (taken * rate + source.sampleRate() - 1) / source.sampleRate() - produced;
        int tail = resampler.resample(new short[resampler.lookAhead()], 0, resampler.lookAhead(), converted, 0);
        filled = (int) Math.max(0, Math.min(tail, due));
    }

    @Override
    public Flaw flaw() {
        return source.flaw();
    }
}
