// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.curves.Curve.Point;
import java.util.List;
import java.util.Locale;

/**
 * Draws curves as SVG, which browsers and GitHub display directly: the percentage caught, by level.
 */
public final class CurveChart {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 400;
    private static final int HEIGHT = 230;
    private static final int LEFT = 44;
    private static final int RIGHT = 14;
    private static final int TOP = 40;
    private static final int BOTTOM = 44;
    private static final int LEGEND = 34;
    /** Space for the level names, in pixels. */
    private static final int ROOM = 34;

    private static final String STYLE = "<style>"
            + "text{font:12px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.s{fill:#57606a;font-size:11px}"
            + ".g{stroke:#d0d7de}.v,.c,.m{fill:none;stroke-linejoin:round}.v{stroke:#0969da;stroke-opacity:.55}"
            + ".c{stroke:#bc4c00;stroke-opacity:.6;stroke-dasharray:4 3}.m{stroke:#24292f;stroke-width:2.5}"
            + "</style>";

    private CurveChart() {}

    /**
     * Draws all in one picture, a panel each.
     *
     * @param degradations the curves of each
     */
    public static String svg(List<List<Curve>> degradations) {
        int columns = Math.max(1, Math.min(COLUMNS, degradations.size()));
        int rows = (degradations.size() + columns - 1) / columns;
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"How many of a hundred are caught, by the level of each degradation\">\n",
                columns * WIDTH, rows * HEIGHT + LEGEND));
        svg.append(STYLE).append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        legend(svg);
        for (int i = 0; i < degradations.size(); i++) {
            svg.append(
                    format("<g transform=\"translate(%d %d)\">\n", i % columns * WIDTH, LEGEND + i / columns * HEIGHT));
            panel(svg, degradations.get(i));
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        String[] kinds = {"v", "c", "m"};
        String[] names = {"a voice, uncoded", "through a codec", "all together"};
        for (int i = 0; i < kinds.length; i++) {
            int x = LEFT + 140 * i;
            svg.append(format(
                    "<path class=\"%s\" d=\"M%d 18h22\"/><text x=\"%d\" y=\"22\">%s</text>\n",
                    kinds[i], x, x + 28, names[i]));
        }
    }

    private static void panel(StringBuilder svg, List<Curve> curves) {
        DegradationScale scale = curves.get(0).scale();
        svg.append(format("<text class=\"t\" x=\"%d\" y=\"18\">%s</text>\n", LEFT, escaped(scale.name())));
        for (int percent = 0; percent <= 100; percent += 50) {
            double y = y(percent / 100.0);
            svg.append(format(
                    "<path class=\"g\" d=\"M%d %.1fH%d\"/><text class=\"s\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%d %%</text>\n",
                    LEFT, y, WIDTH - RIGHT, LEFT - 5, y + 4, percent));
        }
        List<Double> levels = scale.levels();
        for (int i = 0; i < levels.size(); i++) {
            svg.append(format(
                    "<text class=\"s\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                    x(i, levels.size()), HEIGHT - BOTTOM + 16, number(levels.get(i))));
        }
        svg.append(format(
                "<text class=\"s\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n",
                WIDTH - RIGHT, HEIGHT - BOTTOM + 32, escaped(scale.unit())));
        for (Curve curve : curves) {
            line(svg, curve.coded() ? "c" : "v", curve);
        }
        line(svg, "m", CurveTable.together(curves));
    }

    private static void line(StringBuilder svg, String kind, Curve curve) {
        svg.append(format("<polyline class=\"%s\" points=\"", kind));
        List<Point> points = curve.points();
        for (int i = 0; i < points.size(); i++) {
            svg.append(format(
                    "%s%.1f,%.1f",
                    i == 0 ? "" : " ", x(i, points.size()), y(points.get(i).share())));
        }
        svg.append(format("\"><title>%s</title></polyline>\n", escaped(curve.name())));
    }

    private static double x(int index, int count) {
        double left = LEFT + ROOM / 2.0;
        double right = WIDTH - RIGHT - ROOM / 2.0;
        return count < 2 ? left : left + (right - left) * index / (count - 1);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share;
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "none";
        }
        String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
