// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of one test call: what events say of their calls, and which of these ended otherwise
 * than expected. Owned by the loop.
 */
public final class CallEnds {
    private final ScriptContext context;
    private final Loop loop;
    private final AudioClock clock;
    private final Consumer<Call> begun;
    private final List<CallLeg> ends = new ArrayList<>();
    private final Map<CallLeg, Class<? extends CallEnding>> expected = new HashMap<>();
    private @Nullable Broken broken;
    private boolean givenUp;
    private @Nullable TransferOutcome transfer;

    /**
     * Why the script cannot go on.
     *
     * @param end whose call ended; null if it was something else
     */
    record Broken(@Nullable CallLeg end, String code, String message) {}

    /**
     * Prepares a call.
     *
     * @param context of the script that waits for events
     * @param begun receives each call whose events belong here
     */
    public CallEnds(ScriptContext context, Loop loop, AudioClock clock, Consumer<Call> begun) {
        this.context = context;
        this.loop = loop;
        this.clock = clock;
        this.begun = begun;
    }

    /** Adds an end, before the script begins. */
    public CallLeg add(CallLeg end) {
        ends.add(end);
        return end;
    }

    CallLeg continued(CallLeg end) {
        CallLeg next = end.continued();
        ends.set(ends.indexOf(end), next);
        next.audio().forget();
        return next;
    }

    /** Returns the changes of all ends' calls, for a ladder. */
    public List<StateMark> states() {
        return ends.stream().flatMap(end -> end.states().stream()).distinct().toList();
    }

    /** Returns the ids of all ends' calls within the client. */
    public List<String> ids() {
        return ends.stream()
                .map(CallLeg::id)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    boolean areGone() {
        return ends.stream().allMatch(CallLeg::isGone);
    }

    // Events

    /** An end's call exists: dialled, picked up, ringing, or the next after a transfer. */
    public void begin(CallLeg end, Call call) {
        end.begin(call);
        begun.accept(call);
        context.look();
    }

    public void changed(Call call, CallEvent event) {
        for (CallLeg end : List.copyOf(ends)) {
            if (end.hasCall(call)) {
                changed(end, call, event);
            }
        }
        context.look();
    }

    private void changed(CallLeg end, Call call, CallEvent event) {
        end.changed(event.after(), loop.now(), loop.nanoTime());
        if (event instanceof CallEvent.DtmfReceived key) {
            end.hears(key.tone());
        } else if (event instanceof CallEvent.Ended ended) {
            ended(end, ended.ending());
        } else if (event instanceof CallEvent.TransferRequested) {
            var unused = call.acceptTransfer();
        } else if (event instanceof CallEvent.TransferFollowed followed) {
            begin(end, followed.next());
        }
    }

    private void ended(CallLeg end, CallEnding ending) {
        fallSilent();
        Class<? extends CallEnding> wanted = expected.get(end);
        if (broken == null && !givenUp && (wanted == null || !wanted.isInstance(ending))) {
            String advice = ending instanceof CallEnding.Failed failed
                    ? failed.failure().advice()
                    : "";
            broken = new Broken(end, end.name() + ending.code(), advice);
        }
    }

    void transferred(TransferOutcome outcome) {
        transfer = outcome;
        if (outcome instanceof TransferOutcome.Failed failed) {
            broken = new Broken(null, failed.failure().code(), failed.failure().advice());
        } else if (outcome instanceof TransferOutcome.Refused refused) {
            broken = new Broken(null, "transfer-refused", refused.reason().name());
        }
        context.look();
    }

    /** Something changed that the script may wait for. */
    public void look() {
        context.look();
    }

    /** Ends the script at its present step. */
    void stop(String code) {
        broken = new Broken(null, code, "the run was stopped");
        context.look();
    }

    @Nullable
    Broken broken() {
        return broken;
    }

    boolean isBroken() {
        return broken != null;
    }

    /** Returns what the transferor was told; null before. */
    @Nullable
    TransferOutcome transfer() {
        return transfer;
    }

    // What the script expects

    void expect(CallLeg end, Class<? extends CallEnding> ending) {
        expected.put(end, ending);
    }

    /** This end is done with its call, even if the other hangs up first. */
    void expectAnyEnd(CallLeg end) {
        expected.put(end, CallEnding.class);
        broken = null;
    }

    void expectTransfer(CallLeg from) {
        transfer = null;
        expected.put(from, CallEnding.Transferred.class);
    }

    void fallSilent() {
        ends.forEach(end -> end.nothingDue(clock));
    }

    /** Hangs up every call, whatever comes of it. */
    void giveUp() {
        givenUp = true;
        broken = null;
        fallSilent();
        ends.stream().filter(CallLeg::hasCall).forEach(end -> end.call().hangUp());
    }
}
