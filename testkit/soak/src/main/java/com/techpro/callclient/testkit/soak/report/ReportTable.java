// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for a terminal. */
public final class ReportTable {
    private static final int LABEL = 44;
    private static final int BAD_CALLS_SHOWN = 10;

    private final StringBuilder text = new StringBuilder();

    private ReportTable() {}

    public static String of(SoakReport report) {
        ReportTable table = new ReportTable();
        String verdict = report.verdict().words() + ": " + report.verdictInWords();
        if (!report.load().notCarried().isEmpty()) {
            table.line(verdict);
        }
        if (report.nobodyRegistered().isEmpty()) {
            table.figures(report);
        }
        table.badCalls(report.badCalls());
        table.gates(report.gates());
        table.line("");
        if (!report.green()) {
            table.line("To repeat this run: --seed " + report.settings().getOrDefault("seed", "?"));
        }
        table.line(verdict);
        return table.text.toString();
    }

    private void figures(SoakReport report) {
        var calls = report.calls();
        var audio = report.audio();
        var media = report.media();
        line("");
        if (report.appUsers().users() > 0) {
            row(
                    "users with their own app",
                    format(
                            "%d, vault by %s, %.1f s",
                            report.appUsers().users(),
                            report.appUsers().vaultBy(),
                            report.appUsers().seconds()));
            row("  notified of a message after", spread(report.appUsers().messageMillis()));
        }
        if (report.logins().attempted() > 0) {
            row(
                    "users logged in by e-mail and password",
                    report.logins().loggedIn() + " of " + report.logins().attempted());
            row("  time to log in", spread(report.logins().millis()));
            reasons(report.logins().refusedByReason());
        }
        row(
                "extensions registered",
                report.registrations().registered() + " of "
                        + report.registrations().attempted());
        row("  time to register", spread(report.registrations().millis()));
        reasons(report.registrations().failedByReason());
        row(
                "warm-up calls",
                format(
                        "%d in %.1f s, the JVM's compiler busy for %.0f %% of the last one",
                        report.warmUp().calls(),
                        report.warmUp().seconds(),
                        report.warmUp().compilerPercent()));
        row(
                "calls at once, carried / requested",
                format(
                        "%d / %d: %s",
                        report.load().callsCarried(),
                        report.load().callsAsked(),
                        report.load().why()));
        row("calls attempted / connected", calls.attempted() + " / " + calls.connected());
        row("  without any fault", Long.toString(calls.faultless()));
        reasons(calls.failedByReason());
        row("  at the same time, maximum", Integer.toString(calls.mostAtOnce()));
        row("  set-up time", spread(calls.setUpMillis()));
        row("  talked", format("%.0f call-seconds", calls.callSeconds()));
        row("speech directions verified", audio.verified() + " of " + audio.directions());
        audio.byOutcome().forEach((outcome, count) -> {
            if (!outcome.equals("verified")) {
                row("  " + outcome, count.toString());
            }
        });
        row("  speech compared", format("%.0f s", audio.comparedSeconds()));
        row("  gaps, mean / worst", format("%.2f %% / %.2f %%", audio.meanGapPercent(), audio.worstGapPercent()));
        row(
                "  log-spectral distance, mean / worst",
                format("%.2f dB / %.2f dB", audio.meanSpectralDistanceDb(), audio.worstSpectralDistanceDb()));
        row("  one-way delay", spread(audio.oneWayDelayMillis()));
        row("  missing while the machine stalled, mean", format("%.2f %%", audio.excusedPercent()));
        row(
                "media leaked while on hold",
                (report.holds().directions() - report.holds().silent()) + " of "
                        + report.holds().directions());
        row(
                "DTMF digits received",
                report.keys().arrived() + " of " + report.keys().pressed());
        features(report.features());
        row("packets sent / received", media.packetsSent() + " / " + media.packetsReceived());
        row("  late / lost", media.packetsLate() + " / " + media.packetsLost());
        row("  concealed / late", media.framesConcealed() + " / " + media.framesLate());
        row("  worst estimated MOS", SoakReport.mos(media.worstMos()));
        row(
                "  soak's sound cards late, maximum",
                format(
                        "%.1f ms; other programs delayed sound %d times",
                        media.latestAudioTickMillis(), media.machineStalls()));
        row(
                "  this process itself delayed sound",
                format("%d times, %.1f ms at most", media.ownStalls(), media.longestOwnStallMillis()));
        report.byMedia().forEach(this::media);
        row(
                "CPU per call-second, whole process",
                format(
                        "%.1f ms (%.1f s in all)",
                        report.cpu().millisPerCallSecond(), report.cpu().processSeconds()));
        row("  threads waited for a processor", format("%.1f s", report.cpu().waitedSeconds()));
        row("  the JVM's compiler", format("%.1f s", report.cpu().compilingSeconds()));
        row("  by thread", threads(report.cpu().secondsByThread()));
        row("seed", report.settings().getOrDefault("seed", "?"));
        row("took", format("%.1f s", report.elapsedSeconds()));
    }

