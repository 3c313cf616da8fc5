// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A good audio port with one fault. */
final class BrokenAudio implements AudioPort {
    /** Faults that would ruin a call. */
    enum Break {
        NOTHING,
        CAPTURE_AT_DOUBLE_SPEED,
        PLAYBACK_AT_DOUBLE_SPEED,
        FRAMES_REPEATED,
        FRAMES_DROPPED,
        FRAMES_WHILE_LOST,
        SPEAKERS_LOSS_UNTOLD,
        SPEAKERS_RETURN_UNTOLD,
        FIRST_CALLBACK_ON_THE_CALLERS_THREAD,
        A_LATE_BLOCK_OF_15_MS,
        PACE_OF_15_MS,
        FIFTEEN_MS_OF_SOUND_A_FRAME,
        EVERY_TWENTIETH_FRAME_IS_OLD,
        EVERY_SECOND_SAMPLE_DROPPED,
        AN_OFFSET,
        CUT_ABOVE_16_383,
        WRAPPED_ABOVE_16_383,
        SILENT_WITHOUT_A_DEVICE,
        ALWAYS_400_MS_LATE,
        ONE_CLOSED_STREAM_CLOSES_ALL,
        DEFAULT_NOT_FOLLOWED,
        HEADSET_LEFT,
        LONG_PAUSES
    }

    /** Every how many frames one is repeated or omitted. */
    private static final int OFTEN = 10;
    /** Every frame is this many frames late. */
    private static final int LATE = 40;
    /** 16,383 and a half: half of the range of a sample. */
    private static final int HALF_RANGE = 1 << 14;

    private final AudioPort good;
    private final Scheduler scheduler;
    private final Break broken;
    private final List<AudioStream> opened = new ArrayList<>();

    BrokenAudio(AudioPort good, Scheduler scheduler, Break broken) {
        this.good = good;
        this.scheduler = scheduler;
        this.broken = broken;
    }

    @Override
    public List<AudioDevice> devices() {
        return good.devices();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        switch (broken) {
            case CAPTURE_AT_DOUBLE_SPEED -> {
                return good.openCapture(deviceId, halved(format), halves(sink), listener);
            }
            case PACE_OF_15_MS -> {
                return new Clocked(format.frame().multipliedBy(3).dividedBy(4), format, sink).start();
            }
            case FRAMES_REPEATED, FRAMES_DROPPED, A_LATE_BLOCK_OF_15_MS, FIFTEEN_MS_OF_SOUND_A_FRAME -> {
                return good.openCapture(deviceId, format, new Spoilt(sink), listener);
            }
            case EVERY_TWENTIETH_FRAME_IS_OLD,
                    EVERY_SECOND_SAMPLE_DROPPED,
                    AN_OFFSET,
                    CUT_ABOVE_16_383,
                    WRAPPED_ABOVE_16_383,
                    ALWAYS_400_MS_LATE -> {
                return good.openCapture(deviceId, format, new Altered(sink), listener);
            }
            case SILENT_WITHOUT_A_DEVICE -> {
                try {
                    return good.openCapture(deviceId, format, sink, listener);
                } catch (AudioUnavailableException e) {
                    if (deviceId == null) {
                        return new Clocked(format.frame(), format, sink).start();
                    }
                    throw e;
                }
            }
            case ONE_CLOSED_STREAM_CLOSES_ALL -> {
                return new ClosingAll(good.openCapture(deviceId, format, sink, listener));
            }
            case LONG_PAUSES -> {
                return good.openCapture(deviceId, format, new Pausing(sink), listener);
            }
            case DEFAULT_NOT_FOLLOWED -> {
                String id = deviceId != null ? deviceId : idOfDefault();
                return good.openCapture(id, format, sink, listener);
            }
            case HEADSET_LEFT -> {
                return deviceId == null || deviceId.equals(idOfDefault())
                        ? good.openCapture(deviceId, format, sink, listener)
                        : new Leaving(deviceId, format, sink, listener);
            }
            case FRAMES_WHILE_LOST -> {
                var stopped = new Clocked(format.frame(), format, sink);
                return good.openCapture(deviceId, format, sink, new AudioStreamListener() {
                    @Override
                    public void interrupted(String reason) {
                        listener.interrupted(reason);
                        stopped.start();
                    }

                    @Override
                    public void restored() {
                        stopped.close();
                        listener.restored();
                    }
                });
            }
            case FIRST_CALLBACK_ON_THE_CALLERS_THREAD -> {
                sink.captured(new short[format.samplesPerFrame()]);
                return good.openCapture(deviceId, format, sink, listener);
            }
            default -> {
                return good.openCapture(deviceId, format, sink, listener);
            }
        }
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        return switch (broken) {
            case PLAYBACK_AT_DOUBLE_SPEED ->
                good.openPlayback(
                        deviceId,
                        format,
                        frame -> {
                            source.fill(frame);
                            source.fill(frame);
                        },
                        listener);
            case ONE_CLOSED_STREAM_CLOSES_ALL -> new ClosingAll(good.openPlayback(deviceId, format, source, listener));
            case SPEAKERS_LOSS_UNTOLD, SPEAKERS_RETURN_UNTOLD ->
                good.openPlayback(deviceId, format, source, new AudioStreamListener() {
                    @Override
                    public void interrupted(String reason) {
                        if (broken == Break.SPEAKERS_RETURN_UNTOLD) {
                            listener.interrupted(reason);
                        }
                    }

                    @Override
                    public void restored() {}
                });
            default -> good.openPlayback(deviceId, format, source, listener);
        };
    }

