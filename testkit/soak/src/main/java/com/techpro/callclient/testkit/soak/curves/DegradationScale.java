// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.curves;

import com.techpro.callclient.testkit.soak.degrade.Degradation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A degradation at levels from one that everybody lets pass to one that everybody complains of. Immutable. */
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

    /** Of a level at a place, what happens. */
    @FunctionalInterface
    interface Maker {
        Degradation of(double level, Place place);
    }

    /**
     * What is chosen anew for each judgement, and must not decide.
     *
     * @param voice who speaks
     * @param other somebody else
     * @param delay of the way, in samples of 16 kHz
     * @param offset where packets begin, in samples of 16 kHz
     * @param seed of what is random; the same at all levels
     */
    record Place(TestVoice voice, TestVoice other, int delay, int offset, long seed) {}

    static DegradationScale of(String name, String unit, Maker maker, double... levels) {
        return new DegradationScale(name, unit, false, maker, levels);
    }

    /** One of a codec's own: no other codec is put before it. */
    static DegradationScale ofCodec(String name, String unit, Maker maker, double... levels) {
        return new DegradationScale(name, unit, true, maker, levels);
    }

    /** For people. */
    public String name() {
        return name;
    }

    /** Of its levels. */
    public String unit() {
        return unit;
    }

    /** From the mildest to the worst. */
    public List<Double> levels() {
        return levels;
    }

    /** The same at some of its levels only. */
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
