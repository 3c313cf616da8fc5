// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.curves.Curve.Point;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Formats curves as a Markdown table, one row per degradation, and as a page with all measurements.
 */
public final class CurveTable {
    private CurveTable() {}

    /** Merges a degradation's curves. */
    static Curve together(List<Curve> curves) {
        Curve first = curves.get(0);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < first.points().size(); i++) {
            int judged = 0;
            int caught = 0;
            double scores = 0;
            Map<String, Integer> verdicts = new TreeMap<>();
            for (Curve curve : curves) {
                Point point = curve.points().get(i);
                judged += point.judged();
                caught += point.caught();
                scores += point.score() * point.judged();
                point.verdicts().forEach((words, count) -> verdicts.merge(words, count, Integer::sum));
            }
            points.add(new Point(first.points().get(i).level(), judged, caught, scores / judged, verdicts));
        }
        return new Curve(first.scale(), "all together", false, points);
    }

    /**
     * Returns the header for the rows of {@link #row}.
     *
     * @return two lines
     */
    public static String head() {
        return """
            | degradation, level in | nobody is caught at | half are caught at | all are caught at |
            |---|---|---|---|
            """;
    }

    /** Returns a degradation's row: the levels of its curves, all together. */
    public static String row(List<Curve> curves) {
        Curve all = together(curves);
        return "| " + all.scale() + " | " + CurveChart.number(all.passes()) + " | " + CurveChart.number(all.half())
                + " | " + CurveChart.number(all.caught()) + " |\n";
    }

    /** Returns everything measured, as an HTML page with embedded pictures. */
    public static String page(List<List<Curve>> degradations) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta"
                + " name=\"viewport\" content=\"width=device-width\"><title>What the ear"
                + " catches</title><style>body{font:15px system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0"
                + " 1rem}table{border-collapse:collapse;margin:1rem 0 3rem}td,th{padding:.2rem .7rem;border:1px solid"
                + " #d0d7de;text-align:right}"
                + "td:first-child,th:first-child{text-align:left}svg{max-width:30rem}.t{overflow-x:auto}</style><h1>What"
                + " the ear catches</h1>\n");
        for (List<Curve> curves : degradations) {
            DegradationScale scale = curves.get(0).scale();
            page.append("<h2>" + CurveChart.escaped(scale.toString()) + "</h2>\n")
                    .append(CurveChart.svg(List.of(curves)));
            page.append("<div class=\"t\"><table><tr><th>caught, of "
                    + curves.get(0).points().get(0).judged() + "</th>");
            scale.levels().forEach(level -> page.append("<th>" + CurveChart.number(level) + "</th>"));
            page.append("</tr>\n");
            curves.forEach(curve -> page.append(cells(curve)));
            page.append("<tr><th>mean similarity</th>");
            together(curves)
                    .points()
                    .forEach(point -> page.append("<td>" + CurveChart.number(point.score()) + "</td>"));
            page.append("</tr>\n<tr><th>verdicts</th>");
            together(curves).points().forEach(point -> page.append("<td>" + verdicts(point) + "</td>"));
            page.append("</tr></table></div>\n");
        }
        return page.append("</html>\n").toString();
    }

    private static String cells(Curve curve) {
        return "<tr><td>" + CurveChart.escaped(curve.name()) + "</td>"
                + curve.points().stream()
                        .map(point -> "<td>" + point.caught() + "</td>")
                        .collect(Collectors.joining())
                + "</tr>\n";
    }

    /** Without the verdict that means no fault. */
    private static String verdicts(Point point) {
        Set<String> words = new LinkedHashSet<>(new TreeMap<>(point.verdicts()).keySet());
        words.remove("verified");
        return CurveChart.escaped(String.join("; ", words));
    }
}
