// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;
import com.techpro.callclient.testkit.soak.report.SoakReport.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The report as one HTML page that needs nothing else: no script, no file beside it, no network. */
final class ReportPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --faint: #888; --good: #2c8a43; --bad: #c3341f; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            .verdict { font-weight: 600; } .good { color: var(--good); } .bad { color: var(--bad); }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
            .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
            .tile b { display: block; font-size: 1.4rem; } .tile span { color: var(--faint); font-size: .85rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1rem; }
            figure { margin: 0; } figcaption { font-size: .9rem; color: var(--faint); }
            svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; }
            .axis { fill: var(--faint); } .grid { stroke: var(--line); stroke-width: 1; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            th { font-weight: 600; } .note { color: var(--faint); }
            """;

    private final StringBuilder html = new StringBuilder();

    private ReportPage() {}

    static String of(SoakReport report) {
        ReportPage page = new ReportPage();
        page.head(report);
        page.tiles(report);
        page.charts(report.series());
        page.gates(report.gates());
        page.figures(report);
        page.badCalls(report.badCalls());
        page.pairs("How it was run", report.settings());
        page.pairs("On what", report.machine());
        return page.add("</body>\n</html>\n").html.toString();
    }

    private void head(SoakReport report) {
        add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        add("<title>CallClient soak</title>\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n<h1>CallClient soak</h1>\n");
        add(format(
                "<p><span class=\"verdict %s\">%s</span> · %s · took %.1f s%s</p>%n",
                report.green() ? "good" : "bad",
                report.green() ? "Every gate holds" : "Not every gate holds",
                escape(report.startedAt()),
                report.elapsedSeconds(),
                report.interrupted() ? " · interrupted, what was not finished was not judged" : ""));
    }

    private void tiles(SoakReport report) {
        add("<div class=\"tiles\">\n");
        tile(report.calls().faultless() + " of " + report.calls().attempted(), "calls without any fault");
        tile(report.audio().verified() + " of " + report.audio().directions(), "speech directions verified");
        tile(
                format("%.0f ms", report.calls().setUpMillis().median()),
                format("set-up time, p99 %.0f ms", report.calls().setUpMillis().p99()));
        tile(format("%.0f ms", report.audio().mouthToEarMillis().median()), "from mouth to ear, median");
        tile(
                format("%.2f %%", report.audio().meanGapPercent()),
                format("gaps, worst %.2f %%", report.audio().worstGapPercent()));
        tile(format("%.1f ms", report.cpu().millisPerCallSecond()), "CPU per call-second, whole process");
        add("</div>\n");
    }

    private void tile(String figure, String meaning) {
        add("<div class=\"tile\"><b>" + escape(figure) + "</b><span>" + escape(meaning) + "</span></div>\n");
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
        double[] heap = values(series, Sample::heapMb);
        figure("Heap in use, MB (collected in between)", new Chart(seconds, most(heap)).line("heap", heap));
        double[] cpu = values(series, Sample::cpuPercent);
        double[] threads = values(series, Sample::threads);
        figure(
                "CPU in percent of one core, and threads",
                new Chart(seconds, Math.max(most(cpu), most(threads)))
                        .line("CPU %", cpu)
                        .line("threads", threads));
        add("</div>\n");
    }

    private void figure(String caption, Chart chart) {
        add("<figure>\n" + chart.svg(escape(caption)) + "<figcaption>" + escape(caption) + "</figcaption></figure>\n");
    }

    private void gates(List<Gate> gates) {
        add("<h2>Gates</h2>\n<table>\n<tr><th>Gate</th><th>Found</th><th>Must be</th><th></th></tr>\n");
        for (Gate gate : gates) {
            add(format(
                    "<tr><td>%s</td><td>%s%s</td><td>%s</td><td class=\"%s\">%s</td></tr>%n",
                    escape(gate.name()),
                    escape(gate.measured()),
                    gate.note().isEmpty() ? "" : " <span class=\"note\">" + escape(gate.note()) + "</span>",
                    escape(gate.limit()),
                    gate.green() ? "good" : "bad",
                    gate.green() ? "✓ holds" : "✗ red"));
        }
        add("</table>\n");
    }

    private void figures(SoakReport report) {
        add("<h2>Figures</h2>\n<table>\n");
        row(
                "Extensions registered",
                report.registrations().registered() + " of "
                        + report.registrations().attempted());
        row("Time to register", spread(report.registrations().millis()));
        report.registrations()
                .failedByReason()
                .forEach((reason, count) -> row("Registration failed: " + reason, count.toString()));
        row(
                "Calls connected",
                report.calls().connected() + " of " + report.calls().attempted());
        report.calls().failedByReason().forEach((reason, count) -> row("Call failed: " + reason, count.toString()));
        row("Calls at the same time, at most", Integer.toString(report.calls().mostAtOnce()));
        row("Set-up time", spread(report.calls().setUpMillis()));
        row("Talked", format("%.0f call-seconds", report.calls().callSeconds()));
        report.audio().byOutcome().forEach((outcome, count) -> row("Speech " + outcome, count.toString()));
        row("Speech compared", format("%.0f s", report.audio().comparedSeconds()));
        row(
                "Log-spectral distance",
                format(
                        "mean %.2f dB, worst %.2f dB",
                        report.audio().meanSpectralDistanceDb(), report.audio().worstSpectralDistanceDb()));
        row("Mouth to ear", spread(report.audio().mouthToEarMillis()));
        row("Changes of that delay", Long.toString(report.audio().stretches()));
        row(
                "Packets sent, received",
                report.media().packetsSent() + ", " + report.media().packetsReceived());
        row(
                "Packets late, lost",
                report.media().packetsLate() + ", " + report.media().packetsLost());
        row(
                "Frames concealed, playouts missed",
                report.media().framesConcealed() + ", " + report.media().missedPlayouts());
        row("Worst estimated MOS", format("%.2f", report.media().worstMos()));
        row("Sound cards late, at most", format("%.1f ms", report.media().latestAudioTickMillis()));
        row("CPU of the process during the calls", format("%.1f s", report.cpu().processSeconds()));
        report.cpu().secondsByThread().forEach((thread, seconds) -> row("CPU of " + thread, format("%.2f s", seconds)));
        add("</table>\n");
    }

    private void badCalls(List<SoakReport.BadCall> badCalls) {
        if (badCalls.isEmpty()) {
            return;
        }
        add(
                "<h2>Calls with a fault</h2>\n<table>\n<tr><th>Call</th><th>From, to</th><th>Fault</th><th>Gaps</th><th>Distance</th></tr>\n");
        badCalls.forEach(call -> add(format(
                "<tr><td>%d</td><td>#%d, #%d</td><td>%s</td><td>%.1f %%</td><td>%.1f dB</td></tr>%n",
                call.call(),
                call.caller(),
                call.callee(),
                escape(call.problem()),
                call.gapPercent(),
                call.spectralDistanceDb())));
        add("</table>\n");
    }

    private void pairs(String title, Map<String, String> pairs) {
        add("<h2>" + escape(title) + "</h2>\n<table>\n");
        pairs.forEach(this::row);
        add("</table>\n");
    }

    private void row(String label, String value) {
        add("<tr><td>" + escape(label) + "</td><td>" + escape(value) + "</td></tr>\n");
    }

    private ReportPage add(String content) {
        html.append(content);
        return this;
    }

    private static String spread(Spread spread) {
        return spread.count() == 0
                ? "-"
                : format("p50 %.1f ms, p99 %.1f ms, most %.1f ms", spread.median(), spread.p99(), spread.most());
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

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
