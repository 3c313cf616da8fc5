// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioDeviceInfo;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaRecorder;
import android.media.audiofx.AcousticEchoCanceler;
import android.media.audiofx.AudioEffect;
import android.media.audiofx.NoiseSuppressor;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A microphone tuned for speech by Android: {@code VOICE_COMMUNICATION}, with the platform's echo
 * canceller and noise suppressor.
 */
final class CapturedDevice implements PcmDevice {
    private final AudioRecord record;
    private final Progress progress = new Progress();
    private final @Nullable AudioEffect echoCanceller;
    private final @Nullable AudioEffect noiseSuppressor;

    private CapturedDevice(AudioRecord record) {
        this.record = record;
        int session = record.getAudioSessionId();
        echoCanceller = enabled(AcousticEchoCanceler.isAvailable() ? AcousticEchoCanceler.create(session) : null);
        noiseSuppressor = enabled(NoiseSuppressor.isAvailable() ? NoiseSuppressor.create(session) : null);
    }

    static CapturedDevice open(@Nullable AudioDeviceInfo preferred, int sampleRate, int frameSamples)
            throws AudioUnavailableException {
        int least =
                AudioRecord.getMinBufferSize(sampleRate, AudioFormat.CHANNEL_IN_MONO, AudioFormat.ENCODING_PCM_16BIT);
        if (least <= 0) {
            throw new AudioUnavailableException(Reason.UNSUPPORTED_FORMAT, "no microphone at this sample rate");
        }
        AudioRecord record;
        try {
            record = new AudioRecord.Builder()
                    .setAudioSource(MediaRecorder.AudioSource.VOICE_COMMUNICATION)
                    .setAudioFormat(new AudioFormat.Builder()
                            .setEncoding(AudioFormat.ENCODING_PCM_16BIT)
                            .setSampleRate(sampleRate)
                            .setChannelMask(AudioFormat.CHANNEL_IN_MONO)
                            .build())
                    .setBufferSizeInBytes(Math.max(least, 2 * Short.BYTES * frameSamples))
                    .build();
        } catch (UnsupportedOperationException e) {
            throw new AudioUnavailableException(Reason.FAILED, "the microphone cannot be opened", Redacted.of(e));
        }
        if (preferred != null && !record.setPreferredDevice(preferred)) {
            record.release();
            throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, "the microphone went away");
        }
        try {
            record.startRecording();
        } catch (IllegalStateException e) {
            record.release();
            throw new AudioUnavailableException(Reason.FAILED, "the microphone does not start", Redacted.of(e));
        }
        if (record.getRecordingState() != AudioRecord.RECORDSTATE_RECORDING) {
            record.release();
            throw new AudioUnavailableException(Reason.BUSY, "another app holds the microphone");
        }
        return new CapturedDevice(record);
    }

    VoiceEffects effects() {
        return new VoiceEffects(echoCanceller != null, noiseSuppressor != null);
    }

    @Override
    public boolean transfer(short[] frame) {
        return progress.moveAll(
                frame.length, (done, left) -> record.read(frame, done, left, AudioRecord.READ_NON_BLOCKING));
    }

    @Override
    public void interrupt() {
        progress.interrupt();
    }

    @Override
    public void release() {
        if (echoCanceller != null) {
            echoCanceller.release();
        }
        if (noiseSuppressor != null) {
            noiseSuppressor.release();
        }
        record.release();
    }

    private static @Nullable AudioEffect enabled(@Nullable AudioEffect effect) {
        if (effect != null && effect.setEnabled(true) != AudioEffect.SUCCESS) {
            effect.release();
            return null;
        }
        return effect;
    }
}
