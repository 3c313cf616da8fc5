// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import java.util.Locale;

/**
 * How many of the requested simultaneous calls this machine carries.
 *
 * @param asked requested calls at once
 * @param carried calls at once as far as can be predicted; at most those requested
 * @param free processors that other programs leave
 */
public record CallLoad(int asked, int carried, SpeechCost cost, double free, int processors) {
    /**
     * With fewer calls, none with a third user nor a conference could be judged, unless fewer were
     * requested.
     */
    public static final int LEAST = 3;

    /** A call takes this many times what its sound was measured to take. */
    static final double SOUND = 2;

    /**
     * A call takes this many times what its packets were measured to take: sockets are asked more
     * often than packets come, and there are playout, sound cards, signalling and a phone system.
     */
    static final double PACKETS = 20;

    /**
     * The share of the machine for calls. Speech due every 20 ms gets no processor in time on a
     * fully loaded machine.
     */
    static final double USABLE = 0.6;

    /** More than this is too much for calls in progress, which were chosen by a measurement. */
    static final double MOST = 0.75;

    public static CallLoad of(int asked, SpeechCost cost, double free, int processors) {
        double each = each(cost);
        double most = each <= 0 ? asked : USABLE * free / each;
        return new CallLoad(asked, (int) Math.min(asked, Math.floor(most)), cost, free, processors);
    }

    /** Returns the given number of calls, without any measurement. */
    public static CallLoad said(int asked, int calls, int processors) {
        return new CallLoad(asked, Math.min(asked, calls), new SpeechCost(0, 0, 0, 0), processors, processors);
    }

    /** Returns how many processors a call takes. */
    private static double each(SpeechCost cost) {
        double sound = cost.millis() - cost.sendMillis();
        return (SOUND * sound + PACKETS * cost.sendMillis()) / 1000;
    }

    /** Whether so many calls are too much for so many processors. */
    boolean isTooMuch(int calls, double processorsFree) {
        return Math.min(calls, asked) * each(cost) > MOST * processorsFree;
    }

    /** Whether enough calls for a verdict are carried. */
    public boolean isEnough() {
        return carried >= least();
    }

    /** Returns the number of calls for a verdict; one for a machine that was not measured. */
    public int least() {
        return cost.millis() == 0 ? 1 : Math.min(asked, LEAST);
    }

    /** Returns the share of the load that can be carried. */
    public double share() {
        return (double) carried / asked;
    }

    /** Returns a gate that is green or not judged: a slow machine is no fault of the program. */
    public Gate gate() {
        double least = 100.0 * least() / asked;
        Gate gate = Gate.of(
                        "calls-carried",
                        "calls at once that this machine can carry",
                        carried + " of " + asked + " requested",
                        "at least " + least(),
                        isEnough(),
                        carried < asked ? why() : "")
                .measuredAs(new Figure(100 * share(), least, "%", Figure.Bound.AT_LEAST));
        return isEnough() ? gate : gate.notJudged(why());
    }

    /**
     * Returns the figures for a report.
     *
     * @param stalled why the machine did not carry the load after all; empty if it did
     */
    public SoakReport.Load report(String stalled) {
        String tooSlow = isEnough()
                ? stalled
                : "it carries " + carried + " calls at once, and a verdict needs " + least() + ": " + why();
        return new SoakReport.Load(
                asked,
                carried,
                cost.makeMillis(),
                cost.protectMillis(),
                cost.sendMillis(),
                cost.judgeMillis(),
                free,
                why(),
                tooSlow);
    }

    /** Explains the chosen number. */
    public String why() {
        if (cost.millis() == 0) {
            return "the number was given, not measured";
        }
        return String.format(
                Locale.ROOT,
                "a second of a call takes %.1f ms here to make, encrypt, send and judge, and %.1f of %d processors are free",
                cost.millis(),
                free,
                processors);
    }
}
