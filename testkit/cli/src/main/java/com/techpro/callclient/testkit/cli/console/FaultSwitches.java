// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.fault.FaultScript.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Switches for faults of the PBX. Switching a fault off removes its effects. Faults set by others
 * stay until all are cleared. From any thread.
 */
final class FaultSwitches {
    private static final Duration LATE = Duration.ofMillis(500);
    private static final double LOST_SHARE = 0.1;

    private final EmbeddedPbx pbx;
    /** Switches off the active faults. */
    private final Map<Kind, Runnable> on = new EnumMap<>(Kind.class);

    FaultSwitches(EmbeddedPbx pbx) {
        this.pbx = pbx;
    }

    /** The faults. */
    enum Kind {
        INVITE_503("Calls are answered with 503"),
        REGISTER_503("Registrations are answered with 503"),
        REGISTER_LOST("REGISTER never arrives"),
        BYE_LOST("BYE from phones never arrives"),
        RESPONSES_LATE("Responses come 500 ms late"),
        MEDIA_LOSS("10 % of media packets are lost");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** The present state of a switch. */
    record Switch(String id, String label, boolean on) {}

    synchronized void turn(Kind kind, boolean wanted) {
        Runnable end = on.get(kind);
        if (wanted && end == null) {
            on.put(kind, begin(kind));
        } else if (!wanted && end != null) {
            on.remove(kind);
            end.run();
        }
    }

    /** Returns what ends it. */
    private Runnable begin(Kind kind) {
        FaultScript faults = pbx.faults();
        return switch (kind) {
            case INVITE_503 -> pbx.on("INVITE").reply(503)::remove;
            case REGISTER_503 -> pbx.on("REGISTER").reply(503)::remove;
            case REGISTER_LOST -> lose(faults.onRequest("REGISTER"));
            case BYE_LOST -> lose(faults.onRequest("BYE"));
            case RESPONSES_LATE -> delayResponses(faults);
            case MEDIA_LOSS -> {
                double before = faults.media().lostShare();
                faults.media().loseShare(LOST_SHARE);
                yield () -> faults.media().loseShare(before);
            }
        };
    }

    private static Runnable lose(Rule rule) {
        rule.drop();
        return rule::remove;
    }

    private static Runnable delayResponses(FaultScript faults) {
        List<Rule> rules = new ArrayList<>();
        for (String method : List.of("REGISTER", "INVITE", "BYE", "SUBSCRIBE", "MESSAGE", "REFER")) {
            Rule rule = faults.onResponse(method);
            rule.delay(LATE);
            rules.add(rule);
        }
        return () -> rules.forEach(Rule::remove);
    }

    /** Clears all faults, including those set by others. */
    synchronized void clearAll() {
        on.clear();
        pbx.faults().clear();
    }

    synchronized List<Switch> all() {
        List<Switch> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(new Switch(kind.name(), kind.label, on.containsKey(kind)));
        }
        return all;
    }
}
