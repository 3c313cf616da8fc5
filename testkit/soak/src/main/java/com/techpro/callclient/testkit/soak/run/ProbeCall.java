// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An unjudged call that tests the phone system's capabilities. Owned by the soak's loop. */
final class ProbeCall implements CallInProgress {
    private final CallLeg caller;
    private final CallLeg callee;
    private final Loop loop;
    private final Consumer<ProbeCall> over;
    private @Nullable CallEnding ending;
    private boolean done;

    ProbeCall(CallLeg caller, CallLeg callee, Loop loop, Consumer<ProbeCall> over) {
        this.caller = caller;
        this.callee = callee;
        this.loop = loop;
        this.over = over;
    }

    Call start() {
        Call call = caller.extension.account().dial(callee.extension.number(), caller.options());
        caller.call = call;
        return call;
    }

    CallLeg caller() {
        return caller;
    }

    CallLeg callee() {
        return callee;
    }

    /** Its first ending; null while it has not ended. */
    @Nullable
    CallEnding ending() {
        return ending;
    }

    boolean talks() {
        return caller.talks() && callee.talks();
    }

    boolean isOver() {
        return done;
    }

    /** Returns the hold state that an end was notified of. */
    static HoldState holdOf(CallLeg leg) {
        CallSnapshot now = leg.latest;
        return now == null ? HoldState.NONE : now.hold();
    }

    void hold(CallLeg holder) {
        var unused = call(holder).hold();
    }

    void resume(CallLeg holder) {
        var unused = call(holder).resume();
    }

    void press(CallLeg presser, String key) {
        var unused = call(presser).sendDtmf(key);
    }

    void hangUp() {
        Stream.of(caller, callee).map(leg -> leg.call).filter(Objects::nonNull).forEach(Call::hangUp);
    }

    /** Frees its extensions even if its end is never reported. */
    void forget() {
        if (!done) {
            done = true;
            over.accept(this);
        }
    }

    @Override
    public boolean established() {
        return talks();
    }

    @Override
    public List<CallLeg> awaitingRing() {
        return callee.call == null ? List.of(callee) : List.of();
    }

    @Override
    public void rings(CallLeg leg, Call call) {
        callee.call = call;
        var unused = call.answer(callee.options());
    }

    @Override
    public void changed(Call call, CallEvent event) {
        CallLeg leg = caller.call != null && caller.call.id().equals(call.id()) ? caller : callee;
        leg.changed(event.after(), loop.now());
        if (event instanceof CallEvent.DtmfReceived key) {
            leg.keysHeard.append(key.tone());
        }
        if (event instanceof CallEvent.Ended ended && ending == null) {
            ending = ended.ending();
            hangUp();
        }
        if (gone(caller) && gone(callee)) {
            forget();
        }
    }

    @Override
    public void breakOff() {
        hangUp();
    }

    @Override
    public Map<Extension, List<LampState>> lampChanges() {
        return Map.of();
    }

    private static boolean gone(CallLeg leg) {
        CallSnapshot latest = leg.latest;
        return leg.call == null || (latest != null && latest.state() == CallState.ENDED);
    }

    private static Call call(CallLeg leg) {
        return Objects.requireNonNull(leg.call, "it talks");
    }
}
