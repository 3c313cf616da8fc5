// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioFormat;
import android.media.AudioRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.robolectric.shadows.ShadowAudioRecord;
import org.robolectric.shadows.ShadowAudioTrack;

/**
 * A speaker before a microphone, in real time: what Robolectric's AudioTrack writes, its AudioRecord reads, at 8 kHz and not faster. Robolectric moves
 * sound and knows no pace.
 */
final class SoundHardware implements ShadowAudioRecord.AudioRecordSource, ShadowAudioTrack.OnAudioDataWrittenListener {
    static final int RATE = 8_000;
    private static final int CIRCLE = 4 * RATE;
    /** What a device holds before it must be fetched, or after it was written: 400 ms, so that a busy machine makes no gaps. */
    private static final int BUFFER = 2 * RATE / 5;

    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicBoolean hanging = new AtomicBoolean();
    // What is in the air: each sample at its time.
    private final short[] air = new short[CIRCLE];
    private final long[] times = new long[CIRCLE];
    private long played;
    private long heard;

    static SoundHardware install() {
        SoundHardware hardware = new SoundHardware();
        ShadowAudioRecord.setSourceProvider(record -> hardware);
        ShadowAudioTrack.addAudioDataListener(hardware);
        return hardware;
    }

    void remove() {
        ShadowAudioRecord.clearSource();
        ShadowAudioTrack.removeAudioDataListener(this);
        ShadowCallSpeaker.gone(false);
    }

    /** Both; the speaker for a test whose {@link ShadowCallSpeaker} it is. */
    void lose() {
        gone.set(true);
        ShadowCallSpeaker.gone(true);
    }

    /** As a driver that moves nothing and says nothing. */
    void hang() {
        hanging.set(true);
    }

    void restore() {
        gone.set(false);
        ShadowCallSpeaker.gone(false);
        hanging.set(false);
    }

    /** From a device that is gone, an error as from a server of sound that ended. */
    @Override
    public int readInShortArray(short[] samples, int offset, int size, boolean blocking) {
        if (hanging.get()) {
            return 0;
        }
        long from;
        synchronized (air) {
            if (now() - heard > 2 * BUFFER) {
                heard = now(); // nobody fetched it: opened anew
            }
            from = heard;
            heard += size;
        }
        waitUntil(from + size);
        if (gone.get()) {
            return AudioRecord.ERROR_DEAD_OBJECT;
        }
        synchronized (air) {
            for (int i = 0; i < size; i++) {
                int at = (int) ((from + i) % CIRCLE);
                samples[offset + i] = times[at] == from + i ? air[at] : 0;
            }
        }
        return size;
    }

    @Override
    public void onAudioDataWritten(ShadowAudioTrack track, byte[] bytes, AudioFormat format) {
        long until;
        synchronized (air) {
            if (played < now()) {
                played = now() + BUFFER; // begins, or ran dry
            }
            for (int i = 0; i + 1 < bytes.length; i += 2) {
                int at = (int) (played % CIRCLE);
                air[at] = (short) (bytes[i] & 0xff | bytes[i + 1] << 8);
                times[at] = played++;
            }
            until = played - BUFFER;
        }
        waitUntil(until);
    }

    private static void waitUntil(long sample) {
        long nanos = sample * 1_000_000_000L / RATE;
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000 * RATE / 1_000_000;
    }
}
