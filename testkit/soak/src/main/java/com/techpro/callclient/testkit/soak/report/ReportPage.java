// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.pbx.trace.TraceFiles;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The report as one HTML page: no network, and no script except the search of calls. Only ladders,
 * captures and recordings are in other files, beside it.
 */
final class ReportPage {
    private final StringBuilder html = new StringBuilder();

    private ReportPage() {}

    /** @param recordings paths beside the page */
    static String of(SoakReport report, @Nullable RunComparison comparison, List<String> recordings) {
        ReportPage page = new ReportPage();
        page.head(report);
        page.verdict(report);
        boolean anybody = report.nobodyRegistered().isEmpty();
        if (anybody) {
            page.tiles(report);
        }
        page.gates(report.gates());
        if (comparison != null) {
            page.add(ComparisonTable.html(comparison));
        }
        page.badCalls(report);
        page.recordings(recordings);
        page.charts(report.series());
        if (anybody) {
            page.add("<h2>Figures</h2>\n").add(ReportFigures.of(report));
        }
        page.add(CallTable.of(report.perCall(), finishedCalls(report)));
        page.table("Settings", report.settings());
        page.table("Machine", report.machine());
        return page.add(HtmlPage.END).html.toString();
    }

    private void head(SoakReport report) {
        add(HtmlPage.head(report.verdict().words() + " · CallClient soak"));
        add("<h1>CallClient soak</h1>\n");
    }

    private void verdict(SoakReport report) {
        List<Gate> red = report.gates().stream()
                .filter(gate -> gate.verdict() == Gate.Verdict.RED)
                .toList();
        add(format(
                "<div class=\"verdict %s\"><b>%s</b>%s",
                report.verdict().style(), report.verdict().words(), Html.escape(report.verdictInWords())));
        if (!red.isEmpty()) {
            add("<ul>\n");
            red.forEach(gate -> add("<li>" + Html.escape(gate.title()) + ": " + Html.escape(gate.measured())
                    + " (must be: " + Html.escape(gate.limitInWords()) + ")</li>\n"));
            add("</ul>");
        }
        add("</div>\n");
        add(format(
                "<p class=\"note\">Started %s, took %.0f s. %s extensions, %s, SRTP %s, seed %s.</p>%n",
                Html.escape(report.startedAt()),
                report.elapsedSeconds(),
                Html.escape(report.settings().getOrDefault("users", "?")),
                Html.escape(report.settings().getOrDefault("transport", "?")),
                Html.escape(report.settings().getOrDefault("SRTP", "?")),
                Html.escape(report.settings().getOrDefault("seed", "?"))));
    }

    private void tiles(SoakReport report) {
        add("<div class=\"tiles\">\n");
        tile(report.calls().faultless() + " of " + report.calls().attempted(), "calls without any fault");
        tile(report.audio().verified() + " of " + report.audio().directions(), "speech directions verified");
        var third = report.features().withThird();
        if (!third.isEmpty()) {
            tile(
                    third.stream().mapToLong(SoakReport.FeatureFigures::done).sum()
                            + " of "
                            + third.stream()
                                    .mapToLong(SoakReport.FeatureFigures::tried)
                                    .sum(),
                    "transfers and pickups done");
        }
        tile(
                format("%.0f ms", report.calls().setUpMillis().median()),
                format("set-up time, p99 %.0f ms", report.calls().setUpMillis().p99()));
        tile(format("%.0f ms", report.audio().oneWayDelayMillis().median()), "one way, median");
        tile(
                format("%.2f %%", report.audio().meanGapPercent()),
                format("gaps, worst %.2f %%", report.audio().worstGapPercent()));
        tile(format("%.1f ms", report.cpu().millisPerCallSecond()), "CPU per call-second, whole process");
        add("</div>\n");
    }

    private void tile(String figure, String meaning) {
        add("<div class=\"tile\"><b>" + Html.escape(figure) + "</b><span>" + Html.escape(meaning) + "</span></div>\n");
    }

    private void charts(List<Sample> series) {
        if (series.size() < 2) {
            return;
        }
        double[] seconds = values(series, Sample::second);
        add("<h2>Over time</h2>\n<div class=\"charts\">\n");
        double[] active = values(series, Sample::activeCalls);
        figure("Calls established", new Chart(seconds, most(active)).line("calls", active));
        double[] finished = values(series, Sample::finishedCalls);
        figure(
                "Calls finished",
                new Chart(seconds, most(finished))
                        .line("finished", finished)
                        .line("with a fault", values(series, Sample::failedCalls)));
        double[] cpu = values(series, Sample::cpuPercent);
        double[] machine = values(series, sample -> Math.max(0, sample.machineCpuPercent()));
        figure(
                "Processor, percent: this process of one core, everything of the machine",
                new Chart(seconds, Math.max(most(cpu), most(machine)))
                        .line("process", cpu)
                        .line("machine", machine));
        double[] heap = values(series, Sample::heapMb);
        figure("Heap in use, MB, garbage included", new Chart(seconds, most(heap)).line("heap", heap));
        double[] threads = values(series, Sample::threads);
        figure("Threads", new Chart(seconds, most(threads)).line("threads", threads));
        add("</div>\n");
    }