    private void features(SoakReport.Features features) {
        for (SoakReport.FeatureFigures feature : features.withThird()) {
            row(
                    feature.feature() + ", done",
                    format(
                            "%d of %d; speech heard after it %d of %d",
                            feature.done(), feature.tried(), feature.verified(), feature.directions()));
            reasons(feature.failuresByReason());
        }
        if (features.lamps().due() > 0) {
            row(
                    "busy lamp changes right / due",
                    format(
                            "%d / %d, %d unexpected",
                            features.lamps().right(),
                            features.lamps().due(),
                            features.lamps().wrong()));
        }
        if (features.texts().sent() > 0) {
            SoakReport.Texts texts = features.texts();
            row(
                    "texts received / sent",
                    format(
                            "%d / %d, %d unexpected; %d reported as delivered",
                            texts.arrived(), texts.sent(), texts.wrong(), texts.delivered()));
            reasons(texts.failuresByReason());
        }
    }

    private void media(SoakReport.MediaFigures media) {
        row(
                "  " + media.by() + " " + media.what(),
                format(
                        "%d of %d ends verified, gaps %.2f %%, guessed %.2f %%, %.2f dB, MOS %s, one way p50 %.0f ms,"
                                + " set up p50 %.0f ms",
                        media.verified(),
                        media.ends(),
                        media.meanGapPercent(),
                        media.guessedPercent(),
                        media.meanSpectralDistanceDb(),
                        Double.isNaN(media.worstMos()) ? "none" : SoakReport.mos(media.worstMos()) + " or better",
                        media.oneWayDelayMillis().median(),
                        media.setUpMillis().median()));
    }

    private void badCalls(List<SoakReport.BadCall> badCalls) {
        if (badCalls.isEmpty()) {
            return;
        }
        line("");
        line("calls with a fault (the first " + Math.min(BAD_CALLS_SHOWN, badCalls.size()) + " of " + badCalls.size()
                + " kept)");
        badCalls.stream()
                .limit(BAD_CALLS_SHOWN)
                .forEach(call -> row(
                        format("  call %d, #%d to #%d", call.call(), call.caller(), call.callee()),
                        format(
                                "%s, gaps %.1f %%, %.1f dB (%s)",
                                call.problem(), call.gapPercent(), call.spectralDistanceDb(), call.detail())));
    }

    private void gates(List<Gate> gates) {
        line("");
        line("gates");
        for (Gate gate : gates) {
            String mark = switch (gate.verdict()) {
                case HOLDS -> "ok   ";
                case RED -> "RED  ";
                case NOT_JUDGED -> "-    ";
            };
            String note = gate.note().isEmpty() ? "" : "; " + gate.note();
            String found = gate.verdict() == Gate.Verdict.NOT_JUDGED ? "not judged" : gate.measured();
            row("  " + mark + gate.title(), found + "  (" + gate.limitInWords() + note + ")");
        }
    }

    private void reasons(Map<String, Long> reasons) {
        reasons.forEach((reason, count) -> row("  failed: " + reason, count.toString()));
    }

    private static String spread(Spread spread) {
        return spread.count() == 0
                ? "-"
                : format("p50 %.1f ms, p99 %.1f ms, most %.1f ms", spread.median(), spread.p99(), spread.most());
    }

    private static String threads(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(6)
                .map(entry -> format("%s %.1f s", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void row(String label, String value) {
        line(label + " ".repeat(Math.max(1, LABEL - label.length())) + value);
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
