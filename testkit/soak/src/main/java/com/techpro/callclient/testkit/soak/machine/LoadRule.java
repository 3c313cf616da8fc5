// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Excuses gates of audio and time where the machine did not carry the load. Evidence are gates
 * about stalls proven to be caused by another program or the hypervisor, and {@link LoadWatch},
 * which measures other programs. Those gates are then not judged, because late audio counts as
 * lost. All others are: leftovers, wrong voices, duplicates, internal failures. A slow machine
 * causes none of those.
 */
public final class LoadRule {
    private static final String MESSAGE_HEARD = "app-users-message-heard";
    private static final String CALLS_MADE = "calls-made";
    private static final String CALLS_WITHOUT_FAULT = "calls-without-fault";

    /** Gates about the machine alone. */
    private static final Set<String> EVIDENCE = Set.of("speech-not-judged", "speech-lost-in-stalls");

    /** Ends the ID of a gate about a feature's use. */
    private static final String DONE = "-done";

    /** Gates about heard audio and about times; those of features end with the first. */
    private static final Set<String> SOUND_AND_TIME = Set.of(
            "speech-heard",
            "speech-lost",
            "loss-asked-for",
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

    /** Gates about any problem of calls; their note has a stable word for each. */
    private static final Set<String> BY_REASON = Set.of(
            CALLS_WITHOUT_FAULT,
            "silence-on-hold",
            "network-change",
            "registrations-lost",
            "texts-received",
            "texts-delivered");

    /**
     * The faults that a slow machine cannot cause, without resources, which are judged at the end.
     */
    private static final Set<String> NEVER = Set.of(
            "calls-carried",
            "logins",
            "registrations",
            "registrations-after-goodbye",
            "conference-roster",
            "conference-hears-others",
            "conference-hears-itself",
            "conference-left-over",
            "dtmf-received",
            "codecs-and-keys",
            "engine-exceptions",
            "phone-system-failures",
            "media-agreed",
            "lamp-changes",
            "speech-level",
            "speech-band");

    private LoadRule() {}

    /** Whether this rule says what a slow machine means for a gate. One that it does not know stays red. */
    public static boolean knows(String id) {
        return EVIDENCE.contains(id)
                || isOfSoundOrTime(id)
                || isByReason(id)
                || id.equals(CALLS_MADE)
                || NEVER.contains(id)
                || id.startsWith("app-users-")
                || id.startsWith("codec-")
                || id.endsWith("-after-the-calls")
                || id.endsWith("-at-the-end");
    }

    private static boolean isOfSoundOrTime(String id) {
        return SOUND_AND_TIME.contains(id) || id.endsWith("-speech-heard");
    }

    private static boolean isByReason(String id) {
        return BY_REASON.contains(id) || id.endsWith(DONE);
    }

    /**
     * Returns why the machine did not carry the load; empty if it did, or if no gate is red because
     * of it.
     *
     * @param busy the result of {@link LoadWatch#whyNot}
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
     * Returns the gates, of which the excused ones are not judged.
     *
     * @param busy the result of {@link LoadWatch#whyNot}
     */
    public static List<Gate> judged(List<Gate> gates, String busy) {
        return whyNot(gates, busy).isEmpty()
                ? List.copyOf(gates)
                : gates.stream()
                        .map(gate ->
                                isExcused(gate, gates) ? gate.notJudged("this machine could not carry the load") : gate)
                        .toList();
    }

    private static boolean isExcused(Gate gate, List<Gate> all) {
        return isRed(gate) && canBeOfTheMachine(gate, all);
    }

    private static boolean isEvidence(Gate gate) {
        return isRed(gate) && (EVIDENCE.contains(gate.id()) || isMessageOfWhichNothingCanBeSaid(gate));
    }

    /**
     * A voicemail is spoken and played before the calls; a stall of the machine can make its
     * verdict impossible too.
     */
    private static boolean isMessageOfWhichNothingCanBeSaid(Gate gate) {
        return isMessageWhose(gate, problem -> problem.startsWith("machine-stalled"));
    }

    /** Sound of a message that came, with gaps. */
    private static boolean isMessageWithGaps(Gate gate) {
        return isMessageWhose(gate, problem -> problem.startsWith("machine-stalled") || problem.startsWith("gaps"));
    }

    private static boolean isMessageWhose(Gate gate, Predicate<String> test) {
        return gate.id().equals(MESSAGE_HEARD)
                && Arrays.stream(gate.note().split("; ", -1))
                        .map(reason ->
                                reason.substring(reason.indexOf(": ") + 1).trim())
                        .allMatch(test);
    }

    private static boolean isRed(Gate gate) {
        return gate.verdict() == Gate.Verdict.RED;
    }

    private static boolean canBeOfTheMachine(Gate gate, List<Gate> all) {
        return isEvidence(gate)
                || isMessageWithGaps(gate)
                || isOfSoundOrTime(gate.id())
                || (isByReason(gate.id()) && reasonsAll(gate, LoadRule::isLate))
                || (gate.id().equals(CALLS_MADE) && all.stream().anyMatch(LoadRule::isFaultsOfSoundOrTime));
    }

    /** The gate of faults tells why a call was not made. */
    private static boolean isFaultsOfSoundOrTime(Gate gate) {
        return gate.id().equals(CALLS_WITHOUT_FAULT) && reasonsAll(gate, LoadRule::isLate);
    }

    /** A gate without a reason has an unknown one. */
    private static boolean reasonsAll(Gate gate, Predicate<String> test) {
        return !gate.note().isEmpty()
                && Arrays.stream(gate.note().split(", ", -1)).allMatch(test);
    }

    /**
     * Stable words of problems with audio or time: imperfect speech, a hold too short to judge,
     * timeouts, and what was refused because requests waited too long. Another voice is not late.
     */
    private static boolean isLate(String reason) {
        return reason.equals("hold-not-judged")
                || reason.startsWith("audio-not-verified")
                || (reason.startsWith("speech ") && !reason.endsWith("other-sound"))
                || reason.startsWith("stuck-")
                || reason.startsWith("timeout-")
                || reason.equals("server-error-503");
    }
}
