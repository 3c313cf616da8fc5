// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a soak found. Extensions are known by index: there is no number, name, password or key in it (promise O2). Names carry
 * their units, for this is also the shape of report.json.
 *
 * @param green whether every gate is; one that was not reached is not
 * @param settings as given
 * @param machine on what it ran
 * @param load how much of what was asked for this machine was found to carry
 * @param phoneSystemLacks what a phone system that nobody here knows was found not to show, or not to let through; empty of one that is known
 * @param registrations by outcome
 * @param perCall the first of them, in the order in which they ended
 */
public record SoakReport(
        boolean green,
        boolean interrupted,
        String startedAt,
        double elapsedSeconds,
        Map<String, String> settings,
        Map<String, String> machine,
        Load load,
        List<String> phoneSystemLacks,
        AppUsers appUsers,
        Logins logins,
        Registrations registrations,
        WarmUp warmUp,
        Calls calls,
        Audio audio,
        Holds holds,
        Keys keys,
        Features features,
        Media media,
        List<MediaFigures> byMedia,
        Cpu cpu,
        List<Gate> gates,
        List<Sample> series,
        List<BadCall> badCalls,
        List<CallSummary> perCall) {
    /** The exit code of a run that was not judged. */
    public static final int NOT_JUDGED = 3;

    /** An estimated MOS in words: {@code none} where nothing was judged. */
    static String mos(double estimate) {
        return Double.isNaN(estimate) ? "none" : String.format(Locale.ROOT, "%.2f", estimate);
    }

    /** How many gates ended so. */
    long count(Gate.Verdict verdict) {
        return gates.stream().filter(gate -> gate.verdict() == verdict).count();
    }

    /** The gate that says why nobody is registered, in place of all that was not tried then; empty if somebody is. */
    Optional<Gate> nobodyRegistered() {
        return registrations.registered() > 0 || calls.attempted() > 0 || logins.attempted() > 0
                ? Optional.empty()
                : gates.stream()
                        .filter(gate -> gate.id().equals("registrations")
                                && gate.verdict() == Gate.Verdict.RED
                                && !gate.note().isEmpty())
                        .findFirst();
    }

    /** All of it in one word. */
    String verdict() {
        return green ? "GREEN" : count(Gate.Verdict.RED) > 0 ? "RED" : "NOT JUDGED";
    }

    /** That word, and why. */
    String verdictInWords() {
        long open = count(Gate.Verdict.NOT_JUDGED);
        String notReached = (open == 0 ? "" : " " + open + " of them were not judged.")
                + (interrupted ? " Interrupted: what was not finished was not judged." : "")
                + (phoneSystemLacks.isEmpty()
                        ? ""
                        : " Not asked of this phone system, as it does not have it: "
                                + String.join("; ", phoneSystemLacks) + ".");
        String machineFailed =
                load.notCarried().isEmpty() ? "" : "this machine does not carry the load: " + load.notCarried() + ".";
        return switch (verdict()) {
            case "GREEN" -> "Each of the " + gates.size() + " gates holds." + load.fewer() + notReached;
            case "RED" ->
                nobodyRegistered().map(gate -> gate.note() + ". ").orElse("")
                        + count(Gate.Verdict.RED) + " of " + gates.size() + " gates do not hold."
                        + (machineFailed.isEmpty()
                                ? load.fewer()
                                : " What sound and time make red is not among them, as " + machineFailed)
                        + notReached;
            default ->
                (machineFailed.isEmpty() ? "" : machineFailed + " ") + "No gate is red." + load.fewer() + notReached;
        };
    }

    /** For a program that runs it: 0 is green, 1 is red or interrupted, 3 is not judged, as the machine or the phone system cannot do what a verdict takes. */
    public int exitCode() {
        if (green) {
            return 0;
        }
        return interrupted || count(Gate.Verdict.RED) > 0 ? 1 : NOT_JUDGED;
    }

    /**
     * What this machine was found to carry, before anything was asked of it.
     *
     * @param callsAsked at once
     * @param callsCarried as many as were made at once, at most
     * @param makeMillis of one processor, for a second of a call
     * @param freeProcessors that other programs left
     * @param why on what the number of calls rests
     * @param notCarried why it did not carry what it was found to; empty if it did
     */
    public record Load(
            int callsAsked,
            int callsCarried,
            double makeMillis,
            double protectMillis,
            double judgeMillis,
            double freeProcessors,
            String why,
            String notCarried) {
        /** That it was less than was asked for, and why; empty if it was not. */
        String fewer() {
            return callsCarried >= callsAsked || !notCarried.isEmpty()
                    ? ""
                    : " Calls at once: " + callsCarried + " in place of " + callsAsked + ", as " + why + ".";
        }
    }

    /**
     * Users who had an app of their own.
     *
     * @param vaultBy what opened their vaults
     * @param seconds that their days took
     * @param countByClaim of how many each thing was so that must be so of all
     * @param messageMillis from the end of a call that left a message until the user was told of it
     */
    public record AppUsers(
            int users, String vaultBy, double seconds, Map<String, Integer> countByClaim, Spread messageMillis) {}

    /** By e-mail and password, over HTTPS; none where the phone system's users are known by their SIP passwords. */
    public record Logins(long attempted, long loggedIn, Map<String, Long> refusedByReason, Spread millis) {}

    public record Registrations(int attempted, int registered, Map<String, Long> failedByReason, Spread millis) {}

    /** @param failedByReason also calls that were connected and then went wrong */
    public record Calls(
            long attempted,
            long connected,
            long faultless,
            Map<String, Long> failedByReason,
            Spread setUpMillis,
            double callSeconds,
            int mostAtOnce) {}

    /**
     * Each connected call has two directions.
     *
     * @param excusedPercent missing too, but while the machine held up the soak's own sound cards; mean
     */
    public record Audio(
            long directions,
            long verified,
            Map<String, Long> byOutcome,
            double comparedSeconds,
            double meanGapPercent,
            double worstGapPercent,
            double excusedPercent,
            double meanSpectralDistanceDb,
            double worstSpectralDistanceDb,
            Spread oneWayDelayMillis,
            long stretches) {}

    /** Each call that was put on hold has two directions in which nothing was to be heard. */
    public record Holds(long directions, long silent, Map<String, Long> byOutcome) {}

    /** What users did besides calling each other. */
    public record Features(List<FeatureFigures> withThird, Lamps lamps, Texts texts) {
        public static final Features NONE =
                new Features(List.of(), new Lamps(0, 0, 0), new Texts(0, 0, 0, 0, Map.of()));
    }

    /**
     * Transfers of a kind, or pickups.
     *
     * @param directions in which something was to be heard after it; two each
     * @param failuresByReason also directions in which it was not heard
     */
    public record FeatureFigures(
            String feature,
            long tried,
            long done,
            long directions,
            long verified,
            Map<String, Long> failuresByReason) {}

    /**
     * Changes of busy lamps.
     *
     * @param right those that were shown, in order
     * @param wrong others that were shown
     */
    public record Lamps(long due, long right, long wrong) {}

    /**
     * Text messages.
     *
     * @param arrived unchanged and in order
     * @param wrong arrived otherwise, or again
     * @param delivered of which their sender was told that they have
     */
    public record Texts(long sent, long arrived, long wrong, long delivered, Map<String, Long> failuresByReason) {}

    /** DTMF. */
    public record Keys(long pressed, long arrived) {}

    /**
     * What the engine's own figures say.
     *
     * @param worstMos not a number if no end was judged
     * @param machineStalls how often another program, or the hypervisor, is proven to have held up the soak's own sound cards or a thread that carries sound
     * @param ownStalls how often this process did that itself: its loops, its collections, its threads in each other's way; nothing is excused by it
     */
    public record Media(
            long packetsSent,
            long packetsReceived,
            long packetsLate,
            long packetsLost,
            long framesConcealed,
            long framesLate,
            double worstMos,
            double latestAudioTickMillis,
            long machineStalls,
            long ownStalls,
            double longestOwnStallMillis) {}

    /**
     * What the ends of calls were like that spoke one codec, had their keys from one place, or looked for one way.
     *
     * @param by which of these: {@code codec}, {@code keys}, {@code way}
     * @param what the one that they spoke, had, or looked for
     * @param verified ends at which all that was said was heard
     * @param guessedPercent of the speech, mean, of which something like it was heard
     * @param worstMos not a number if none of them was judged
     * @param setUpMillis of the calls whose callers they were
     */
    public record MediaFigures(
            String by,
            String what,
            long ends,
            long verified,
            double meanGapPercent,
            double guessedPercent,
            double mostGuessedPercent,
            double meanSpectralDistanceDb,
            double worstMos,
            Spread oneWayDelayMillis,
            Spread setUpMillis) {}

    /**
     * Calls before those that count.
     *
     * @param compilerPercent of one processor that the JVM's compiler used in the last round of them
     */
    public record WarmUp(double seconds, int calls, double compilerPercent) {
        public static final WarmUp NONE = new WarmUp(0, 0, 0);
    }

    /**
     * The process's time during the calls.
     *
     * @param waitedSeconds how long its threads were ready to run but other programs had the processors
     * @param compilingSeconds what the JVM's compiler used; it may have waited for a processor too
     * @param secondsByThread what the Java threads used of it
     */
    public record Cpu(
            double processSeconds,
            double millisPerCallSecond,
            double waitedSeconds,
            double compilingSeconds,
            Map<String, Double> secondsByThread) {}

    /** A distribution. */
    public record Spread(long count, double median, double p99, double most) {}

    /**
     * One moment.
     *
     * @param cpuPercent of one processor, by this process
     * @param machineCpuPercent of all processors, by everybody; negative if unknown
     */
    public record Sample(
            double second,
            int activeCalls,
            long finishedCalls,
            long failedCalls,
            double heapMb,
            int threads,
            double cpuPercent,
            double machineCpuPercent) {}

    /**
     * One call; a figure that it has not is not a number.
     *
     * @param outcome {@code faultless}, or the stable word for what was wrong
     * @param codec that its ends spoke; both if they differ
     * @param worstGapPercent of its two directions
     * @param oneWayDelayMillis the longer one of the directions in which speech was verified
     * @param worstMos of its two ends
     */
    public record CallSummary(
            int call,
            int caller,
            int callee,
            String outcome,
            String codec,
            double setUpMillis,
            double talkedSeconds,
            double worstGapPercent,
            double oneWayDelayMillis,
            double worstMos) {}

    /**
     * A call that was not as it should be.
     *
     * @param detail what each ear heard, and where it missed something
     * @param trace the folder beside the report with its ladder and its capture; empty if there is none
     */
    public record BadCall(
            int call,
            int caller,
            int callee,
            String problem,
            double gapPercent,
            double spectralDistanceDb,
            String detail,
            String trace) {
        /** The same with the folder of its ladder. */
        public BadCall withTrace(String folder) {
            return new BadCall(call, caller, callee, problem, gapPercent, spectralDistanceDb, detail, folder);
        }
    }
}
