// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioFormat;
import android.media.AudioRecord;
import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.robolectric.shadows.ShadowAudioRecord;
import org.robolectric.shadows.ShadowAudioTrack;

/**
 * Somebody at a phone: the microphone hears what they say, and they hear what the speaker plays. In real time and at whatever rate a device was opened;
 * the two have nothing to do with each other.
 */
final class CallSound implements ShadowAudioRecord.AudioRecordSource, ShadowAudioTrack.OnAudioDataWrittenListener {
    /** What a device holds before it must be fetched, or after it was written: 200 ms. */
    private static final int BUFFERS_PER_SECOND = 5;

    private final Sound said;
    private final Object lock = new Object();
    private int captureRate = 8_000;
    private long captured;
    private int playbackRate = 8_000;
    private long played;
    private short[] heard = new short[0];
    private int heardLength;
    private long reads;

    private CallSound(Sound said) {
        this.said = said;
    }

    static CallSound install(Sound said) {
        CallSound hardware = new CallSound(said);
        ShadowAudioRecord.setSourceProvider(hardware::openedAt);
        ShadowAudioTrack.addAudioDataListener(hardware);
        return hardware;
    }

    void remove() {
        ShadowAudioRecord.clearSource();
        ShadowAudioTrack.removeAudioDataListener(this);
    }

    /** How loud a tone was in the latest half second that the speaker played since {@link #forget}; 0 before there is half a second. */
    double hears(double hertz) {
        synchronized (lock) {
            return amplitudeAtEnd(hertz, Arrays.copyOf(heard, heardLength), playbackRate);
        }
    }

    static double amplitudeAtEnd(double hertz, short[] samples, int rate) {
        int window = rate / 2;
        return samples.length < window
                ? 0
                : Sound.amplitudeOf(hertz, Arrays.copyOfRange(samples, samples.length - window, samples.length), rate);
    }

    void forget() {
        synchronized (lock) {
            heardLength = 0;
            reads = 0;
        }
    }

    /** How often something was played or fetched from the microphone since {@link #forget}. */
    long moves() {
        synchronized (lock) {
            return reads + heardLength;
        }
    }

    private ShadowAudioRecord.AudioRecordSource openedAt(AudioRecord record) {
        synchronized (lock) {
            if (record.getSampleRate() != captureRate) {
                captureRate = record.getSampleRate();
                captured = now(captureRate);
            }
        }
        return this;
    }

    /** As much as there is by now. */
    @Override
    public int readInShortArray(short[] samples, int offset, int size, boolean blocking) {
        synchronized (lock) {
            long now = now(captureRate);
            captured = Math.max(captured, now - captureRate / BUFFERS_PER_SECOND); // nobody fetched what was before
            int ready = (int) Math.min(size, now - captured);
            for (int i = 0; i < ready; i++) {
                samples[offset + i] = said.at(captured + i, captureRate);
            }
            captured += ready;
            reads++;
            return ready;
        }
    }

    @Override
    public void onAudioDataWritten(ShadowAudioTrack track, byte[] bytes, AudioFormat format) {
        int rate = format.getSampleRate();
        long until;
        synchronized (lock) {
            if (rate != playbackRate) {
                playbackRate = rate;
                heardLength = 0;
                played = 0;
            }
            int samples = bytes.length / Short.BYTES;
            if (heardLength + samples > heard.length) {
                heard = Arrays.copyOf(heard, heardLength + samples + 10 * rate);
            }
            for (int i = 0; i < samples; i++) {
                heard[heardLength++] = (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
            }
            played = Math.max(played, now(rate)) + samples;
            until = played - rate / BUFFERS_PER_SECOND;
        }
        long nanos = until * 1_000_000_000L / rate;
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long now(int rate) {
        return System.nanoTime() / 1_000 * rate / 1_000_000;
    }
}
