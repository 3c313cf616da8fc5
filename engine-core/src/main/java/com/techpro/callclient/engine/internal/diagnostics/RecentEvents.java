// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.diagnostics.CallInputs;
import com.techpro.callclient.engine.diagnostics.CallRecord;
import com.techpro.callclient.engine.diagnostics.FailureRecord;
import com.techpro.callclient.engine.diagnostics.NetworkChange;
import com.techpro.callclient.engine.diagnostics.RegistrationRecord;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of a report: the last few of each kind, each as ids, codes and figures only.
 * Belongs to the loop.
 */
public final class RecentEvents {
    /** Of each step of a call's history. */
    private static final int STEP_SECONDS = 10;

    final LastEntries<RegistrationRecord> registrations = new LastEntries<>();
    final LastEntries<CallRecord> calls = new LastEntries<>();
    final LastEntries<FailureRecord> failures = new LastEntries<>();
    final LastEntries<NetworkChange> networkChanges = new LastEntries<>();
    /** The traces of the last calls, by the call's id, the oldest first. */
    private final Map<String, Supplier<List<String>>> traces = new LinkedHashMap<>();

    private final Supplier<Instant> now;
    private final int tracedCalls;

    /** @param now the wall clock */
    RecentEvents(Supplier<Instant> now, int tracedCalls) {
        this.now = now;
        this.tracedCalls = tracedCalls;
    }

    List<CallInputs> callInputs() {
        List<CallInputs> inputs = new ArrayList<>();
        traces.forEach((id, lines) -> inputs.add(new CallInputs(id, lines.get())));
        return inputs;
    }

    private void keepTrace(CallSession call) {
        Supplier<List<String>> trace = call.trace();
        if (trace != null && traces.putIfAbsent(call.id(), trace) == null && traces.size() > tracedCalls) {
            Iterator<String> oldest = traces.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void failed(String of, String id, String code) {
        failures.add(new FailureRecord(now.get(), of, id, code));
    }

    void networkChanged(boolean connected, boolean another) {
        networkChanges.add(new NetworkChange(now.get(), connected, another));
    }

    public void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        Failure failure = after.failure();
        String code = failure == null ? null : failure.code();
        registrations.add(new RegistrationRecord(now.get(), accountSession.id(), after.state(), code, after.retryIn()));
        if (code != null) {
            failed("registration", accountSession.id(), code);
        }
    }

    public void changed(CallSession call, CallEvent event) {
        keepTrace(call);
        if (event instanceof CallEvent.Ended ended) {
            ended(ended.after(), ended.ending());
        } else if (event instanceof CallEvent.AudioInterrupted interrupted) {
            failed("media", interrupted.after().id(), interrupted.failure().code());
        }
    }

    private void ended(CallSnapshot call, CallEnding ending) {
        Instant answered = call.answered();
        Instant end = call.ended() == null ? now.get() : call.ended();
        CallQuality quality = call.quality();
        calls.add(new CallRecord(
                now.get(),
                call.id(),
                call.direction(),
                ending.code(),
                Duration.between(call.started(), answered == null ? end : answered),
                answered == null ? null : Duration.between(answered, end),
                call.encrypted(),
                quality == null ? null : quality.codec(),
                quality == null ? null : finite(quality.latest().mos()),
                quality == null ? null : finite(quality.latest().lossPercent()),
                quality == null ? List.of() : lowest(quality.history())));
        if (ending instanceof CallEnding.Failed || ending instanceof CallEnding.MediaTimeout) {
            failed("call", call.id(), ending.code());
        }
    }

    private static List<Double> lowest(List<QualitySample> history) {
        List<Double> lowest = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            double mos = Math.round(history.get(i).mos() * 100) / 100.0;
            if (i % STEP_SECONDS == 0) {
                lowest.add(mos);
            } else {
                int last = lowest.size() - 1;
                lowest.set(last, Math.min(lowest.get(last), mos));
            }
        }
        return lowest;
    }

    /** JSON cannot express NaN or infinity. */
    private static @Nullable Double finite(double figure) {
        return Double.isNaN(figure) || Double.isInfinite(figure) ? null : figure;
    }
}
