// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is not held against the program where the machine did not carry the load. Gates say that it
 * did not, which count stalls that are proven to be another program's doing or the hypervisor's, or
 * {@link LoadWatch} does, which sees what other programs use. Then what is about sound and time is
 * not judged: late sound is lost sound. Everything else is, red or not: what is left over, who was
 * heard, what came twice, what failed inside. A slow machine makes none of that.
 */
public final class LoadRule {
    private static final String MESSAGE_HEARD = "app-users-message-heard";
    private static final String CALLS_MADE = "calls-made";
    private static final String CALLS_WITHOUT_FAULT = "calls-without-fault";

    /** They are about the machine alone. */
    private static final Set<String> EVIDENCE = Set.of("speech-not-judged", "speech-lost-in-stalls");

    /** Of sound that has to be heard, and of times. */
    private static final Set<String> SOUND_AND_TIME = Set.of(
            "speech-heard",
            "speech-lost",
            "blind-transfer-speech-heard",
            "attended-transfer-speech-heard",
            "pickup-speech-heard",
            "packets-lost",
            "packets-late",
            "frames-concealed",
            "frames-inserted",
            "one-way-delay-median",
            "one-way-delay-p99",
            "mos-p99",
            "mos-worst",
            "set-up-time-median",
            "set-up-time-p99",
            "calls-attempted");

    /** They count whatever went wrong with calls; their note has a stable word for each thing that did. */
    private static final Set<String> BY_REASON = Set.of(
            CALLS_WITHOUT_FAULT, "silence-on-hold", "blind-transfer-done", "attended-transfer-done", "pickup-done");

    private LoadRule() {}

    /**
     * Why the machine did not carry the load; empty if it did, or if nothing is red for it.
     *
     * @param busy what {@link LoadWatch#whyNot} says
     */
    public static String whyNot(List<Gate> gates, String busy) {
        List<String> reasons = new ArrayList<>();
        gates.stream()
                .filter(LoadRule::isEvidence)
                .forEach(gate -> reasons.add(gate.title() + ": " + gate.measured() + " (" + gate.limit() + ")"));
        if (!busy.isEmpty() && gates.stream().anyMatch(gate -> isExcused(gate, gates))) {
            reasons.add(busy);
        }
        return String.join("; ", reasons);
    }

    /**
     * The gates as they count: the same, if the machine carried the load.
     *
     * @param busy what {@link LoadWatch#whyNot} says
     */
    public static List<Gate> judged(List<Gate> gates, String busy) {
        return whyNot(gates, busy).isEmpty()
                ? List.copyOf(gates)
                : gates.stream()
                        .map(gate ->
                                isExcused(gate, gates) ? gate.notJudged("this machine did not carry the load") : gate)
                        .toList();
    }

    private static boolean isExcused(Gate gate, List<Gate> all) {
        return isRed(gate) && canBeOfTheMachine(gate, all);
    }

    private static boolean isEvidence(Gate gate) {
        return isRed(gate) && (EVIDENCE.contains(gate.id()) || isMessageOfWhichNothingCanBeSaid(gate));
    }

    /** Before there are calls a voicemail is spoken and played: there too it may be that nothing can be said, as the machine stalled. */
    private static boolean isMessageOfWhichNothingCanBeSaid(Gate gate) {
        return gate.id().equals(MESSAGE_HEARD)
                && Arrays.stream(gate.note().split("; ", -1)).allMatch(reason -> reason.contains(": machine-stalled"));
    }

    private static boolean isRed(Gate gate) {
        return gate.verdict() == Gate.Verdict.RED;
    }

    private static boolean canBeOfTheMachine(Gate gate, List<Gate> all) {
        return isEvidence(gate)
                || SOUND_AND_TIME.contains(gate.id())
                || (BY_REASON.contains(gate.id()) && reasonsAll(gate, LoadRule::isOfSoundOrTime))
                || (gate.id().equals(CALLS_MADE) && all.stream().anyMatch(LoadRule::isFaultsOfSoundOrTime));
    }

    /** Why a call was not made, the gate of the faults tells. */
    private static boolean isFaultsOfSoundOrTime(Gate gate) {
        return gate.id().equals(CALLS_WITHOUT_FAULT) && reasonsAll(gate, LoadRule::isOfSoundOrTime);
    }

    /** A gate without a reason has one that nobody knows. */
    private static boolean reasonsAll(Gate gate, Predicate<String> test) {
        return !gate.note().isEmpty()
                && Arrays.stream(gate.note().split(", ", -1)).allMatch(test);
    }

    /** Words of a call's problem: speech that was not heard as it should be, a hold too short to tell, limits that ran out, and a call refused as requests waited too long. */
    private static boolean isOfSoundOrTime(String reason) {
        return reason.equals("hold-not-judged")
                || reason.startsWith("audio-not-verified")
                || reason.startsWith("stuck-")
                || reason.equals("server-error-503");
    }
}
