// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes a run and its machine for a report, without names of hosts or people. */
public final class Descriptions {
    private static final int MOST_FINDINGS = 6;

    private Descriptions() {}

    public static Map<String, String> of(SoakSettings settings) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("users", Integer.toString(settings.users()));
        said.put(
                "users with an app of their own",
                settings.appUsers() + ", vault by " + settings.vaults().code());
        said.put("calls a second", Double.toString(settings.rate()));
        said.put("duration", settings.duration().toSeconds() + " s");
        said.put("transport", settings.transport().toString());
        said.put(
                "SRTP",
                settings.suite() == null ? "as negotiated" : settings.suite().toString());
        said.put("codecs, the best first; all have G.711", settings.media().codecsInWords());
        said.put("keys", settings.media().keyingsInWords());
        said.put("way of the sound", settings.media().pathsInWords());
        said.put(
                "features",
                settings.features().isEmpty()
                        ? "none"
                        : settings.features().stream()
                                .sorted()
                                .map(CallFeature::title)
                                .collect(Collectors.joining(", ")));
        said.put("loss", settings.impairment().lossPercent() + " %");
        said.put("jitter", settings.impairment().jitter().toMillis() + " ms");
        said.put("speech", settings.speech().length() / 8000.0 + " s");
        said.put("seed", Long.toString(settings.seed()));
        return said;
    }

    /**
     * Describes what was heard at the ends of a call, and where something was missing, in seconds
     * since its audio began. For the hold it names the ends that heard something wrong.
     *
     * @param held how the phone system treats a held side
     */
    public static String of(CallResult call, SoakPhoneSystem.OnHold held) {
        StringBuilder said = new StringBuilder();
        for (int ear = 0; ear < call.heard().size(); ear++) {
            SpeechVerdict heard = call.heard().get(ear);
            said.append(ear == 0 ? "callee: " : "; caller: ").append(of(heard)).append(figure(heard));
            heard.findings().stream()
                    .limit(MOST_FINDINGS)
                    .forEach(finding -> said.append(", ").append(finding.words()));
            said.append(heard.findings().size() > MOST_FINDINGS ? ", ..." : "");
        }
        for (int ear = 0; ear < call.onHold().size(); ear++) {
            SilenceVerdict onHold = call.onHold().get(ear);
            boolean neverCameToIt = call.problem() != null && onHold.outcome() == SilenceVerdict.Outcome.TOO_SHORT;
            if (!call.leftInPeace(ear, held) && !neverCameToIt) {
                said.append(ear == 0 ? "; callee on hold: " : "; caller on hold: ")
                        .append(onHold.outcome().code());
                if (!onHold.audible().isZero()) {
                    said.append(String.format(
                            Locale.ROOT,
                            ", %d ms between %d and %d of %d ms",
                            onHold.audible().toMillis(),
                            onHold.first().toMillis(),
                            onHold.last().toMillis() + 20,
                            onHold.judged().toMillis()));
                }
            }
        }
        return said.toString();
    }

    /** Returns the outcome, and the deciding share if there is no place. */
    public static String of(SpeechVerdict heard) {
        String outcome = heard.outcome().code();
        return heard.outcome() == SpeechVerdict.Outcome.GUESSED
                ? String.format(
                        Locale.ROOT,
                        "%s, %.1f %% of %.1f s",
                        outcome,
                        heard.guessedPercent(),
                        heard.compared().toMillis() / 1e3)
                : outcome;
    }

    /** Describes a fault of the whole direction. */
    private static String figure(SpeechVerdict heard) {
        return switch (heard.outcome()) {
            case TOO_QUIET, TOO_LOUD -> String.format(Locale.ROOT, ", %+.1f dB", heard.levelDb());
            case NARROW -> ", up to " + heard.bandHertz() + " Hz";
            default -> "";
        };
    }

    /**
     * Returns the type and place of an exception, without its message, which might contain personal
     * data.
     */
    public static String typeAndPlace(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        StackTraceElement[] trace = first.getStackTrace();
        return first.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    public static Map<String, String> machine() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        said.put("Java", Runtime.version().toString());
        said.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return said;
    }
}