    private String idOfDefault() {
        return good.devices().stream()
                .filter(device -> device.direction() == AudioDevice.Direction.CAPTURE && device.systemDefault())
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static AudioFormat halved(AudioFormat format) {
        return new AudioFormat(format.sampleRate(), format.frame().dividedBy(2));
    }

    /** Two half-filled frames in the time of one. */
    private static CaptureSink halves(CaptureSink sink) {
        return half -> {
            short[] frame = Arrays.copyOf(half, 2 * half.length);
            System.arraycopy(half, 0, frame, half.length, half.length);
            sink.captured(frame);
        };
    }

    /** Delivers nothing for 300 ms in every second. */
    private static final class Pausing implements CaptureSink {
        private final CaptureSink sink;
        private int frames;

        Pausing(CaptureSink sink) {
            this.sink = sink;
        }

        @Override
        public void captured(short[] frame) {
            if (frames++ % 100 < 70) {
                sink.captured(frame);
            }
        }
    }

    /** Goes to the default for good once its device was lost. */
    private final class Leaving implements AudioStream, AudioStreamListener {
        private final AudioFormat format;
        private final CaptureSink sink;
        private final AudioStreamListener listener;
        private AudioStream stream;

        Leaving(String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
                throws AudioUnavailableException {
            this.format = format;
            this.sink = sink;
            this.listener = listener;
            stream = good.openCapture(deviceId, format, sink, this);
        }

        @Override
        public void interrupted(String reason) {
            listener.interrupted(reason);
            scheduler.schedule(Duration.ofMillis(100), () -> {
                stream.close();
                try {
                    stream = good.openCapture(null, format, sink, listener);
                } catch (AudioUnavailableException e) {
                    throw new IllegalStateException(e);
                }
                listener.restored();
            });
        }

        @Override
        public void restored() {}

        @Override
        public void setMuted(boolean muted) {
            stream.setMuted(muted);
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private final class Spoilt implements CaptureSink {
        private final CaptureSink sink;
        private int frames;
        private short[] before = {};

        Spoilt(CaptureSink sink) {
            this.sink = sink;
        }

        @Override
        public void captured(short[] frame) {
            boolean spoils = ++frames % OFTEN == 0;
            switch (broken) {
                // This port keeps the pace: a repeated frame takes the place of a lost one.
                case FRAMES_REPEATED -> sink.captured(spoils ? before.clone() : frame);
                case FRAMES_DROPPED -> {
                    if (!spoils) {
                        sink.captured(frame);
                    }
                }
                case A_LATE_BLOCK_OF_15_MS ->
                    sink.captured(frames == OFTEN ? Arrays.copyOf(frame, frame.length * 3 / 4) : frame);
                case FIFTEEN_MS_OF_SOUND_A_FRAME -> {
                    short[] part = frame.clone();
                    Arrays.fill(part, frame.length * 3 / 4, frame.length, (short) 0);
                    sink.captured(part);
                }
                default -> throw new IllegalStateException();
            }
            before = frame.clone();
        }
    }

    /** Frames of the right length at the right pace, with other samples. */
    private final class Altered implements CaptureSink {
        private final CaptureSink sink;
        private final ArrayDeque<short[]> before = new ArrayDeque<>();
        private int frames;

        Altered(CaptureSink sink) {
            this.sink = sink;
        }

        @Override
        public void captured(short[] frame) {
            short[] altered = frame.clone();
            for (int i = 0; i < frame.length; i++) {
                altered[i] = switch (broken) {
                    case EVERY_SECOND_SAMPLE_DROPPED -> frame[i - i % 2];
                    case AN_OFFSET -> (short) (frame[i] + 300);
                    case CUT_ABOVE_16_383 -> (short) Math.max(-HALF_RANGE, Math.min(HALF_RANGE - 1, frame[i]));
                    case WRAPPED_ABOVE_16_383 ->
                        (short) (Math.floorMod(frame[i] + HALF_RANGE, 2 * HALF_RANGE) - HALF_RANGE);
                    default -> frame[i];
                };
            }
            before.add(altered);
            short[] old = before.size() > LATE ? before.remove() : new short[frame.length];
            boolean takesOld = broken == Break.ALWAYS_400_MS_LATE
                    || broken == Break.EVERY_TWENTIETH_FRAME_IS_OLD && ++frames % 20 == 0;
            sink.captured(takesOld ? old : altered);
        }
    }

    private final class ClosingAll implements AudioStream {
        private final AudioStream stream;

        ClosingAll(AudioStream stream) {
            this.stream = stream;
            opened.add(stream);
        }

        @Override
        public void setMuted(boolean muted) {
            stream.setMuted(muted);
        }

        @Override
        public void close() {
            opened.forEach(AudioStream::close);
        }
    }

    /** Silent frames paced by a clock of its own. */
    private final class Clocked implements AudioStream {
        private final Duration pace;
        private final AudioFormat format;
        private final CaptureSink sink;
        private boolean runs;

        Clocked(Duration pace, AudioFormat format, CaptureSink sink) {
            this.pace = pace;
            this.format = format;
            this.sink = sink;
        }

        Clocked start() {
            runs = true;
            next();
            return this;
        }

        private void next() {
            scheduler.schedule(pace, () -> {
                if (runs) {
                    sink.captured(new short[format.samplesPerFrame()]);
                    next();
                }
            });
        }

        @Override
        public void setMuted(boolean muted) {}

        @Override
        public void close() {
            runs = false;
        }
    }
}
