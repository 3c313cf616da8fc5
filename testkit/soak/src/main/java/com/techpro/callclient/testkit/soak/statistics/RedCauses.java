// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reduces red gates to one per cause. A gate that is red only because of another red gate is not
 * judged, and names that gate. A gate with any other reason stays red.
 */
public final class RedCauses {
    private static final String CALLS = "calls-without-fault";
    private static final String REGISTRATIONS = "registrations";
    private static final String HOLD = "silence-on-hold";
    private static final String KEYS = "dtmf-received";
    private static final String UNHEARD = "audio-not-verified";
    private static final String HEARD = "speech-heard";

    /** The limits of heard audio that a user may set, by the verdict of a direction beyond them. */
    private static final Map<String, String> LIMITS = Map.of(
            SpeechVerdict.Outcome.TOO_QUIET.code(), "speech-level", SpeechVerdict.Outcome.NARROW.code(), "speech-band");

    /** A call that was never established has a fault too. */
    private static final String CALLS_MADE = "calls-made";

    /** The problems of calls whose keys did not arrive as pressed. */
    private static final Set<String> OF_KEYS = Set.of("dtmf-wrong", "dtmf-repeated", "stuck-pressing");

    /** Precedes the verdict after a transfer. */
    private static final String SPEECH = "speech ";

    private final List<Gate> gates;
    private final Map<String, Long> faults;
    private final Set<String> ofHolds;
    private final Map<String, Long> ofFeatures;

    /**
     * For one run.
     *
     * @param faults how many calls had each fault
     * @param ofHolds those of them about audio during a hold
     * @param ofFeatures how many calls had each because a transfer or pickup was not done
     */
    public RedCauses(List<Gate> gates, Map<String, Long> faults, Set<String> ofHolds, Map<String, Long> ofFeatures) {
        this.gates = gates;
        this.faults = faults;
        this.ofHolds = ofHolds;
        this.ofFeatures = ofFeatures;
    }

    /** Returns the gates in order. */
    public List<Gate> judged() {
        List<Gate> judged = new ArrayList<>();
        for (Gate gate : gates) {
            Set<String> causes = isRed(gate) ? causesOf(gate) : Set.of();
            judged.add(causes.isEmpty() ? gate : gate.notJudged("see " + String.join(", ", causes)));
        }
        return judged;
    }

    /** Returns the red gates that fully explain this one; empty if something is left. */
    private Set<String> causesOf(Gate gate) {
        if (gate.id().equals(REGISTRATIONS)) {
            return Set.of();
        }
        Set<String> limits = gate.id().endsWith(HEARD) ? limitsOf(gate) : Set.of();
        if (!limits.isEmpty()) {
            return limits;
        }
        if (!gate.id().equals(CALLS)) {
            boolean ofNoCall = isOfCalls(gate) && isOfNothing(gate);
            return red(CALLS) != null && (ofNoCall || gate.id().equals(CALLS_MADE)) ? Set.of(CALLS) : Set.of();
        }
        if (isOfNothing(gate)) {
            return red(REGISTRATIONS) == null ? Set.of() : Set.of(REGISTRATIONS);
        }
        Set<String> causes = new TreeSet<>();
        for (String fault : gate.note().split(", ", -1)) {
            Set<String> found = causesOf(fault);
            if (found.isEmpty()) {
                return Set.of();
            }
            causes.addAll(found);
        }
        return causes;
    }

    /** Returns the red gates that are about a fault of calls. */
    private Set<String> causesOf(String fault) {
        if (fault.startsWith(UNHEARD)) {
            String of = fault.substring(UNHEARD.length());
            Gate heard = red(of.isEmpty() ? HEARD : of.substring(1) + '-' + HEARD);
            Set<String> limits = heard == null ? Set.of() : limitsOf(heard);
            return limits.isEmpty() && heard != null ? Set.of(heard.id()) : limits;
        }
        if (ofHolds.contains(fault)) {
            return only(HOLD);
        }
        if (OF_KEYS.contains(fault)) {
            return only(KEYS);
        }
        Set<String> found = new TreeSet<>();
        if (ofFeatures.containsKey(fault) && ofFeatures.get(fault).equals(faults.get(fault))) {
            for (CallFeature feature : CallFeature.values()) {
                Gate done = red(feature.code() + "-done");
                if (done != null && List.of(done.note().split(", ", -1)).contains(fault)) {
                    found.add(done.id());
                }
            }
        }
        return found;
    }

    /**
     * Returns the red gates of limits that fully explain faults in heard audio; empty if something
     * is left.
     */
    private Set<String> limitsOf(Gate heard) {
        Set<String> found = new TreeSet<>();
        for (String fault : heard.note().split(", ", -1)) {
            String limit = LIMITS.get(fault.startsWith(SPEECH) ? fault.substring(SPEECH.length()) : fault);
            if (limit == null || red(limit) == null) {
                return Set.of();
            }
            found.add(limit);
        }
        return found;
    }

    private Set<String> only(String id) {
        return red(id) == null ? Set.of() : Set.of(id);
    }

    private @Nullable Gate red(String id) {
        return gates.stream()
                .filter(gate -> gate.id().equals(id) && isRed(gate))
                .findFirst()
                .orElse(null);
    }

    private static boolean isRed(Gate gate) {
        return gate.verdict() == Gate.Verdict.RED;
    }

    /** There was nothing to measure, and nothing unexpected came. */
    private static boolean isOfNothing(Gate gate) {
        Figure figure = gate.figure();
        boolean besides =
                gate.measured().contains(" unexpected") && !gate.measured().contains(", 0 unexpected");
        return figure != null && Double.isNaN(figure.value()) && !besides;
    }

    private static boolean isOfCalls(Gate gate) {
        return Set.of(HEARD, HOLD, KEYS, "codecs-and-keys", "lamp-changes", "texts-received", "texts-delivered")
                        .contains(gate.id())
                || gate.id().endsWith("-done")
                || gate.id().endsWith("-speech-heard");
    }
}
