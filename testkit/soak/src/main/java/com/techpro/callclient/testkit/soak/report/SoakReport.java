// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All results of a soak. Extensions are identified by index: it contains no number, name, password
 * or key (promise O2). Names carry their units, because this is also the structure of report.json.
 *
 * @param green whether every gate is green; one that was not reached is not. See {@link #verdict}
 * @param settings as given
 * @param machine the machine of the run
 * @param load how much of the requested load this machine was found to carry
 * @param phoneSystemLacks what an unknown phone system was found not to support; empty for a known
 *     one
 * @param registrations by outcome
 * @param perCall the first calls, in the order in which they ended
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

    /** Formats an estimated MOS; {@code none} if nothing was judged. */
    static String mos(double estimate) {
        return Double.isNaN(estimate) ? "none" : String.format(Locale.ROOT, "%.2f", estimate);
    }

    /** Returns how many gates have this verdict. */
    long count(Gate.Verdict verdict) {
        return gates.stream().filter(gate -> gate.verdict() == verdict).count();
    }

    /**
     * Returns the gate that explains why nobody is registered, which replaces all untested ones;
     * empty if somebody is.
     */
    Optional<Gate> nobodyRegistered() {
        return registrations.registered() > 0 || calls.attempted() > 0 || logins.attempted() > 0
                ? Optional.empty()
                : gates.stream()
                        .filter(gate -> gate.id().equals("registrations")
                                && gate.verdict() == Gate.Verdict.RED
                                && !gate.note().isEmpty())
                        .findFirst();
    }

    /** The verdict on the whole run, the same in every format. */
    public enum Verdict {
        GREEN("GREEN", "good"),
        RED("RED", "bad"),
        /** No gate is red, and not every one was judged. */
        NOT_JUDGED("NOT JUDGED", "open");

        private final String words;
        private final String style;

        Verdict(String words, String style) {
            this.words = words;
            this.style = style;
        }

        String words() {
            return words;
        }

        /** Returns the class of its colour in HTML. */
        String style() {
            return style;
        }
    }

    public Verdict verdict() {
        return green ? Verdict.GREEN : count(Gate.Verdict.RED) > 0 ? Verdict.RED : Verdict.NOT_JUDGED;
    }

    /** Returns that word with the reason. */
    String verdictInWords() {
        long open = count(Gate.Verdict.NOT_JUDGED);
        String notReached = (open == 0 ? "" : " " + open + " of them were not judged.")
                + (interrupted ? " Interrupted: unfinished parts were not judged." : "")
                + (phoneSystemLacks.isEmpty()
                        ? ""
                        : " Not tested, as this phone system does not support it: "
                                + String.join("; ", phoneSystemLacks) + ".");
        String machineFailed =
                load.notCarried().isEmpty() ? "" : "this machine cannot carry the load: " + load.notCarried() + ".";
        return switch (verdict()) {
            case GREEN -> "All " + gates.size() + " gates hold." + load.fewer() + notReached;
            case RED ->
                nobodyRegistered().map(gate -> gate.note() + ". ").orElse("")
                        + count(Gate.Verdict.RED) + " of " + gates.size() + " gates do not hold."
                        + (machineFailed.isEmpty()
                                ? load.fewer()
                                : " Gates on sound and time are not among them, as " + machineFailed)
                        + notReached;
            case NOT_JUDGED ->
                (machineFailed.isEmpty() ? "" : machineFailed + " ") + "No gate is red." + load.fewer() + notReached;
        };
    }

    /**
     * Returns the exit code: 0 is green, 1 is red or interrupted, 3 is not judged because the
     * machine or the phone system cannot do enough for a verdict.
     */
    public int exitCode() {
        if (green) {
            return 0;
        }
        return interrupted || count(Gate.Verdict.RED) > 0 ? 1 : NOT_JUDGED;
    }

    /**
     * The load that this machine was found to carry before the run.
     *
     * @param callsAsked requested calls at once
     * @param callsCarried the limit of calls at once in the run
     * @param makeMillis of one processor, for a second of a call
     * @param freeProcessors that other programs left
     * @param why the basis of the number of calls
     * @param notCarried why it did not carry this load after all; empty if it did
     */
    public record Load(
            int callsAsked,
            int callsCarried,
            double makeMillis,
            double protectMillis,
            double sendMillis,
            double judgeMillis,
            double freeProcessors,
            String why,
            String notCarried) {
        /** Returns that it was less than requested, with the reason; empty if it was not. */
        String fewer() {
            return callsCarried >= callsAsked || !notCarried.isEmpty()
                    ? ""
                    : " Calls at once: " + callsCarried + " instead of " + callsAsked + ": " + why + ".";
        }
    }

    /**
     * Users with an app of their own.
     *
     * @param vaultBy what opened their vaults
     * @param seconds how long their days took
     * @param countByClaim for how many users each claim held that must hold for all
     * @param messageMillis from the end of a call that left a message until the user was notified
     */
    public record AppUsers(
            int users, String vaultBy, double seconds, Map<String, Integer> countByClaim, Spread messageMillis) {}

    /**
     * Logins by e-mail and password over HTTPS; none if the phone system's users have SIP passwords
     * only.
     */
    public record Logins(long attempted, long loggedIn, Map<String, Long> refusedByReason, Spread millis) {}

    public record Registrations(int attempted, int registered, Map<String, Long> failedByReason, Spread millis) {}

    /** @param failedByReason includes calls that failed after they were connected */
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
     * @param excusedPercent missing too, but while the machine held up the soak's own sound cards;
     *     mean
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

    /** Each held call has two directions in which nothing was to be heard. */
    public record Holds(long directions, long silent, Map<String, Long> byOutcome) {}

    /** Features that users used besides calls. */
    public record Features(List<FeatureFigures> withThird, Lamps lamps, Texts texts) {
        public static final Features NONE =
                new Features(List.of(), new Lamps(0, 0, 0), new Texts(0, 0, 0, 0, Map.of()));
    }

    /**
     * Transfers of one kind, or pickups.
     *
     * @param directions in which something was to be heard afterwards; two each
     * @param failuresByReason includes directions in which it was not heard
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
     * @param right those shown in order
     * @param wrong other shown changes
     */
    public record Lamps(long due, long right, long wrong) {}

    /**
     * Text messages.
     *
     * @param arrived unchanged and in order
     * @param wrong arrived otherwise, or again
     * @param delivered reported to their sender as delivered
     */
    public record Texts(long sent, long arrived, long wrong, long delivered, Map<String, Long> failuresByReason) {}

    /** DTMF. */
    public record Keys(long pressed, long arrived) {}

    /**
     * The engine's own figures.
     *
     * @param worstMos NaN if no end was judged
     * @param machineStalls how often another program, or the hypervisor, is proven to have held up
     *     the soak's own sound cards or an audio thread
     * @param ownStalls how often this process caused that itself by its loops, collections or
     *     contention; this excuses nothing
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
     * The quality of call ends that shared a codec, a kind of keys, or a media path.
     *
     * @param by which of these: {@code codec}, {@code keys}, {@code way}
     * @param what the shared value
     * @param verified ends at which all speech was heard
     * @param guessedPercent the mean share of speech of which only something similar was heard
     * @param worstMos NaN if none of them was judged
     * @param setUpMillis of the calls that these ends dialled
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
     * @param compilerPercent of one processor that the JVM's compiler used in the last round of
     *     them
     */
    public record WarmUp(double seconds, int calls, double compilerPercent) {
        public static final WarmUp NONE = new WarmUp(0, 0, 0);
    }

    /**
     * The process's CPU time during the calls.
     *
     * @param waitedSeconds how long its threads were runnable while other programs had the
     *     processors
     * @param compilingSeconds time of the JVM's compiler, which may include waiting for a processor
     * @param secondsByThread the part used by Java threads
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
     * One call; a missing figure is NaN.
     *
     * @param outcome {@code faultless}, or the stable word for its fault
     * @param codec of its ends; both if they differ
     * @param worstGapPercent of its two directions
     * @param oneWayDelayMillis the longer delay of its verified directions
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
     * A call with a fault.
     *
     * @param detail what was heard at each end, and where something was missing
     * @param trace the folder beside the report with its ladder and its capture; empty if there is
     *     none
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
        /** Returns a copy with this trace folder. */
        public BadCall withTrace(String folder) {
            return new BadCall(call, caller, callee, problem, gapPercent, spectralDistanceDb, detail, folder);
        }
    }
}
