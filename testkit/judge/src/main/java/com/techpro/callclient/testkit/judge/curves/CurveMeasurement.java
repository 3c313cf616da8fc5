// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.curves.Curve.Point;
import com.techpro.callclient.testkit.judge.curves.DegradationScale.Place;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.ear.Hearing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Lets {@link Ear} judge degraded speech, level by level: each voice uncoded, and the first voice
 * through some codecs. The same settings give the same figures on any machine. For one thread at a
 * time.
 */
public final class CurveMeasurement {
    /** The path's delay in samples: 61.3 ms, not a multiple of any frame. */
    static final int DELAY = 981;
    /** The largest offset of packets: 10 ms. */
    private static final int MOST_OFFSET = 160;

    private static final int ONLY_OFFSET = 57;

    private final Ear ear = new Ear();
    private final List<TestVoice> voices;
    private final List<Channel> channels;
    private final int offsets;

    /**
     * Prepares the measurement without judging anything.
     *
     * @param voices one or more
     * @param channels for the first of the voices, besides {@link Channel#UNCODED}
     * @param offsets how many packet offsets between 0 and 160 samples to use
     * @throws IllegalArgumentException if there is no voice or no offset
     */
    public CurveMeasurement(List<TestVoice> voices, List<Channel> channels, int offsets) {
        if (voices.isEmpty() || offsets < 1) {
            throw new IllegalArgumentException("one voice and one offset are needed at least");
        }
        this.voices = List.copyOf(voices);
        this.channels = List.copyOf(channels);
        this.offsets = offsets;
    }

    /**
     * Returns one curve per voice, then one per channel; a codec's own degradation has none for
     * channels.
     */
    public List<Curve> measure(DegradationScale scale) {
        List<Curve> curves = new ArrayList<>();
        for (TestVoice voice : voices) {
            curves.add(curve(scale, voice.name(), voice, Channel.UNCODED));
        }
        if (!scale.isCoded()) {
            for (Channel channel : channels) {
                curves.add(curve(scale, channel.name(), voices.get(0), channel));
            }
        }
        return List.copyOf(curves);
    }

    /** Measures an uncoded voice with one packet offset. */
    public Curve curve(DegradationScale scale, TestVoice voice, int offset) {
        return curve(scale, voice.name(), voice, Channel.UNCODED, new int[] {offset});
    }

    private Curve curve(DegradationScale scale, String name, TestVoice voice, Channel channel) {
        return curve(
                scale,
                name,
                voice,
                channel,
                IntStream.range(0, offsets).map(this::offset).toArray());
    }

    private Curve curve(DegradationScale scale, String name, TestVoice voice, Channel channel, int[] places) {
        List<Point> points = new ArrayList<>();
        for (double level : scale.levels()) {
            points.add(point(scale, level, voice, channel, places));
        }
        return new Curve(scale, name, !channel.equals(Channel.UNCODED), points);
    }

    private Point point(DegradationScale scale, double level, TestVoice voice, Channel channel, int[] places) {
        int caught = 0;
        double scores = 0;
        Map<String, Integer> verdicts = new TreeMap<>();
        for (int offset : places) {
            Hearing hearing = ear.compare(voice.samples(), heard(scale, level, voice, channel, offset));
            caught += hearing.verified() ? 0 : 1;
            scores += hearing.score();
            verdicts.merge(hearing.verdict().words(), 1, Integer::sum);
        }
        return new Point(level, places.length, caught, scores / places.length, verdicts);
    }

    /** Not a multiple of 20, 40 or 80 samples, except the first. */
    private int offset(int index) {
        return offsets == 1
                ? ONLY_OFFSET
                : (int) Math.rint(MOST_OFFSET * index / (double) (offsets - 1)) - (index % 2) * 7;
    }

    /**
     * Returns what is heard of a voice, uncoded and with packets at no multiple of a frame.
     *
     * @param level of the scale
     * @param voice one of the voices
     * @return 16 kHz, delayed by 61 ms
     */
    public short[] heard(DegradationScale scale, double level, TestVoice voice) {
        return heard(scale, level, voice, Channel.UNCODED, ONLY_OFFSET);
    }

    private short[] heard(DegradationScale scale, double level, TestVoice voice, Channel channel, int offset) {
        Place place = new Place(voice, other(voice), DELAY, offset, voice.name().hashCode() * 31L + offset);
        Degradation way = Timing.delay(DELAY).then(channel.degradation(offset));
        return way.then(scale.at(level, place)).applyTo(voice.samples());
    }

    /** Returns the next voice; if there is only one, its own words in another order. */
    private TestVoice other(TestVoice voice) {
        if (voices.size() > 1) {
            return voices.get((voices.indexOf(voice) + 1) % voices.size());
        }
        short[] samples = voice.samples();
        short[] turned = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            turned[i] = samples[(i + samples.length * 4 / 10) % samples.length];
        }
        return TestVoice.of(voice.name() + ", in another order", turned);
    }
}
