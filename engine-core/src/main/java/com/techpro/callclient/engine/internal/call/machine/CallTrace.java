// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The inputs of one call from its beginning, each with the phase and the effects that it led to.
 * They can be fed to the {@link CallMachine} again. Names, numbers, addresses and keys are replaced
 * by placeholders. Belongs to the loop.
 *
 * <p>The first line has the direction and the first phase. Each further line has, between tabs: the
 * time in seconds, the chance, the input, the phase, the effects.
 */
public final class CallTrace {
    /** More than a call of an hour needs. */
    static final int MOST_LINES = 500;

    private final LongSupplier nanoTime;
    private final long began;
    private final TraceRedaction redaction = new TraceRedaction();
    private final List<String> lines = new ArrayList<>();
    private int dropped;

    public CallTrace(CallDirection direction, CallPhase first, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        lines.add(direction + "\t" + CallInputText.first(first, redaction));
    }

    public void step(CallInput input, double chance, CallMachine.Step step) {
        if (lines.size() >= MOST_LINES) {
            dropped++;
        } else {
            lines.add(String.format(Locale.ROOT, "%.3f\t", (nanoTime.getAsLong() - began) / 1e9) + chance + "\t"
                    + CallInputText.of(input, redaction) + "\t" + phase(step.phase()) + "\t"
                    + effects(step.effects(), redaction::tag));
        }
    }

    /** Returns the lines so far, the oldest first. */
    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (dropped > 0) {
            all.add("and " + dropped + " more");
        }
        return all;
    }

    /** Returns the phase in short, and what a user sees of it until the call ends. */
    static String phase(CallPhase phase) {
        return phase instanceof Terminated
                ? name(phase)
                : name(phase) + " " + phase.state() + (phase.hold() == HoldState.NONE ? "" : " hold " + phase.hold());
    }

    /** Returns the phase in short: an ended call by its ending and by what is still owed. */
    static String name(CallPhase phase) {
        if (phase instanceof Terminated over) {
            return over.ending().code() + (over.linger() == Linger.NOTHING ? "" : " " + over.linger());
        }
        String name = phase.getClass().getSimpleName();
        return phase instanceof Confirmed talking
                ? name + " " + talking.exchange().getClass().getSimpleName()
                : name;
    }

    static String effects(List<CallEffect> effects, UnaryOperator<String> tags) {
        return effects.stream().map(effect -> effect(effect, tags)).collect(Collectors.joining(", "));
    }

    private static String effect(CallEffect effect, UnaryOperator<String> tags) {
        String name = effect.getClass().getSimpleName();
        if (effect instanceof CallEffect.Respond respond) {
            return name + " " + request(respond.to()) + " " + respond.status()
                    + (respond.description() == null ? "" : "+sdp")
                    + (respond.retryAfter() < 0 ? "" : " later");
        }
        if (effect instanceof CallEffect.Ring180 ring) {
            return name + " " + request(ring.to());
        }
        if (effect instanceof CallEffect.DecideTransfer decide) {
            return name + " " + request(decide.to());
        }
        if (effect instanceof CallEffect.AddCandidates add) {
            return name + " " + request(add.to());
        }
        if (effect instanceof CallEffect.Report report) {
            return name + " " + report.what().getClass().getSimpleName();
        }
        if (effect instanceof CallEffect.Acknowledge acknowledge) {
            return name + " " + tags.apply(acknowledge.to().remoteTag());
        }
        if (effect instanceof CallEffect.Discard discard) {
            return name + " " + tags.apply(discard.to().remoteTag());
        }
        return effect instanceof CallEffect.StartGlareBackoff backoff
                ? name + " " + backoff.length().toMillis()
                : name;
    }

    private static String request(RequestId id) {
        return id.method() + " " + id.number();
    }
}
