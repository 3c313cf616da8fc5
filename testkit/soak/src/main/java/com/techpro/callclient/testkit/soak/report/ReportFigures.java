// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.report.SoakReport.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of a report as tables of its page, one per subject. */
final class ReportFigures {
    private final StringBuilder html = new StringBuilder();

    private ReportFigures() {}

    static String of(SoakReport report) {
        ReportFigures figures = new ReportFigures();
        if (report.appUsers().users() > 0) {
            figures.appUsers(report.appUsers());
        }
        if (report.logins().attempted() > 0) {
            figures.logins(report.logins());
        }
        figures.registrations(report.registrations());
        figures.load(report.load());
        figures.warmUp(report.warmUp());
        figures.calls(report.calls(), report.keys());
        figures.speech(report.audio(), report.holds());
        figures.features(report.features());
        figures.media(report.byMedia());
        figures.packets(report.media());
        figures.cpu(report.cpu(), report.media());
        return figures.html.toString();
    }

    private void appUsers(SoakReport.AppUsers users) {
        begin("Users with their own app, vault opened by " + users.vaultBy());
        users.countByClaim().forEach((claim, count) -> row(claim, count + " of " + users.users()));
        row("Notified of a message after", spread(users.messageMillis()));
        row("Duration", format("%.1f s", users.seconds()));
        end();
    }

    private void logins(SoakReport.Logins logins) {
        begin("Logins by e-mail and password");
        row("Users logged in", logins.loggedIn() + " of " + logins.attempted());
        row("Time to log in", spread(logins.millis()));
        counts("Refused: ", logins.refusedByReason());
        end();
    }

    private void registrations(SoakReport.Registrations registrations) {
        begin("Registrations");
        row("Extensions registered", registrations.registered() + " of " + registrations.attempted());
        row("Time to register", spread(registrations.millis()));
        counts("Failed: ", registrations.failedByReason());
        end();
    }

    private void load(SoakReport.Load load) {
        begin("Load");
        row("Calls at once that this machine can carry", load.callsCarried() + " of " + load.callsAsked());
        row("Basis", load.why());
        end();
    }

    private void warmUp(SoakReport.WarmUp warmUp) {
        begin("Warm-up");
        row("Calls that were not judged", Integer.toString(warmUp.calls()));
        row("Duration", format("%.1f s", warmUp.seconds()));
        row("The JVM's compiler during the last of them", format("%.0f %% of a processor", warmUp.compilerPercent()));
        end();
    }

    private void calls(SoakReport.Calls calls, SoakReport.Keys keys) {
        begin("Calls");
        row("Connected", calls.connected() + " of " + calls.attempted());
        row("Without any fault", calls.faultless() + " of " + calls.attempted());
        counts("Failed: ", calls.failedByReason());
        row("At the same time, maximum", Integer.toString(calls.mostAtOnce()));
        row("Set-up time", spread(calls.setUpMillis()));
        row("Talked", format("%.0f call-seconds", calls.callSeconds()));
        row("Keys arrived (DTMF)", keys.arrived() + " of " + keys.pressed());
        end();
    }

    private void speech(SoakReport.Audio audio, SoakReport.Holds holds) {
        begin("Speech, at the receiving end");
        row("Directions verified", audio.verified() + " of " + audio.directions());
        counts("Directions ", audio.byOutcome());
        row("Compared", format("%.0f s of speech, without pauses", audio.comparedSeconds()));
        row("Gaps", format("mean %.2f %%, worst %.2f %%", audio.meanGapPercent(), audio.worstGapPercent()));
        row("Missing while the machine stalled", format("mean %.2f %%", audio.excusedPercent()));
        row(
                "Log-spectral distance",
                format("mean %.2f dB, worst %.2f dB", audio.meanSpectralDistanceDb(), audio.worstSpectralDistanceDb()));
        row("One-way delay", spread(audio.oneWayDelayMillis()));
        row("Changes of that delay", Long.toString(audio.stretches()));
        row("Media leaked while on hold", (holds.directions() - holds.silent()) + " of " + holds.directions());
        counts("On hold: ", holds.byOutcome());
        end();
    }

