// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioDeviceInfo;
import android.media.AudioFormat;
import android.media.AudioTrack;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A speaker configured for calls: it has the call volume, and requests Android's low-latency path.
 */
final class PlayedDevice implements PcmDevice {
    private final AudioTrack track;
    private final Progress progress = new Progress();
    private final byte[] bytes;

    private PlayedDevice(AudioTrack track, int frameSamples) {
        this.track = track;
        this.bytes = new byte[Short.BYTES * frameSamples];
    }

    static PlayedDevice open(@Nullable AudioDeviceInfo preferred, int sampleRate, int frameSamples)
            throws AudioUnavailableException {
        int least =
                AudioTrack.getMinBufferSize(sampleRate, AudioFormat.CHANNEL_OUT_MONO, AudioFormat.ENCODING_PCM_16BIT);
        if (least <= 0) {
            throw new AudioUnavailableException(Reason.UNSUPPORTED_FORMAT, "no speaker at this sample rate");
        }
        AudioTrack track;
        try {
            track = new AudioTrack.Builder()
                    .setAudioAttributes(CallAudioMode.ATTRIBUTES)
                    .setAudioFormat(new AudioFormat.Builder()
                            .setEncoding(AudioFormat.ENCODING_PCM_16BIT)
                            .setSampleRate(sampleRate)
                            .setChannelMask(AudioFormat.CHANNEL_OUT_MONO)
                            .build())
                    .setTransferMode(AudioTrack.MODE_STREAM)
                    .setPerformanceMode(AudioTrack.PERFORMANCE_MODE_LOW_LATENCY)
                    .setBufferSizeInBytes(Math.max(least, 2 * Short.BYTES * frameSamples))
                    .build();
        } catch (UnsupportedOperationException e) {
            throw new AudioUnavailableException(Reason.FAILED, "the speaker cannot be opened", Redacted.of(e));
        }
        if (preferred != null && !track.setPreferredDevice(preferred)) {
            track.release();
            throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, "the speaker went away");
        }
        try {
            track.play();
        } catch (IllegalStateException e) {
            track.release();
            throw new AudioUnavailableException(Reason.FAILED, "the speaker does not start", Redacted.of(e));
        }
        return new PlayedDevice(track, frameSamples);
    }

    @Override
    public boolean transfer(short[] frame) {
        for (int i = 0; i < frame.length; i++) {
            bytes[2 * i] = (byte) frame[i];
            bytes[2 * i + 1] = (byte) (frame[i] >> Byte.SIZE);
        }
        return progress.moveAll(
                bytes.length, (done, left) -> track.write(bytes, done, left, AudioTrack.WRITE_NON_BLOCKING));
    }

    @Override
    public void interrupt() {
        progress.interrupt();
    }

    /** What is still in Android's buffer is not played. */
    @Override
    public void release() {
        try {
            track.pause();
            track.flush();
        } catch (IllegalStateException e) {
            // It was dead already.
        }
        track.release();
    }
}
