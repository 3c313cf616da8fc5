// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.driver.CallInProgress;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.script.Capabilities.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An unjudged call that tests the phone system's capabilities. A step that fails is a missing
 * capability. Owned by the soak's loop.
 */
public final class ProbeCall extends ScriptedCall {
    /**
     * Changes that take longer count as absent. No network that is usable for calls takes so long.
     */
    private static final Duration SHOWN = Duration.ofSeconds(5);
    /** The time for actions of the phone system directly after an answer. */
    private static final Duration SETTLES = Duration.ofSeconds(1);

    private final boolean holdsAndKeys;
    private final CallLeg caller;
    private final CallLeg callee;
    private final Consumer<ProbeCall> over;
    private Capabilities found = Capabilities.ALL;
    private @Nullable EndMedia spoken;
    private @Nullable CallEnding ending;

    private interface Step {
        void take() throws StepFailedException;
    }

    /**
     * Prepares the call.
     *
     * @param holdsAndKeys whether both ends hold and press a key
     * @param begun receives each call that belongs here
     */
    ProbeCall(
            boolean holdsAndKeys,
            CallLeg caller,
            CallLeg callee,
            Loop loop,
            AudioClock clock,
            BiConsumer<Call, CallInProgress> begun,
            Consumer<ProbeCall> over) {
        super(loop, clock, begun);
        this.holdsAndKeys = holdsAndKeys;
        this.caller = driver.add(caller);
        this.callee = driver.add(callee);
        this.over = over;
    }

    @Override
    public void script() throws StepFailedException {
        mayRing(callee);
        driver.dial(caller, callee.number());
        driver.answer("dialling", callee, Duration.ZERO);
        driver.awaitTalking("dialling", caller, callee);
        driver.last("talking", SETTLES);
        spoken = caller.media();
        if (holdsAndKeys) {
            found = new Capabilities(
                    hold(caller, callee),
                    hold(callee, caller),
                    isHeard(caller, callee) && isHeard(callee, caller),
                    Map.of(),
                    Map.of(),
                    null);
        }
        driver.hangUp(caller, callee);
    }

    private Hold hold(CallLeg holder, CallLeg other) {
        if (!succeeds(() -> driver.hold(holder, null, HoldState.REMOTE))) {
            return Hold.REFUSED;
        }
        boolean told = succeeds(() -> driver.await("holding", SHOWN, () -> other.hold() == HoldState.REMOTE));
        boolean unused = succeeds(() -> driver.resume(holder, other));
        return told ? Hold.TOLD : Hold.UNTOLD;
    }

    private boolean isHeard(CallLeg presser, CallLeg ear) {
        driver.press(presser, "5");
        return succeeds(
                () -> driver.await("pressing", SHOWN, () -> ear.keysHeard().contains("5")));
    }

    private static boolean succeeds(Step step) {
        try {
            step.take();
            return true;
        } catch (StepFailedException e) {
            return false;
        }
    }

    public CallLeg caller() {
        return caller;
    }

    public CallLeg callee() {
        return callee;
    }

    /** Returns what the caller talked by; null if the two never talked. */
    @Nullable
    public EndMedia spoken() {
        return spoken;
    }

    /** Returns the effects of holds and keys, if it had any. */
    public Capabilities found() {
        return found;
    }

    /** Its first ending; null while it has not ended. */
    @Nullable
    public CallEnding ending() {
        return ending;
    }

    @Override
    public void failed(String why) {}

    @Override
    public void ended() {
        over.accept(this);
    }

    @Override
    public void changed(Call call, CallEvent event) {
        if (event instanceof CallEvent.Ended ended && ending == null) {
            ending = ended.ending();
        }
        super.changed(call, event);
    }

    @Override
    public boolean established() {
        return caller.talks() && callee.talks();
    }

    @Override
    public Map<Extension, List<LampState>> lampChanges() {
        return Map.of();
    }
}
