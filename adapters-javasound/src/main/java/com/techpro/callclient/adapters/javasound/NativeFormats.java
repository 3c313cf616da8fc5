// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * The formats to try on a device. At its native rate the system does not convert, which it may do
 * badly; our conversion is good. More than 16 bits are a last resort: some devices do nothing else.
 */
final class NativeFormats {
    private static final List<Integer> USUAL_RATES = List.of(48_000, 44_100, 96_000, 32_000, 16_000, 8_000);
    private static final int MAX_CHANNELS = 2;
    private static final List<Integer> SIZES = List.of(16, 24, 32);

    private NativeFormats() {}

    /** Returns mono or stereo; 16 bits first, then the usual rates. */
    static List<AudioFormat> bestFirst(Mixer mixer, Class<? extends DataLine> lineClass) {
        Line.Info[] lines =
                TargetDataLine.class.equals(lineClass) ? mixer.getTargetLineInfo() : mixer.getSourceLineInfo();
        Set<Shape> shapes = new LinkedHashSet<>();
        for (Line.Info line : lines) {
            if (line instanceof DataLine.Info data && lineClass.equals(data.getLineClass())) {
                for (AudioFormat format : data.getFormats()) {
                    addShapes(format, shapes);
                }
            }
        }
        List<Shape> ordered = new ArrayList<>(shapes);
        ordered.sort(Comparator.comparingInt(Shape::bits)
                .thenComparingInt(Shape::rank)
                .thenComparingInt(Shape::channels));
        List<AudioFormat> formats = new ArrayList<>();
        for (Shape shape : ordered) {
            formats.add(new AudioFormat(shape.rate, shape.bits, shape.channels, true, false));
        }
        return formats;
    }

    private static void addShapes(AudioFormat format, Set<Shape> shapes) {
        boolean fits = AudioFormat.Encoding.PCM_SIGNED.equals(format.getEncoding())
                && SIZES.contains(format.getSampleSizeInBits())
                && isPacked(format)
                && !format.isBigEndian()
                && format.getChannels() != 0
                && format.getChannels() <= MAX_CHANNELS;
        if (!fits) {
            return;
        }
        int first = format.getChannels() == AudioSystem.NOT_SPECIFIED ? 1 : format.getChannels();
        int last = format.getChannels() == AudioSystem.NOT_SPECIFIED ? MAX_CHANNELS : format.getChannels();
        for (int channels = first; channels <= last; channels++) {
            if (format.getSampleRate() == AudioSystem.NOT_SPECIFIED) {
                for (int rate : USUAL_RATES) {
                    shapes.add(new Shape(format.getSampleSizeInBits(), rate, channels));
                }
            } else {
                shapes.add(new Shape(format.getSampleSizeInBits(), Math.round(format.getSampleRate()), channels));
            }
        }
    }

    /** Some devices put 24 bits into four bytes. */
    private static boolean isPacked(AudioFormat format) {
        return format.getFrameSize() == AudioSystem.NOT_SPECIFIED
                || format.getChannels() == AudioSystem.NOT_SPECIFIED
                || format.getFrameSize() == format.getSampleSizeInBits() / 8 * format.getChannels();
    }

    private record Shape(int bits, int rate, int channels) {
        int rank() {
            int place = USUAL_RATES.indexOf(rate);
            return place >= 0 ? place : USUAL_RATES.size();
        }
    }
}
