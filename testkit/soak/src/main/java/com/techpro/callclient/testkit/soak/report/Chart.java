// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A line chart as SVG: one axis of seconds or of named places at equal distances, one of values from
 * zero, with few lines. The page's style sets the colours.
 */
public final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 200;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int TICKS = 4;
    private static final int MOST_LINES = 3;
    private static final int LEGEND_WIDTH = 190;

    private final double[] seconds;
    /** Instead of seconds; empty if these are the axis. */
    private final List<String> places;

    private final StringBuilder lines = new StringBuilder();
    private final double most;
    private int drawn;

    /**
     * Creates an empty chart.
     *
     * @param seconds of each value, ascending
     * @param most the largest value there will be
     */
    public Chart(double[] seconds, double most) {
        this(seconds.clone(), List.of(), most);
    }

    /**
     * Creates an empty chart whose lines' values are at these places.
     *
     * @param places plain text, at least one; a line that has fewer values ends before the last
     * @param most the largest value there will be
     */
    public Chart(List<String> places, double most) {
        this(IntStream.range(0, places.size()).asDoubleStream().toArray(), List.copyOf(places), most);
    }

    private Chart(double[] seconds, List<String> places, double most) {
        this.seconds = seconds;
        this.places = places;
        this.most = round(most <= 0 ? 1 : most);
    }

    public Chart line(String name, double[] values) {
        int colour = drawn % MOST_LINES + 1;
        double latest = values.length == 0 ? 0 : values[values.length - 1];
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(format("%.1f,%.1f ", x(seconds[i]), y(values[i])));
        }
        lines.append(format(
                "<polyline class=\"line c%d\" points=\"%s\"/>%n",
                colour, points.toString().trim()));
        int at = LEFT + 8 + LEGEND_WIDTH * drawn;
        lines.append(format(
                "<line class=\"line c%d\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n",
                colour, at, at + 16, TOP + 2, TOP + 2));
        lines.append(format(
                "<text class=\"legend\" x=\"%d\" y=\"%d\">%s, at last %s</text>%n",
                at + 22, TOP + 6, name, number(latest)));
        drawn++;
        return this;
    }

    /** @param label its text alternative for people who cannot see it */
    public String svg(String label) {
        StringBuilder svg = new StringBuilder(format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">%n",
                WIDTH, HEIGHT, label));
        double span = span();
        for (int i = 0; i <= TICKS; i++) {
            double value = most * i / TICKS;
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                    LEFT, WIDTH - RIGHT, y(value), y(value)));
            svg.append(format(
                    "<text class=\"axis\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                    LEFT - 6, y(value) + 4, number(value)));
            if (places.isEmpty()) {
                double second = span * i / TICKS;
                place(svg, second, number(second) + " s");
            }
        }
        for (int i = 0; i < places.size(); i++) {
            place(svg, i, Html.escape(places.get(i)));
        }
        return svg.append(lines).append("</svg>\n").toString();
    }

    private void place(StringBuilder svg, double at, String name) {
        svg.append(format(
                "<text class=\"axis\" text-anchor=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                places.isEmpty() || at < span() ? "middle" : "end", x(at), HEIGHT - 8, name));
    }

    private double span() {
        return seconds.length == 0 ? 1 : Math.max(1, seconds[seconds.length - 1]);
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / span();
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM - 16) * Math.min(value, most) / most;
    }

    /**
     * Rounds up to a multiple of 1, 2, 4 or 8 tenths of the power of ten, so that the four ticks
     * are round numbers.
     */
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 6, 8}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private String number(double value) {
        if (most < TICKS && value != 0) {
            return format("%.2f", value);
        }
        return Math.abs(value - Math.rint(value)) < 0.05 ? format("%.0f", value) : format("%.1f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
