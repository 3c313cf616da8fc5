// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioDeviceInfo;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaRecorder;
import android.media.audiofx.AcousticEchoCanceler;
import android.media.audiofx.AudioEffect;
import android.media.audiofx.AutomaticGainControl;
import android.media.audiofx.NoiseSuppressor;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A microphone tuned for speech by Android: {@code VOICE_COMMUNICATION}, with the platform's effects.
 */
final class CapturedDevice implements PcmDevice {
    private final AudioRecord record;
    private final Progress progress = new Progress();
    private final Map<VoiceEffect, AudioEffect> effects = new EnumMap<>(VoiceEffect.class);

    private CapturedDevice(AudioRecord record) {
        this.record = record;
        int session = record.getAudioSessionId();
        if (AcousticEchoCanceler.isAvailable()) {
            enable(VoiceEffect.ECHO_CANCELLATION, AcousticEchoCanceler.create(session));
        }
        if (NoiseSuppressor.isAvailable()) {
            enable(VoiceEffect.NOISE_SUPPRESSION, NoiseSuppressor.create(session));
        }
        if (AutomaticGainControl.isAvailable()) {
            enable(VoiceEffect.AUTO_GAIN_CONTROL, AutomaticGainControl.create(session));
        }
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

    @Override
    public Set<VoiceEffect> voiceEffects() {
        return Set.copyOf(effects.keySet());
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
        effects.values().forEach(AudioEffect::release);
        record.release();
    }

    /** @param effect null if the device turned out not to have it */
    private void enable(VoiceEffect kind, @Nullable AudioEffect effect) {
        if (effect == null) {
            return;
        }
        if (effect.setEnabled(true) == AudioEffect.SUCCESS) {
            effects.put(kind, effect);
        } else {
            effect.release();
        }
    }
}
