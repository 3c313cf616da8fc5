// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;

/** Devices and lines from {@code javax.sound.sampled}. */
final class SampledLines implements LineSource {
    /**
     * The capacity of a line. {@link PlaybackPump} keeps a speaker's line emptier than that; a
     * microphone's is emptied at once.
     */
    private static final int BUFFER_MILLIS = 80;

    private final Mixers mixers;

    SampledLines(Mixers mixers) {
        this.mixers = mixers;
    }

    @Override
    public List<AudioDevice> devices() {
        List<AudioDevice> devices = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (NamedMixer mixer : NamedMixer.all(mixers, lineClass(direction))) {
                devices.add(
                        new AudioDevice(mixer.id(direction), mixer.info().getName(), direction, mixer.position() == 0));
            }
        }
        return List.copyOf(devices);
    }

    @Override
    public DeviceLine open(Direction direction, @Nullable String deviceId) throws AudioUnavailableException {
        NamedMixer named = find(direction, deviceId);
        try {
            Mixer mixer = mixers.mixer(named.info());
            return openFirst(mixer, named.id(direction), direction);
        } catch (SecurityException e) {
            throw new AudioUnavailableException(
                    Reason.NOT_PERMITTED, "this program may not use the " + noun(direction) + "; allow it", e);
        } catch (IllegalArgumentException e) {
            throw new AudioUnavailableException(
                    Reason.NO_SUCH_DEVICE, "the " + noun(direction) + " went away; choose another", e);
        }
    }

    private NamedMixer find(Direction direction, @Nullable String deviceId) throws AudioUnavailableException {
        List<NamedMixer> present = NamedMixer.all(mixers, lineClass(direction));
        for (NamedMixer mixer : present) {
            if (deviceId == null || deviceId.equals(mixer.id(direction))) {
                return mixer;
            }
        }
        String message = present.isEmpty()
                ? "there is no " + noun(direction) + "; connect one, or start the sound server"
                : "there is no " + noun(direction) + " with that id; choose one of devices()";
        throw new AudioUnavailableException(Reason.NO_SUCH_DEVICE, message);
    }

    private static DeviceLine openFirst(Mixer mixer, String id, Direction direction) throws AudioUnavailableException {
        LineUnavailableException refused = null;
        for (AudioFormat format : NativeFormats.bestFirst(mixer, lineClass(direction))) {
            try {
                return open(mixer, id, direction, format);
            } catch (LineUnavailableException e) {
                refused = e;
            }
        }
        if (refused == null) {
            throw new AudioUnavailableException(
                    Reason.UNSUPPORTED_FORMAT,
                    "the " + noun(direction) + " does not do linear sound of 16, 24 or 32 bits");
        }
        throw new AudioUnavailableException(
                Reason.BUSY,
                "the " + noun(direction) + " is held by another program, or its sound server does not answer",
                refused);
    }

    private static DeviceLine open(Mixer mixer, String id, Direction direction, AudioFormat format)
            throws LineUnavailableException {
        int bufferBytes = Math.round(format.getSampleRate()) * BUFFER_MILLIS / 1000 * format.getFrameSize();
        DataLine.Info wanted = new DataLine.Info(lineClass(direction), format);
        if (direction == Direction.CAPTURE) {
            TargetDataLine line = (TargetDataLine) mixer.getLine(wanted);
            // open(format) alone would buffer half a second of audio.
            line.open(format, bufferBytes);
            line.start();
            return new SampledLine(id, line, line::read);
        }
        SourceDataLine line = (SourceDataLine) mixer.getLine(wanted);
        line.open(format, bufferBytes);
        line.start();
        return new SampledLine(id, line, line::write);
    }

    private static Class<? extends DataLine> lineClass(Direction direction) {
        return direction == Direction.CAPTURE ? TargetDataLine.class : SourceDataLine.class;
    }

    private static String noun(Direction direction) {
        return direction == Direction.CAPTURE ? "microphone" : "speaker";
    }

    /**
     * A line and its transfer method, whose name differs between the two kinds of line. A driver whose device goes
     * away may throw at any call: the line is not open any more then.
     */
    private static final class SampledLine implements DeviceLine {
        private final String deviceId;
        private final DataLine line;
        private final Move move;
        private boolean failed;

        SampledLine(String deviceId, DataLine line, Move move) {
            this.deviceId = deviceId;
            this.line = line;
            this.move = move;
        }

        @Override
        public String deviceId() {
            return deviceId;
        }

        @Override
        public int sampleRate() {
            return Math.round(line.getFormat().getSampleRate());
        }

        @Override
        public int channels() {
            return line.getFormat().getChannels();
        }

        @Override
        public int sampleBytes() {
            return line.getFormat().getSampleSizeInBits() / 8;
        }

        @Override
        public int bufferBytes() {
            return line.getBufferSize();
        }

        @Override
        public int available() {
            return attempt(line::available);
        }

        @Override
        public int transfer(byte[] bytes, int offset, int length) {
            return attempt(() -> move.move(bytes, offset, length));
        }

        @Override
        public void flush() {
            attempt(() -> {
                line.flush();
                return 0;
            });
        }

        private int attempt(IntSupplier use) {
            try {
                return use.getAsInt();
            } catch (RuntimeException gone) {
                failed = true;
                return 0;
            }
        }

        @Override
        public boolean isOpen() {
            return !failed && line.isOpen();
        }

        @Override
        public void close() {
            attempt(() -> {
                line.close();
                return 0;
            });
        }
    }

    @FunctionalInterface
    private interface Move {
        int move(byte[] bytes, int offset, int length);
    }
}
