// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import com.techpro.callclient.testkit.cli.bench.ScaleResult;
import com.techpro.callclient.testkit.soak.report.Chart;
import com.techpro.callclient.testkit.soak.report.Html;
import com.techpro.callclient.testkit.soak.report.HtmlPage;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Costs against sizes as one self-contained HTML page: a table of each, and a chart where there are
 * two points for a line.
 */
public final class ScalePage {
    private static final String TITLE = "What CallClient costs, by size";

    /** One chart alone is no larger than one of several. */
    private static final String STYLE = "<style>.charts figure { max-width: 32rem; }</style>\n";

    private ScalePage() {}

    /** @param machine on which it was measured, by name */
    public static String of(List<ScaleResult> results, Map<String, String> machine) {
        StringBuilder page = new StringBuilder(HtmlPage.head(TITLE)).append(STYLE + "<h1>" + TITLE + "</h1>\n");
        results.forEach(result -> add(page, result));
        page.append("<h2>Machine</h2>\n<table class=\"figures\">\n");
        machine.forEach((name, value) -> page.append(Html.row(name, value)));
        return page.append("</table>\n").append(HtmlPage.END).toString();
    }

    private static void add(StringBuilder page, ScaleResult result) {
        page.append("<h2>" + Html.escape(result.title()) + "</h2>\n");
        if (!result.ending().isEmpty()) {
            page.append("<p class=\"note\">" + Html.escape(result.ending()) + "</p>\n");
        }
        page.append("<div class=\"charts\">\n");
        List<String> places = result.sizes().stream().map(ScalePage::size).toList();
        for (ScaleResult.Curve curve : result.curves()) {
            if (curve.values().size() < 2) {
                continue;
            }
            double[] values =
                    curve.values().stream().mapToDouble(Double::doubleValue).toArray();
            double most = curve.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            page.append(HtmlPage.figure(title(curve), new Chart(places, most).line(curve.metric(), values)));
        }
        page.append("</div>\n<div class=\"wide\"><table>\n<tr><th>" + Html.escape(result.of()) + "</th>");
        result.curves().forEach(curve -> page.append("<th>" + Html.escape(title(curve)) + "</th>"));
        page.append("</tr>\n");
        for (int i = 0; i < places.size(); i++) {
            page.append("<tr><td>" + places.get(i) + "</td>");
            for (ScaleResult.Curve curve : result.curves()) {
                page.append("<td>"
                        + (i < curve.values().size() ? value(curve.values().get(i)) : "not measured") + "</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
    }

    private static String title(ScaleResult.Curve curve) {
        return curve.metric() + ", " + curve.unit();
    }

    private static String size(int size) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(size);
    }

    private static String value(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