    private void figure(String caption, Chart chart) {
        add(HtmlPage.figure(caption, chart));
    }

    /** Red ones first. */
    private void gates(List<Gate> gates) {
        add(
                "<h2>Gates</h2>\n<div class=\"wide\"><table>\n<tr><td></td><th>Gate</th><th>Found</th><th>Must be</th></tr>\n");
        gates.stream().sorted(Comparator.comparing(Gate::green)).forEach(this::gate);
        add("</table></div>\n");
    }

    private void gate(Gate gate) {
        add(format(
                "<tr><td class=\"%s\">%s</td><td>%s</td><td>%s%s</td><td>%s%s</td></tr>%n",
                switch (gate.verdict()) {
                    case HOLDS -> "good";
                    case RED -> "bad";
                    case NOT_JUDGED -> "note";
                },
                switch (gate.verdict()) {
                    case HOLDS -> "✓ holds";
                    case RED -> "✗ red";
                    case NOT_JUDGED -> "not judged";
                },
                Html.escape(gate.title()),
                Html.escape(gate.measured()),
                note(gate.note()),
                Html.escape(gate.limit()),
                note(gate.source())));
    }

    private static String note(String text) {
        return text.isEmpty() ? "" : " <span class=\"note\">" + Html.escape(text) + "</span>";
    }

    private void badCalls(SoakReport report) {
        List<SoakReport.BadCall> badCalls = report.badCalls();
        if (badCalls.isEmpty()) {
            return;
        }
        add(
                "<h2>Calls with a fault</h2>\n<div class=\"wide\"><table>\n<tr><th>Call</th><th>Extensions</th><th>Fault</th>"
                        + "<th>Gaps</th><th>Distance</th><th>Ears</th><th>Messages</th></tr>\n");
        badCalls.forEach(call -> add(format(
                "<tr><td>%d</td><td>#%d → #%d</td><td>%s</td><td class=\"short\">%.1f %%</td><td class=\"short\">%.1f dB</td><td class=\"note\">%s</td><td>%s</td></tr>%n",
                call.call(),
                call.caller(),
                call.callee(),
                Html.escape(call.problem()),
                call.gapPercent(),
                call.spectralDistanceDb(),
                Html.escape(call.detail()),
                links(call.trace()))));
        add("</table></div>\n");
        long faulty = report.calls().failedByReason().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (faulty > badCalls.size()) {
            add("<p class=\"note\">The first " + badCalls.size() + " of " + faulty + ".</p>\n");
        }
        long traced = badCalls.stream().filter(call -> !call.trace().isEmpty()).count();
        if (traced > 0 && traced < faulty) {
            add("<p class=\"note\">" + traced + " of them with their messages.</p>\n");
        }
    }

    private static String links(String trace) {
        return trace.isEmpty()
                ? ""
                : "<a href=\"" + Html.escape(trace) + "/" + TraceFiles.LADDER + "\">ladder</a> <a href=\""
                        + Html.escape(trace) + "/" + TraceFiles.CAPTURE + "\">capture</a>";
    }

    private void recordings(List<String> recordings) {
        if (recordings.isEmpty()) {
            return;
        }
        add("<h2>Recordings</h2>\n<div class=\"wide\"><table>\n");
        recordings.forEach(path -> {
            String link = Html.escape(URLEncoder.encode(path, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/"));
            add("<tr><td><a href=\"" + link + "\">" + Html.escape(path) + "</a></td>"
                    + "<td><audio controls=\"\" preload=\"none\" src=\"" + link + "\"></audio></td></tr>\n");
        });
        add("</table></div>\n");
    }

    private static long finishedCalls(SoakReport report) {
        return report.calls().faultless()
                + report.calls().failedByReason().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private void table(String title, Map<String, String> pairs) {
        add("<h2>" + Html.escape(title) + "</h2>\n<table class=\"figures\">\n");
        pairs.forEach((label, value) -> add(Html.row(label, value)));
        add("</table>\n");
    }

    private ReportPage add(String content) {
        html.append(content);
        return this;
    }

    private static double[] values(List<Sample> series, ToDoubleFunction<Sample> value) {
        return series.stream().mapToDouble(value).toArray();
    }

    private static double most(double[] values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
