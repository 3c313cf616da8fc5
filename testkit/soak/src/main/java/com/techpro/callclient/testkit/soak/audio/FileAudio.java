// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A microphone that plays a sound file in a loop, and a speaker that records to one, in real or
 * virtual time. After a hold the file continues where it stopped. One recording holds all calls,
 * one after the other. Callbacks run on the scheduler.
 */
public final class FileAudio implements AudioPort, AutoCloseable {
    private static final String MICROPHONE = "file-microphone";
    private static final String SPEAKER = "file-speaker";

    private final Scheduler scheduler;
    private final @Nullable Path microphone;
    private final @Nullable Path speaker;
    // A hand-off: opened on a worker, played on the scheduler.
    private final Object lock = new Object();
    private @Nullable WavRecording recording;
    private int recordingRate;
    private double microphoneSeconds;

    /** A null file means that there is no such device. */
    public FileAudio(Scheduler scheduler, @Nullable Path microphone, @Nullable Path speaker) {
        this.scheduler = scheduler;
        this.microphone = microphone;
        this.speaker = speaker;
    }

    @Override
    public List<AudioDevice> devices() {
        List<AudioDevice> devices = new ArrayList<>();
        if (microphone != null) {
            devices.add(new AudioDevice(MICROPHONE, "file " + microphone, Direction.CAPTURE, true));
        }
        if (speaker != null) {
            devices.add(new AudioDevice(SPEAKER, "file " + speaker, Direction.PLAYBACK, true));
        }
        return devices;
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        Path file = require(microphone, MICROPHONE, deviceId);
        short[] clip;
        try {
            clip = WavFile.read(file, format.sampleRate());
        } catch (IOException e) {
            throw new AudioUnavailableException(
                    Reason.FAILED, "cannot play the microphone's file: " + e.getMessage(), e);
        }
        if (clip.length == 0) {
            throw new AudioUnavailableException(Reason.FAILED, "the microphone's file holds no sound");
        }
        return new PacedStream(scheduler, format, listener, (frame, muted) -> {
            hear(clip, frame, format.sampleRate(), muted);
            sink.captured(frame);
        });
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        Path file = require(speaker, SPEAKER, deviceId);
        int rate;
        synchronized (lock) {
            try {
                if (recording == null) {
                    recording = new WavRecording(file, format.sampleRate());
                    recordingRate = format.sampleRate();
                }
            } catch (IOException e) {
                throw new AudioUnavailableException(
                        Reason.FAILED, "cannot write the speaker's file: " + e.getMessage(), e);
            }
            rate = recordingRate;
        }
        Resampler resampler = new Resampler(format.sampleRate(), rate);
        short[] converted = new short[resampler.maxOutput(format.samplesPerFrame())];
        return new PacedStream(scheduler, format, listener, (frame, muted) -> {
            source.fill(frame);
            if (muted) {
                Arrays.fill(frame, (short) 0);
            }
            if (rate == format.sampleRate()) {
                record(frame);
            } else {
                record(Arrays.copyOf(converted, resampler.resample(frame, 0, frame.length, converted, 0)));
            }
        });
    }

    /** Completes the recording; close the streams first. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            if (recording != null) {
                recording.close();
                recording = null;
            }
        }
    }

    private void hear(short[] clip, short[] frame, int sampleRate, boolean muted) {
        synchronized (lock) {
            long first = Math.round(microphoneSeconds * sampleRate);
            for (int i = 0; i < frame.length; i++) {
                frame[i] = muted ? 0 : clip[(int) ((first + i) % clip.length)];
            }
            microphoneSeconds = (double) (first + frame.length) / sampleRate;
        }
    }

    private void record(short[] frame) throws IOException {
        synchronized (lock) {
            if (recording != null) {
                recording.append(frame);
            }
        }
    }

    private static Path require(@Nullable Path file, String itsId, @Nullable String deviceId)
            throws AudioUnavailableException {
        if (file == null || (deviceId != null && !deviceId.equals(itsId))) {
            throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, "there is no such device, only files");
        }
        return file;
    }
}
