// SPDX-License-Identifier: Apache-2.0
package org.example.phone;

import android.media.AudioFormat;
import android.media.AudioRecord;
import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.robolectric.shadows.ShadowAudioRecord;
import org.robolectric.shadows.ShadowAudioTrack;

/** The pace of real devices, which Robolectric's lack: a microphone that hears a sound, and a speaker that keeps what it played last. */
final class SoundDevices implements ShadowAudioTrack.OnAudioDataWrittenListener, AutoCloseable {
    /** What a device holds before it must be fetched, or after it was written, in nanoseconds. */
    private static final long BUFFER = 200_000_000;

    private final long begun = System.nanoTime();
    private volatile long captured;
    private volatile long playedUntil;
    private short[] heard = new short[0];

    SoundDevices(Sound spoken) {
        ShadowAudioRecord.setSourceProvider(record -> microphone(record, spoken));
        ShadowAudioTrack.addAudioDataListener(this);
    }

    /** How loud a tone was in the last half second that the speaker played. */
    synchronized double hears(double hertz) {
        return Sound.amplitudeOf(hertz, heard, 2 * heard.length);
    }

    private ShadowAudioRecord.AudioRecordSource microphone(AudioRecord record, Sound spoken) {
        return new ShadowAudioRecord.AudioRecordSource() {
            @Override
            public int readInShortArray(short[] samples, int offset, int size, boolean blocking) {
                int rate = record.getSampleRate();
                long now = samplesUntilNow(rate);
                long from = captured < now - rate / 5 || captured > now ? now : captured; // now: it was just opened
                int ready = (int) Math.min(size, now - from);
                for (int i = 0; i < ready; i++) {
                    samples[offset + i] = spoken.at(from + i, rate);
                }
                captured = from + ready;
                return ready;
            }
        };
    }

    @Override
    public void onAudioDataWritten(ShadowAudioTrack track, byte[] bytes, AudioFormat format) {
        int rate = format.getSampleRate();
        int samples = bytes.length / Short.BYTES;
        synchronized (this) {
            short[] next = Arrays.copyOf(heard, rate / 2);
            System.arraycopy(next, samples, next, 0, next.length - samples);
            for (int i = 0; i < samples; i++) {
                next[next.length - samples + i] = (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
            }
            heard = next;
        }
        playedUntil = Math.max(playedUntil, now()) + samples * 1_000_000_000L / rate;
        for (long early = playedUntil - BUFFER - now(); early > 0; early = playedUntil - BUFFER - now()) {
            LockSupport.parkNanos(early);
        }
    }

    private long samplesUntilNow(int rate) {
        return now() / 1_000 * rate / 1_000_000;
    }

    private long now() {
        return System.nanoTime() - begun;
    }

    @Override
    public void close() {
        ShadowAudioRecord.clearSource();
        ShadowAudioTrack.removeAudioDataListener(this);
    }
}
