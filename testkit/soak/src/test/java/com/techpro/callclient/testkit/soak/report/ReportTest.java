// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport.Spread;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class ReportTest {
    private static final String HOSTILE = "<script>alert('x' & \"y\")</script>";
    private static final SoakReport.Load LOAD = new SoakReport.Load(2, 2, 4, 0.5, 1, 5, 1.9, "it is quick", "");
    private static final Spread SPREAD = new Spread(3, 10, 20, 30);

    @Test
    void the_verdict_and_the_red_gates_come_first() {
        String page = page(report(false, "gate of trouble"));
        assertThat(page.indexOf("RED")).isLessThan(page.indexOf("gate of trouble"));
        assertThat(page.indexOf("gate of trouble")).isLessThan(page.indexOf("class=\"tiles\""));
        assertThat(page.indexOf("class=\"tiles\"")).isLessThan(page.indexOf("Over time"));
        assertThat(page(report(true, "gate"))).contains("GREEN").doesNotContain("✗");
    }

    @Test
    void markup_in_a_text_is_escaped() {
        String page = page(report(false, HOSTILE));
        assertThat(page)
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)");
        JsonObject json = JsonParser.parseString(ReportFiles.json(report(false, HOSTILE), null))
                .getAsJsonObject();
        assertThat(json.getAsJsonArray("gates")
                        .get(0)
                        .getAsJsonObject()
                        .get("title")
                        .getAsString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void the_page_needs_nothing_but_itself() {
        String page = page(report(true, "gate"));
        assertThat(page).doesNotContain("src=", "href=", "url(", "@import", "<script ", "fetch(", "<link", "<img");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
        assertThat(page).contains("prefers-color-scheme: dark");
    }

    @Test
    void a_call_with_a_fault_leads_to_its_messages() {
        assertThat(page(report(false, "gate")))
                .contains("href=\"calls/7/ladder.html\"", "href=\"calls/7/messages.pcapng\"");
    }

    /** A browser repairs what is not well-formed, and nobody notices that half a table is gone. */
    @Test
    void its_body_is_well_formed() throws Exception {
        String page = page(report(false, HOSTILE));
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</body>") + "</body>".length());
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(7);
    }

    @Test
    void a_run_too_short_for_charts_has_none() {
        SoakReport some = report(true, "gate");
        SoakReport none = copy(some, some.green(), true, 1, some.gates(), List.of(), List.of(), List.of());
        assertThat(page(none)).doesNotContain("<svg", "Calls with a fault").contains("Interrupted");
    }

    @Test
    void an_interrupted_run_without_a_red_gate_is_not_green() {
        Gate open = Gate.of("gate", "gate", "some", "all", true).unlessEnded(true);
        SoakReport interrupted = interrupted(List.of(open));
        assertThat(ReportTable.of(interrupted).stripTrailing())
                .contains("not judged")
                .endsWith("NOT JUDGED: No gate is red. 1 of them were not judged. Interrupted: unfinished parts were"
                        + " not judged.");
        assertThat(page(interrupted)).contains("NOT JUDGED").doesNotContain("GREEN", "✗", "✓");
    }

    @Test
    void a_run_beyond_the_machines_capacity_reports_it_first_with_its_own_exit_code() {
        SoakReport report = of(report(true, "gate"), load("stalls: 9 of 40"), List.of(), Gate.Verdict.NOT_JUDGED);
        String said = "NOT JUDGED: this machine cannot carry the load: stalls: 9 of 40. No gate is red. 1 of them were"
                + " not judged.";
        assertThat(ReportTable.of(report)).startsWith(said).contains("\n" + said);
        assertThat(page(report)).contains("<b>NOT JUDGED</b>this machine cannot carry the load: stalls: 9 of 40.");
        assertThat(report.exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"HOLDS, GREEN, GREEN, good, 0", "RED, RED, RED, bad, 1", "NOT_JUDGED, NOT_JUDGED, NOT JUDGED, open, 3"})
    void the_verdict_is_the_same_of_three_in_every_format(
            Gate.Verdict gate, String json, String words, String style, int exitCode) {
        SoakReport report = of(report(true, "gate"), load(""), List.of(), gate);
        assertThat(JsonParser.parseString(ReportFiles.json(report, null))
                        .getAsJsonObject()
                        .get("verdict")
                        .getAsString())
                .isEqualTo(json);
        assertThat(page(report)).contains("<div class=\"verdict " + style + "\"><b>" + words + "</b>");
        assertThat(ReportTable.of(report)).contains("\n" + words + ": ");
        assertThat(report.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void a_red_gate_stays_red_on_an_overloaded_machine() {
        SoakReport report = of(report(true, "gate"), load("stalls: 9 of 40"), List.of(), Gate.Verdict.RED);
        assertThat(ReportTable.of(report))
                .startsWith("RED: 1 of 1 gates do not hold. Gates on sound and time are not among them, as this"
                        + " machine cannot carry the load: stalls: 9 of 40.");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void a_limit_is_told_with_its_source() {
        Gate set = Gate.of("packets-lost", "packets lost", "2.00 %", "at most 1.00 %", false)
                .limitedBy("--max-loss");
        SoakReport report = withGates(report(true, "gate"), List.of(set));
        assertThat(ReportTable.of(report)).contains("2.00 %  (at most 1.00 %, --max-loss)");
        assertThat(page(report))
                .contains("packets lost: 2.00 % (must be: at most 1.00 %, --max-loss)")
                .contains("<td>at most 1.00 % <span class=\"note\">--max-loss</span></td>");
        assertThat(ReportFiles.json(report, null)).contains("\"source\": \"--max-loss\"");
        assertThat(set.unlessEnded(true).source()).isEqualTo("--max-loss");
    }

    @Test
    void an_estimate_of_nothing_is_none() {
        assertThat(ReportTable.of(report(true, "gate"))).contains("4.10", "MOS 4.20 or better");
        SoakReport none = withoutMos();
        String table = ReportTable.of(none);
        assertThat(table)
                .containsPattern("worst estimated MOS +none")
                .contains("MOS none")
                .doesNotContain("NaN");
        assertThat(page(none))
                .contains("<td>Worst estimated MOS</td><td>none</td>")
                .doesNotContain("NaN");
        assertThat(ReportFiles.json(none, null))
                .containsPattern("\"worstMos\": null,\\s+\"latestAudio")
                .doesNotContain("NaN");
    }

    @Test
    void fewer_calls_than_were_asked_for_are_told_with_the_verdict() {
        SoakReport.Load fewer = new SoakReport.Load(20, 7, 20, 2, 3, 20, 1.2, "it is slow & old", "");
        SoakReport green = of(report(true, "gate"), fewer, List.of(), Gate.Verdict.HOLDS);
        assertThat(ReportTable.of(green).stripTrailing())
                .endsWith("GREEN: All 1 gates hold. Calls at once: 7 instead of 20: it is slow & old.");
        assertThat(page(green)).contains("Calls at once: 7 instead of 20: it is slow &amp; old.");
        assertThat(green.exitCode()).isZero();
        SoakReport red = of(report(true, "gate"), fewer, List.of(), Gate.Verdict.RED);
        assertThat(ReportTable.of(red).stripTrailing()).endsWith("instead of 20: it is slow & old.");
        assertThat(red.exitCode()).isEqualTo(1);
    }

    @Test
    void features_that_a_phone_system_lacks_are_named_with_the_verdict() {
        List<String> lacks = List.of("keys, which do not arrive", "opus (two who prefer it use " + HOSTILE + ")");
        SoakReport report = of(report(true, "gate"), LOAD, lacks, Gate.Verdict.NOT_JUDGED);
        assertThat(ReportTable.of(report))
                .contains("Not tested, as this phone system does not support it: keys, which do not arrive; opus (");
        assertThat(page(report)).contains("keys, which do not arrive").doesNotContain(HOSTILE);
        assertThat(report.exitCode()).isEqualTo(3);
    }

    @Test
    void an_interrupted_run_is_no_matter_of_the_machine() {
        SoakReport open = of(report(true, "gate"), LOAD, List.of(), Gate.Verdict.NOT_JUDGED);
        assertThat(open.exitCode()).isEqualTo(3);
        assertThat(of(open, true).exitCode()).isEqualTo(1);
    }

    private static SoakReport.Load load(String notCarried) {
        return new SoakReport.Load(20, 20, 4, 0.5, 1, 5, 1.9, "it is quick", notCarried);
    }

    @Test
    void all_files_are_written_and_replaced(@TempDir Path directory) throws Exception {
        Path reports = directory.resolve("new").resolve("ones");
        ReportFiles.write(report(false, "gate of before"), null, reports);
        ReportFiles.write(report(true, "gate of now"), null, reports);
        assertThat(Files.readString(reports.resolve("report.html")))
                .contains("gate of now")
                .doesNotContain("gate of before");
        JsonObject json = JsonParser.parseString(Files.readString(reports.resolve("report.json")))
                .getAsJsonObject();
        assertThat(json.get("green").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("series")).hasSize(2);
    }

    @Test
    void each_recording_of_the_run_has_a_player_and_a_relative_link(@TempDir Path reports) throws Exception {
        Path call = Files.createDirectories(reports.resolve("calls/7"));
        Files.createDirectories(reports.resolve("messages"));
        Files.createFile(call.resolve("1-gaps-heard-by-2.wav"));
        Files.createFile(call.resolve("messages.pcapng"));
        Files.createFile(reports.resolve("mine.wav"));
        Files.createFile(reports.resolve("messages/2 \"<b>'#?%&.wav"));
        Files.setLastModifiedTime(
                Files.createFile(call.resolve("of-an-earlier-run.wav")),
                FileTime.from(Instant.parse("2025-12-31T23:59:59Z")));
        ReportFiles.write(report(false, "gate"), null, reports);

        String page = Files.readString(reports.resolve("report.html"));
        assertThat(page)
                .contains("<a href=\"calls/7/1-gaps-heard-by-2.wav\">calls/7/1-gaps-heard-by-2.wav</a>")
                .contains("<audio controls=\"\" preload=\"none\" src=\"calls/7/1-gaps-heard-by-2.wav\"></audio>")
                .contains("src=\"messages/2%20%22%3Cb%3E%27%23%3F%25%26.wav\"")
                .contains(">messages/2 &quot;&lt;b&gt;&#39;#?%&amp;.wav</a>")
                .doesNotContain("mine.wav", "earlier-run");
        assertThat(page.split("<audio ")).hasSize(3);
    }

    @Test
    void the_calls_are_a_table_without_script_and_the_search_is_shown_by_script_alone() {
        String page = page(report(false, "gate"));
        assertThat(page)
                .contains("<td>6</td><td class=\"short\">#0 → #3</td><td class=\"good\">faultless</td><td>opus</td>")
                .contains("<p id=\"calls-filter\" hidden=\"hidden\">", "<label for=\"call-search\">")
                .contains("The first 2 of 9.");
    }

    @Test
    void the_text_table_ends_with_seed_and_verdict_and_lists_missing_speech() {
        String table = ReportTable.of(report(false, "gate of trouble"));
        assertThat(table.stripTrailing()).endsWith("To repeat this run: --seed 1\nRED: 1 of 2 gates do not hold.");
        assertThat(table).contains("RED  gate of trouble", "call 7, #1 to #2", "40 ms at 3.20 s");
    }

    @Test
    void transfers_lamps_and_texts_are_reported_with_their_failures() {
        SoakReport report = report(false, "gate");
        assertThat(ReportTable.of(report))
                .contains("2 of 3; speech heard after it 3 of 4", "failed: transfer-failed", "49 / 50, 2 unexpected")
                .contains("35 / 36, 3 unexpected; 34 reported as delivered", "failed: timed-out");
        assertThat(page(report))
                .contains(
                        "Blind transfer, done",
                        "2 of 3; speech heard after it: 3 of 4",
                        "Blind transfer: transfer-failed")
                .contains(
                        "49 of 50, 2 unexpected",
                        "35 of 36, 3 unexpected",
                        "34 of 36",
                        "Texts not delivered: timed-out");
    }

    static SoakReport report(boolean green, String gate) {
        return new SoakReport(
                green,
                false,
                "2026-01-01T00:00:00Z",
                61.5,
                Map.of("users", "4", "transport", "TLS", "SRTP", "as negotiated", "seed", "1"),
                Map.of("processors", "2"),
                LOAD,
                List.of(),
                new SoakReport.AppUsers(4, "passphrase", 12.5, Map.of("logged in", 4), SPREAD),
                new SoakReport.Logins(4, 3, Map.of("wrong-credentials", 1L), SPREAD),
                new SoakReport.Registrations(4, 4, Map.of(), SPREAD),
                new SoakReport.WarmUp(7.5, 40, 12),
                new SoakReport.Calls(9, 9, 8, Map.of("audio-not-verified", 1L), SPREAD, 70, 2),
                new SoakReport.Audio(18, 17, Map.of("verified", 17L, "gaps", 1L), 50, 0.1, 3, 0, 0.5, 1, SPREAD, 4),
                new SoakReport.Holds(18, 18, Map.of("silent", 18L)),
                new SoakReport.Keys(36, 36),
                new SoakReport.Features(
                        List.of(new SoakReport.FeatureFigures(
                                "blind transfer", 3, 2, 4, 3, Map.of("transfer-failed", 1L))),
                        new SoakReport.Lamps(50, 49, 2),
                        new SoakReport.Texts(36, 35, 3, 34, Map.of("timed-out", 2L))),
                new SoakReport.Media(100, 99, 0, 1, 1, 0, 4.1, 12, 0, 0, 0),
                List.of(new SoakReport.MediaFigures("codec", "opus", 6, 6, 0, 0.1, 0.5, 1.2, 4.2, SPREAD, SPREAD)),
                new SoakReport.Cpu(1, 14, 0.2, 0.3, Map.of("callclient-media", 0.5)),
                List.of(Gate.of("gate", gate, "some", "all", green), Gate.of("another", "another", "1", "1", true)),
                List.of(
                        new SoakReport.Sample(0, 1, 0, 0, 20, 15, 30, 40),
                        new SoakReport.Sample(1, 2, 3, 1, 25, 16, 20, -1)),
                green
                        ? List.of()
                        : List.of(new SoakReport.BadCall(
                                7, 1, 2, "audio-not-verified", 3, 0.5, "callee: gaps, 40 ms at 3.20 s", "calls/7")),
                List.of(
                        new SoakReport.CallSummary(6, 0, 3, "faultless", "opus", 41, 7.5, 0, 52, 4.3),
                        new SoakReport.CallSummary(
                                7, 1, 2, "audio-not-verified", HOSTILE, 44, 7.1, 3, 55, Double.NaN)));
    }

    static SoakReport withGates(SoakReport some, List<Gate> gates) {
        return copy(
                some,
                gates.stream().allMatch(Gate::green),
                some.interrupted(),
                some.elapsedSeconds(),
                gates,
                some.series(),
                some.badCalls(),
                some.perCall());
    }

    static SoakReport interrupted(List<Gate> gates) {
        SoakReport some = report(false, "gate");
        return copy(some, false, true, 1, gates, some.series(), List.of(), some.perCall());
    }

    private static SoakReport copy(
            SoakReport some,
            boolean green,
            boolean interrupted,
            double elapsedSeconds,
            List<Gate> gates,
            List<SoakReport.Sample> series,
            List<SoakReport.BadCall> badCalls,
            List<SoakReport.CallSummary> perCall) {
        return copy(
                some,
                green,
                interrupted,
                elapsedSeconds,
                some.load(),
                some.phoneSystemLacks(),
                gates,
                series,
                badCalls,
                perCall);
    }

    private static SoakReport of(SoakReport some, boolean interrupted) {
        return copy(some, false, interrupted, 1, some.gates(), List.of(), List.of(), List.of());
    }

    private static SoakReport of(SoakReport some, SoakReport.Load load, List<String> lacks, Gate.Verdict verdict) {
        Gate gate = Gate.of("gate", "gate", "some", "all", verdict == Gate.Verdict.HOLDS);
        List<Gate> gates = List.of(verdict == Gate.Verdict.NOT_JUDGED ? gate.notJudged("so it is") : gate);
        boolean green = verdict == Gate.Verdict.HOLDS;
        return copy(some, green, false, 1, load, lacks, gates, List.of(), List.of(), List.of());
    }

    private static SoakReport copy(
            SoakReport some,
            boolean green,
            boolean interrupted,
            double elapsedSeconds,
            SoakReport.Load load,
            List<String> lacks,
            List<Gate> gates,
            List<SoakReport.Sample> series,
            List<SoakReport.BadCall> badCalls,
            List<SoakReport.CallSummary> perCall) {
        return new SoakReport(
                green,
                interrupted,
                some.startedAt(),
                elapsedSeconds,
                some.settings(),
                some.machine(),
                load,
                lacks,
                some.appUsers(),
                some.logins(),
                some.registrations(),
                some.warmUp(),
                some.calls(),
                some.audio(),
                some.holds(),
                some.keys(),
                some.features(),
                some.media(),
                some.byMedia(),
                some.cpu(),
                gates,
                series,
                badCalls,
                perCall);
    }

    private static SoakReport withoutMos() {
        SoakReport some = report(true, "gate");
        return new SoakReport(
                some.green(),
                false,
                some.startedAt(),
                some.elapsedSeconds(),
                some.settings(),
                some.machine(),
                some.load(),
                some.phoneSystemLacks(),
                some.appUsers(),
                some.logins(),
                some.registrations(),
                some.warmUp(),
                some.calls(),
                some.audio(),
                some.holds(),
                some.keys(),
                some.features(),
                new SoakReport.Media(0, 0, 0, 0, 0, 0, Double.NaN, 12, 0, 0, 0),
                List.of(new SoakReport.MediaFigures("codec", "opus", 0, 0, 0, 0, 0, 0, Double.NaN, SPREAD, SPREAD)),
                some.cpu(),
                some.gates(),
                some.series(),
                some.badCalls(),
                some.perCall());
    }

    private static String page(SoakReport report) {
        return ReportPage.of(report, null, List.of());
    }
}
