// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import java.util.List;
import java.util.Map;

/**
 * The results of one degradation at each of its levels.
 *
 * @param scale the degradation
 * @param name of the voice or codec
 * @param coded whether a voice passed a codec
 * @param points by level, from the mildest to the worst
 */
public record Curve(DegradationScale scale, String name, boolean coded, List<Point> points) {
    public Curve {
        points = List.copyOf(points);
    }

    /**
     * One level.
     *
     * @param level in the scale's unit
     * @param judged how often it was judged
     * @param caught how often it was not verified
     * @param score the mean similarity, 1 to 5
     * @param verdicts the count of each, by its words
     */
    public record Point(double level, int judged, int caught, double score, Map<String, Integer> verdicts) {
        public Point {
            verdicts = Map.copyOf(verdicts);
        }

        /** Returns the share caught, 0 to 1. */
        public double share() {
            return judged == 0 ? 0 : caught / (double) judged;
        }
    }

    /**
     * Returns the level at which half are caught, interpolated linearly. NaN if none, or more than
     * half, are caught at every level.
     */
    public double half() {
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point after = points.get(i);
            if (before.share() < 0.5 && after.share() >= 0.5) {
                double part = (0.5 - before.share()) / (after.share() - before.share());
                return before.level() + part * (after.level() - before.level());
            }
        }
        return Double.NaN;
    }

    /** Returns the worst level up to which none was caught; NaN if some were at the mildest. */
    public double passes() {
        double last = Double.NaN;
        for (Point point : points) {
            if (point.caught() > 0) {
                break;
            }
            last = point.level();
        }
        return last;
    }

    /** Returns the mildest level from which all were caught; NaN if not all were at the worst. */
    public double caught() {
        double first = Double.NaN;
        for (int i = points.size() - 1;
                i >= 0 && points.get(i).caught() == points.get(i).judged();
                i--) {
            first = points.get(i).level();
        }
        return first;
    }
}
