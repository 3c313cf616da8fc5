// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.degrade.Degradation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A degradation at increasing levels, from one that everybody accepts to one that everybody
 * complains about. Immutable.
 */
public final class DegradationScale {
    private final String name;
    private final String unit;
    private final boolean coded;
    private final List<Double> levels;
    private final Maker maker;

    private DegradationScale(String name, String unit, boolean coded, Maker maker, double... levels) {
        this.name = name;
        this.unit = unit;
        this.coded = coded;
        this.maker = maker;
        this.levels = Arrays.stream(levels).boxed().toList();
    }

    /** Creates the degradation of a level at a place. */
    @FunctionalInterface
    interface Maker {
        Degradation of(double level, Place place);
    }

    /**
     * The circumstances that vary between judgements and must not change the verdict.
     *
     * @param voice the speaker
     * @param other another speaker
     * @param delay of the path, in samples of 16 kHz
     * @param offset where packets begin, in samples of 16 kHz
     * @param seed of random choices; the same at all levels
     */
    record Place(TestVoice voice, TestVoice other, int delay, int offset, long seed) {}

    static DegradationScale of(String name, String unit, Maker maker, double... levels) {
        return new DegradationScale(name, unit, false, maker, levels);
    }

    /** Creates a scale of a codec's own degradation: no other codec precedes it. */
    static DegradationScale ofCodec(String name, String unit, Maker maker, double... levels) {
        return new DegradationScale(name, unit, true, maker, levels);
    }

    /** Returns the name for people. */
    public String name() {
        return name;
    }

    /** Returns the unit of its levels. */
    public String unit() {
        return unit;
    }

    /** Returns the levels from the mildest to the worst. */
    public List<Double> levels() {
        return levels;
    }

    /** Returns a copy with only some of its levels. */
    public DegradationScale only(Set<Double> some) {
        double[] kept = levels.stream()
                .filter(some::contains)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new DegradationScale(name, unit, coded, maker, kept);
    }

    boolean isCoded() {
        return coded;
    }

    Degradation at(double level, Place place) {
        return maker.of(level, place);
    }

    @Override
    public String toString() {
        return name + ", " + unit;
    }
}
