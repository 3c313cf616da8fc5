// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import java.util.Locale;

/**
 * How many calls at once a machine carries, of those that were asked for.
 *
 * @param asked at once
 * @param carried at once, as far as can be told beforehand; never more than were asked for
 * @param free processors that other programs leave
 */
public record CallLoad(int asked, int carried, SpeechCost cost, double free, int processors) {
    /** Fewer, and there is no call with a third, nor a conference, that could be judged; unless fewer are asked for. */
    public static final int LEAST = 3;

    /** So many times what {@link SpeechCost} measures a second of a call costs: codecs, sockets, signalling, two ends and a phone system between them. */
    static final double WHOLE = 2;

    /** What calls may use of it. Speech that is due every 20 ms finds no processor in time on a machine that is full. */
    static final double USABLE = 0.6;

    public static CallLoad of(int asked, SpeechCost cost, double free, int processors) {
        double each = WHOLE * cost.millis() / 1000;
        double most = each <= 0 ? asked : USABLE * free / each;
        return new CallLoad(asked, (int) Math.min(asked, Math.floor(most)), cost, free, processors);
    }

    /** As many as somebody says, whatever the machine is; nothing was measured. */
    public static CallLoad said(int asked, int calls, int processors) {
        return new CallLoad(asked, Math.min(asked, calls), new SpeechCost(0, 0, 0), processors, processors);
    }

    /** The same with so many processors free. */
    CallLoad withFree(double processorsFree) {
        return cost.millis() == 0 ? this : of(asked, cost, processorsFree, processors);
    }

    /** Whether enough calls for a verdict are carried. */
    public boolean isEnough() {
        return carried >= least();
    }

    /** Enough for a verdict; of a machine that was not measured one. */
    public int least() {
        return cost.millis() == 0 ? 1 : Math.min(asked, LEAST);
    }

    /** As large a part of something as can be carried. */
    public double share() {
        return (double) carried / asked;
    }

    /** Green or not judged: a machine is no fault of the program. */
    public Gate gate() {
        double least = 100.0 * least() / asked;
        Gate gate = Gate.of(
                        "calls-carried",
                        "calls at once that this machine carries",
                        carried + " of " + asked + " asked for",
                        "at least " + least(),
                        isEnough(),
                        carried < asked ? why() : "")
                .measuredAs(new Figure(100 * share(), least, "%", Figure.Bound.AT_LEAST));
        return isEnough() ? gate : gate.notJudged(why());
    }

    /**
     * For a report.
     *
     * @param stalled why the machine did not carry the load in the end; empty if it did
     */
    public SoakReport.Load report(String stalled) {
        String tooSlow = isEnough()
                ? stalled
                : "it carries " + carried + " calls at once, and a verdict takes " + least() + ": " + why();
        return new SoakReport.Load(
                asked, carried, cost.makeMillis(), cost.protectMillis(), cost.judgeMillis(), free, why(), tooSlow);
    }

    /** On what the choice rests. */
    public String why() {
        if (cost.millis() == 0) {
            return "so it was said, and nothing was measured";
        }
        return String.format(
                Locale.ROOT,
                "a second of a call takes %.1f ms here to make, encrypt and judge, and %.1f of %d processors are free",
                cost.millis(),
                free,
                processors);
    }
}
