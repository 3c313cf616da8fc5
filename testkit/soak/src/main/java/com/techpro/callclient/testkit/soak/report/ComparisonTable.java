// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.report.RunComparison.Change;
import com.techpro.callclient.testkit.soak.report.RunComparison.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Formats a comparison with an earlier run for a terminal and for the page; changes for the worse
 * come first.
 */
public final class ComparisonTable {
    private static final int LABEL = 44;

    private ComparisonTable() {}

    /** Returns the changes, a line each; unchanged gates are only counted. */
    public static String text(RunComparison comparison) {
        StringBuilder text = new StringBuilder("\ncompared with the run of " + comparison.baselineStartedAt() + "\n");
        comparison
                .differences()
                .forEach(difference ->
                        text.append("  different run: ").append(difference).append('\n'));
        sorted(comparison).stream()
                .filter(row -> row.change() != Change.SIMILAR)
                .forEach(row -> text.append(line(row)));
        long same = comparison.rows().stream()
                .filter(row -> row.change() == Change.SIMILAR)
                .count();
        return text.append("  about the same: ")
                .append(same)
                .append(" gates\n")
                .append(summary(comparison))
                .append('\n')
                .toString();
    }

    private static String line(Row row) {
        String label = "  " + row.title();
        return label + " ".repeat(Math.max(1, LABEL - label.length()))
                + row.change().words() + ": " + row.before() + " before, " + row.now() + " now"
                + (row.by().isEmpty() ? "" : ", " + row.by()) + "\n";
    }

    static String html(RunComparison comparison) {
        StringBuilder html = new StringBuilder("<h2>Compared with the run of "
                + Html.escape(comparison.baselineStartedAt()) + "</h2>\n<p>" + summary(comparison) + "</p>\n");
        if (!comparison.differences().isEmpty()) {
            html.append("<p>The two setups differ, so their figures say little about the program:</p>\n<ul>\n");
            comparison
                    .differences()
                    .forEach(difference ->
                            html.append("<li>").append(Html.escape(difference)).append("</li>\n"));
            html.append("</ul>\n");
        }
        html.append(String.format(
                Locale.ROOT,
                "<p class=\"note\">Two runs of the same program differ too, and by a lot on a shared machine. So a"
                        + " figure counts as worse or better only if it changed by more than %.0f %% (%.0f %% for"
                        + " shares and MOS), and by more than %.0f %% of its limit. Run again to be sure.</p>%n",
                100 * RunComparison.NOISE_AT_MOST,
                100 * RunComparison.NOISE_AT_LEAST,
                100 * RunComparison.NEGLIGIBLE));
        html.append("<div class=\"wide\"><table>\n<tr><td></td><th>Gate</th><th>Before</th><th>Now</th>"
                + "<th>Change</th></tr>\n");
        sorted(comparison).forEach(row -> html.append(row(row)));
        return html.append("</table></div>\n").toString();
    }

    private static String row(Row row) {
        String style = switch (row.change()) {
            case TURNED_RED, STILL_RED, WORSE -> "bad";
            case TURNED_GREEN, BETTER -> "good";
            case SIMILAR, NEW, GONE, NOT_COMPARED -> "short note";
        };
        return "<tr><td class=\"" + style + "\">" + row.change().words() + "</td><td>" + Html.escape(row.title())
                + "</td><td>" + Html.escape(row.before()) + "</td><td>" + Html.escape(row.now())
                + "</td><td class=\"short\">" + Html.escape(row.by()) + "</td></tr>\n";
    }

    private static String summary(RunComparison comparison) {
        return comparison.turnedRed() + " gates turned from green to red; " + comparison.worse()
                + " hold, but with a worse figure. A red gate fails the run, a worse figure does not.";
    }

    private static List<Row> sorted(RunComparison comparison) {
        return comparison.rows().stream()
                .sorted(Comparator.comparing(Row::change))
                .toList();
    }
}
