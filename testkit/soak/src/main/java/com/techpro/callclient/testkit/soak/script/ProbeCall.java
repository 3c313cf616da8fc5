// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.script.Capabilities.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
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
    private Capabilities found = Capabilities.ALL;
    private @Nullable EndMedia spoken;

    private interface Step {
        void take() throws StepFailedException;
    }

    /**
     * Prepares the call.
     *
     * @param holdsAndKeys whether both ends hold and press a key
     */
    ProbeCall(boolean holdsAndKeys, CallLeg caller, CallLeg callee, Shared shared) {
        super(shared);
        this.holdsAndKeys = holdsAndKeys;
        this.caller = ends.add(caller);
        this.callee = ends.add(callee);
    }

    @Override
    protected void script() throws StepFailedException {
        connect("dialling", caller, callee, Duration.ZERO);
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

    /** Returns why one of its ends failed; null if none did. */
    @Nullable
    public Failure failure() {
        return Stream.of(caller, callee)
                .map(CallLeg::ending)
                .filter(CallEnding.Failed.class::isInstance)
                .map(ending -> ((CallEnding.Failed) ending).failure())
                .findFirst()
                .orElse(null);
    }
}
