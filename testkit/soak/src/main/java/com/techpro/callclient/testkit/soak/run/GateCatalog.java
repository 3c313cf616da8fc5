// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.statistics.AppUserChecks;
import com.techpro.callclient.testkit.soak.statistics.CallBound;
import com.techpro.callclient.testkit.soak.statistics.FeatureStatistics;
import com.techpro.callclient.testkit.soak.statistics.LoopbackGates;
import java.util.ArrayList;
import java.util.List;

/** All gates that a soak can have, to list them before a run. */
public final class GateCatalog {
    private static final String NONE = "-";
    private static final String ALL = "all";

    private GateCatalog() {}

    /**
     * One gate.
     *
     * @param id as in the report
     * @param embedded the requirement at the embedded phone system; {@code -} if there is none
     * @param other the same for another phone system
     * @param option the option that sets the limit; empty if none does
     */
    public record Entry(String id, String title, String embedded, String other, String option) {}

    /** Returns all gates, roughly in the order of a report. */
    public static List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        add(all, "calls-carried", "calls at once that this machine can carry", "at least 3, or all requested");
        for (Gate gate : new AppUserChecks().gates(0, false)) {
            all.add(new Entry(gate.id(), gate.title(), ALL, NONE, ""));
        }
        all.add(new Entry("logins", "logins by e-mail and password", ALL, NONE, ""));
        add(all, "registrations", "registrations", ALL);
        inARoom(all, "roster", "see everybody", ALL);
        inARoom(all, "hears-others", "hear all the others", ALL);
        inARoom(all, "hears-itself", "hear themselves", "nobody");
        inARoom(all, "left-over", "remain after all have left", "nobody");
        Gate moved = NetworkChangeCheck.gate("");
        all.add(new Entry(moved.id(), moved.title(), "heard as before", NONE, ""));
        ofCalls(all);
        for (CallBound bound : CallBound.values()) {
            all.add(new Entry(
                    bound.id(),
                    bound.title(),
                    orNone(bound.usualInWords(LoopbackGates.Way.OURS)),
                    orNone(bound.usualInWords(LoopbackGates.Way.OTHERS)),
                    bound.option()));
        }
        ofFeatures(all);
        all.add(new Entry("registrations-after-goodbye", "registrations after goodbye", "0", NONE, ""));
        all.add(new Entry("phone-system-failures", "failures inside the phone system", "0", NONE, ""));
        all.add(new Entry("media-agreed", "a call with the requested codecs, keys and suite", NONE, ALL, ""));
        all.add(new Entry("codec-NAME", "a codec between two users who prefer it", NONE, ALL, ""));
        for (String what : List.of(
                "descriptors",
                "sockets",
                "calls",
                "transactions",
                "dialogs",
                "timers",
                "flows",
                "media sessions",
                "audio streams",
                "threads")) {
            givenBack(all, what, "after the calls", "as many as before");
        }
        givenBack(all, "heap", "after the calls", "growth of at most 2 MB");
        for (String what : List.of("descriptors", "sockets", "threads")) {
            givenBack(all, what, "at the end", "as many as before");
        }
        return List.copyOf(all);
    }

    private static void ofCalls(List<Entry> all) {
        add(all, "calls-without-fault", "calls without fault", ALL);
        add(all, "speech-heard", "speech heard at the receiving end", ALL);
        add(all, "speech-not-judged", "speech that could not be judged, as the machine stalled", "at most 5 %");
        add(all, "speech-lost", "speech lost, over all calls", "at most 0.4 %, more with --loss");
        all.add(new Entry(
                "loss-asked-for",
                "speech damaged by the requested loss",
                "0.4 to 2 times what both ends lose",
                "0.4 to 2 times what both ends lose",
                "--loss"));
        add(all, "speech-lost-in-stalls", "speech lost while the machine stalled, over all calls", "at most 3 %");
        add(all, "silence-on-hold", "silence at both ends while on hold", ALL);
        add(all, "dtmf-received", "DTMF digits received, once and in order", ALL);
        add(all, "codecs-and-keys", "call ends that used a codec and keys of their account", ALL);
        add(all, "registrations-lost", "registrations that failed or were lost", "0");
        add(all, "engine-exceptions", "exceptions inside the engine", "0");
    }

    private static void ofFeatures(List<Entry> all) {
        for (Gate gate : new FeatureStatistics().gates(CallFeature.all(), true)) {
            all.add(new Entry(gate.id(), gate.title(), ALL, ALL, "--features"));
        }
        all.add(new Entry("lamp-changes", "busy lamp changes, each once and in order", ALL, ALL, "--features"));
        all.add(new Entry("texts-received", "texts received, once, in order and unchanged", ALL, ALL, "--features"));
        all.add(new Entry("texts-delivered", "texts reported to their sender as delivered", ALL, ALL, "--features"));
    }

    private static void add(List<Entry> all, String id, String title, String limit) {
        all.add(new Entry(id, title, limit, limit, ""));
    }

    private static void inARoom(List<Entry> all, String what, String claim, String limit) {
        all.add(new Entry("conference-" + what, "conference room: users who " + claim, limit, NONE, ""));
    }

    private static void givenBack(List<Entry> all, String what, String when, String limit) {
        String title = what + " " + when;
        all.add(new Entry(title.replace(' ', '-'), title, limit, limit, ""));
    }

    private static String orNone(String limit) {
        return limit.isEmpty() ? NONE : limit;
    }
}
