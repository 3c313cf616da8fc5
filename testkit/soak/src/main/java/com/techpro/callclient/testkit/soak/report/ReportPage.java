// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.pbx.trace.TraceFiles;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The report as one self-contained HTML page: no other files, no network, and no script except the
 * search of calls.
 */
final class ReportPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #5f6975; --line: #d9dee4; --card: #f6f8fa;
              --good: #1a7f37; --good-back: #dafbe1; --bad: #b42318; --bad-back: #ffe7e4; --c1: #0b64c0; --c2: #b3450f; --c3: #2b7a3d; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #111519; --faint: #9aa4af; --line: #2c343c;
              --card: #181e24; --good: #57d27a; --good-back: #10301b; --bad: #ff8a7d; --bad-back: #3d1512; --c1: #6cb2ff; --c2: #ff9d66;
              --c3: #6fd58a; } }
            * { box-sizing: border-box; }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 66rem; margin: 2rem auto;
              padding: 0 1rem; }
            h1 { font-size: 1.1rem; margin: 0; font-weight: 600; color: var(--faint); }
            h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: .95rem; margin: 1.2rem 0 .2rem; color: var(--faint); }
            .verdict { border-radius: .6rem; padding: 1rem 1.2rem; margin: .6rem 0 1rem; border-left: .5rem solid; }
            .verdict b { font-size: 1.7rem; line-height: 1.2; display: block; } .verdict ul { margin: .5rem 0 0; padding-left: 1.2rem; }
            .verdict.good { background: var(--good-back); border-color: var(--good); }
            .verdict.bad { background: var(--bad-back); border-color: var(--bad); }
            .verdict.good b, td.good { color: var(--good); } .verdict.bad b, td.bad { color: var(--bad); } td.bad { font-weight: 600; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
            .tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
            .tile b { display: block; font-size: 1.4rem; } .tile span { color: var(--faint); font-size: .85rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1.2rem; }
            figure { margin: 0; } figcaption { font-weight: 600; font-size: .9rem; }
            svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; }
            .axis { fill: var(--faint); } .legend { fill: var(--ink); } .grid { stroke: var(--line); stroke-width: 1; }
            .line { fill: none; stroke-width: 1.8; } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); }
            .wide { overflow-x: auto; } .tall { max-height: 32rem; overflow-y: auto; }
            .tall th { position: sticky; top: 0; background: var(--paper); }
            input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--faint); border-radius: .3rem;
              padding: .2rem .5rem; width: min(20rem, 100%); }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            th { font-weight: 600; color: var(--faint); } .note { color: var(--faint); }
            td.good, td.bad, td.short { white-space: nowrap; }
            table.figures td:first-child { width: 22rem; color: var(--faint); }
            @media print { .tall { max-height: none; } body { margin: 0; max-width: none; } figure, tr, .tile { break-inside: avoid; } }
            """;

    private final StringBuilder html = new StringBuilder();

    private ReportPage() {}

    static String of(SoakReport report, @Nullable RunComparison comparison) {
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
        page.charts(report.series());
        if (anybody) {
            page.add("<h2>Figures</h2>\n").add(ReportFigures.of(report));
        }
        page.add(CallTable.of(report.perCall(), finishedCalls(report)));
        page.table("Settings", report.settings());
        page.table("Machine", report.machine());
        return page.add("</main>\n</body>\n</html>\n").html.toString();
    }

    private void head(SoakReport report) {
        add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        add("<title>" + report.verdict() + " · CallClient soak</title>\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n<main>\n");
        add("<h1>CallClient soak</h1>\n");
    }

    private void verdict(SoakReport report) {
        List<Gate> red = report.gates().stream()
                .filter(gate -> gate.verdict() == Gate.Verdict.RED)
                .toList();
        add(format(
                "<div class=\"verdict %s\"><b>%s</b>%s",
                report.green() ? "good" : "bad", report.verdict(), Html.escape(report.verdictInWords())));
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
        add("<figure><figcaption>" + Html.escape(caption) + "</figcaption>\n" + chart.svg(Html.escape(caption))
                + "</figure>\n");
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
