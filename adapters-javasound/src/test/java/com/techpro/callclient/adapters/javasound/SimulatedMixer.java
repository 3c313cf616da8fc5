// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.Control;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineListener;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/** A JavaSound mixer with one microphone and one speaker, which behave as those of some system do. */
final class SimulatedMixer implements Mixer, Mixers {
    private final Info info = new Info();
    private final List<AudioFormat> formats;
    final List<SimulatedLine> lines = new ArrayList<>();
    /** Another program has the device. */
    boolean busy;
    /** The system has forgotten it between listing and opening. */
    boolean forgotten;
    /** The system does not let this program use it. */
    boolean forbidden;

    private SimulatedMixer(List<AudioFormat> formats) {
        this.formats = formats;
    }

    /** A mixer that does these formats and no others, as the system lists them. */
    static SimulatedMixer of(AudioFormat... formats) {
        return new SimulatedMixer(List.of(formats));
    }

    static AudioFormat format(int rate, int bits, int channels) {
        return new AudioFormat(rate, bits, channels, true, false);
    }

    @Override
    public Mixer.Info[] infos() {
        return new Mixer.Info[] {info};
    }

    @Override
    public Mixer mixer(Mixer.Info wanted) {
        return this;
    }

    @Override
    public Mixer.Info getMixerInfo() {
        return info;
    }

    @Override
    public Line.Info[] getSourceLineInfo() {
        return infos(SourceDataLine.class);
    }

    @Override
    public Line.Info[] getTargetLineInfo() {
        return infos(TargetDataLine.class);
    }

    private Line.Info[] infos(Class<? extends DataLine> kind) {
        return new Line.Info[] {new DataLine.Info(kind, formats.toArray(new AudioFormat[0]), 32, -1)};
    }

    @Override
    public boolean isLineSupported(Line.Info wanted) {
        return true;
    }

    @Override
    public Line getLine(Line.Info wanted) {
        if (forgotten) {
            throw new IllegalArgumentException("Mixer not supported");
        }
        if (forbidden) {
            throw new SecurityException("not allowed");
        }
        SimulatedLine line = new SimulatedLine(wanted.getLineClass() == TargetDataLine.class);
        lines.add(line);
        return line;
    }

    /** A line that moves samples at once; a microphone hears a constant 1000, or nothing. */
    final class SimulatedLine implements SourceDataLine, TargetDataLine {
        private final boolean capture;
        private AudioFormat format = SimulatedMixer.format(8000, 16, 1);
        private boolean open;
        private int bufferBytes;
        byte[] written = {};
        /** How much there is to read or room to write. */
        int available;
        /** What macOS gives a program that may not use the microphone. */
        boolean silent;
        /** The device is gone, and the driver says so in the middle of a transfer. */
        boolean unplugged;

        SimulatedLine(boolean capture) {
            this.capture = capture;
        }

        @Override
        public void open(AudioFormat wanted, int bytes) throws LineUnavailableException {
            if (busy) {
                throw new LineUnavailableException("in use by another application");
            }
            if (formats.stream().noneMatch(done -> does(done, wanted))) {
                throw new LineUnavailableException("format not supported");
            }
            format = wanted;
            bufferBytes = bytes;
            available = capture ? 0 : bytes;
            open = true;
        }

        private boolean does(AudioFormat done, AudioFormat wanted) {
            return done.getSampleSizeInBits() == wanted.getSampleSizeInBits()
                    && done.getSampleRate() == wanted.getSampleRate()
                    && done.getChannels() == wanted.getChannels();
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            failIfUnplugged();
            written = new byte[length];
            System.arraycopy(bytes, offset, written, 0, length);
            available -= length;
            return length;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            failIfUnplugged();
            int size = format.getSampleSizeInBits() / 8;
            for (int i = offset; i < offset + length; i++) {
                int place = (i - offset) % size;
                int value = silent ? 0 : 1000;
                bytes[i] = place == size - 1 ? (byte) (value >> 8) : place == size - 2 ? (byte) value : (byte) 0x7F;
                if (silent) {
                    bytes[i] = 0;
                }
            }
            available -= length;
            return length;
        }

        private void failIfUnplugged() {
            if (unplugged) {
                throw new IllegalStateException("device removed");
            }
        }

        @Override
        public int available() {
            return available;
        }

        @Override
        public AudioFormat getFormat() {
            return format;
        }

        @Override
        public int getBufferSize() {
            return bufferBytes;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            failIfUnplugged();
            open = false;
        }

        @Override
        public void open(AudioFormat wanted) throws LineUnavailableException {
            open(wanted, 1 << 16);
        }

        @Override
        public void open() throws LineUnavailableException {
            open(format);
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public void drain() {}

        @Override
        public void flush() {
            failIfUnplugged();
        }

        @Override
        public boolean isRunning() {
            return open;
        }

        @Override
        public boolean isActive() {
            return open;
        }

        @Override
        public int getFramePosition() {
            return 0;
        }

        @Override
        public long getLongFramePosition() {
            return 0;
        }

        @Override
        public long getMicrosecondPosition() {
            return 0;
        }

        @Override
        public float getLevel() {
            return 0;
        }

        @Override
        public Line.Info getLineInfo() {
            return new DataLine.Info(capture ? TargetDataLine.class : SourceDataLine.class, format);
        }

        @Override
        public Control[] getControls() {
            return new Control[0];
        }

        @Override
        public boolean isControlSupported(Control.Type type) {
            return false;
        }

        @Override
        public Control getControl(Control.Type type) {
            throw new IllegalArgumentException();
        }

        @Override
        public void addLineListener(LineListener listener) {}

        @Override
        public void removeLineListener(LineListener listener) {}
    }

    private static final class Info extends Mixer.Info {
        Info() {
            super("Headset", "Acme", "USB audio", "1");
        }
    }

    @Override
    public Line.Info[] getSourceLineInfo(Line.Info wanted) {
        return getSourceLineInfo();
    }

    @Override
    public Line.Info[] getTargetLineInfo(Line.Info wanted) {
        return getTargetLineInfo();
    }

    @Override
    public int getMaxLines(Line.Info wanted) {
        return 1;
    }

    @Override
    public Line[] getSourceLines() {
        return new Line[0];
    }

    @Override
    public Line[] getTargetLines() {
        return new Line[0];
    }

    @Override
    public void synchronize(Line[] together, boolean maintainSync) {}

    @Override
    public void unsynchronize(Line[] together) {}

    @Override
    public boolean isSynchronizationSupported(Line[] together, boolean maintainSync) {
        return false;
    }

    @Override
    public Line.Info getLineInfo() {
        return new Line.Info(Mixer.class);
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Control[] getControls() {
        return new Control[0];
    }

    @Override
    public boolean isControlSupported(Control.Type type) {
        return false;
    }

    @Override
    public Control getControl(Control.Type type) {
        throw new IllegalArgumentException();
    }

    @Override
    public void addLineListener(LineListener listener) {}

    @Override
    public void removeLineListener(LineListener listener) {}
}