    private void features(SoakReport.Features features) {
        if (features.equals(SoakReport.Features.NONE)) {
            return;
        }
        begin("Transfers, pickups, busy lamps, text messages");
        for (SoakReport.FeatureFigures feature : features.withThird()) {
            row(
                    capital(feature.feature()) + ", done",
                    format(
                            "%d of %d; speech heard after it: %d of %d",
                            feature.done(), feature.tried(), feature.verified(), feature.directions()));
            counts(capital(feature.feature()) + ": ", feature.failuresByReason());
        }
        SoakReport.Lamps lamps = features.lamps();
        row("Busy lamp changes shown", format("%d of %d, %d unexpected", lamps.right(), lamps.due(), lamps.wrong()));
        SoakReport.Texts texts = features.texts();
        row("Texts received", format("%d of %d, %d unexpected", texts.arrived(), texts.sent(), texts.wrong()));
        row("Texts reported as delivered", texts.delivered() + " of " + texts.sent());
        counts("Texts not delivered: ", texts.failuresByReason());
        end();
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void media(List<SoakReport.MediaFigures> all) {
        if (all.isEmpty()) {
            return;
        }
        html.append(
                "<h3>By codec, keys and path</h3>\n<div class=\"wide\"><table>\n<tr><td></td><th>Ends verified</th>"
                        + "<th>Gaps</th><th>Guessed, worst</th><th>Distance</th><th>Worst MOS</th><th>One way</th><th>Set-up</th></tr>\n");
        String before = "";
        for (SoakReport.MediaFigures figures : all) {
            if (!figures.by().equals(before)) {
                before = figures.by();
                html.append("<tr><th colspan=\"8\">")
                        .append(Html.escape(before))
                        .append("</th></tr>\n");
            }
            html.append(format(
                    "<tr><td>%s</td><td class=\"short\">%d of %d</td><td class=\"short\">%.2f %%</td>"
                            + "<td class=\"short\">%.2f %%, %.2f %%</td><td class=\"short\">%.2f dB</td><td>%s</td>"
                            + "<td class=\"short\">%.0f ms, p99 %.0f</td><td class=\"short\">%.0f ms, p99 %.0f</td></tr>%n",
                    Html.escape(figures.what()),
                    figures.verified(),
                    figures.ends(),
                    figures.meanGapPercent(),
                    figures.guessedPercent(),
                    figures.mostGuessedPercent(),
                    figures.meanSpectralDistanceDb(),
                    SoakReport.mos(figures.worstMos()),
                    figures.oneWayDelayMillis().median(),
                    figures.oneWayDelayMillis().p99(),
                    figures.setUpMillis().median(),
                    figures.setUpMillis().p99()));
        }
        html.append("</table></div>\n");
    }

    private void packets(SoakReport.Media media) {
        begin("Packets");
        row("Sent, received", media.packetsSent() + ", " + media.packetsReceived());
        row("Late, lost", media.packetsLate() + ", " + media.packetsLost());
        row("Frames concealed, of them late", media.framesConcealed() + ", " + media.framesLate());
        row("Worst estimated MOS", SoakReport.mos(media.worstMos()));
        end();
    }

    private void cpu(SoakReport.Cpu cpu, SoakReport.Media media) {
        begin("Processor");
        row("Of the process during the calls", format("%.1f s", cpu.processSeconds()));
        row("Per call-second", format("%.1f ms", cpu.millisPerCallSecond()));
        row("The JVM's compiler", format("%.1f s", cpu.compilingSeconds()));
        row("Threads waited for a processor", format("%.1f s", cpu.waitedSeconds()));
        row(
                "The soak's own sound cards",
                format(
                        "%.1f ms late at most; other programs delayed sound %d times",
                        media.latestAudioTickMillis(), media.machineStalls()));
        row(
                "This process itself delayed sound",
                format("%d times, %.1f ms at most", media.ownStalls(), media.longestOwnStallMillis()));
        cpu.secondsByThread().forEach((thread, seconds) -> row("Thread " + thread, format("%.2f s", seconds)));
        end();
    }

    private void begin(String title) {
        html.append("<h3>").append(title).append("</h3>\n<table class=\"figures\">\n");
    }

    private void row(String label, String value) {
        html.append(Html.row(label, value));
    }

    private void counts(String before, Map<String, Long> counts) {
        counts.forEach((name, count) -> row(before + name, count.toString()));
    }

    private void end() {
        html.append("</table>\n");
    }

    private static String spread(Spread spread) {
        return spread.count() == 0
                ? "-"
                : format("p50 %.1f ms, p99 %.1f ms, most %.1f ms", spread.median(), spread.p99(), spread.most());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
