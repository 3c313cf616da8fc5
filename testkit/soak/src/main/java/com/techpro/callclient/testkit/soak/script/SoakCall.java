// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of the soak between two users. Owned by the soak's loop. */
final class SoakCall extends ScriptedCall {
    private final int number;
    private final CallScript script;
    private final OnHold held;
    private final CallLeg caller;
    private final CallLeg callee;
    private final BiConsumer<Extension, Extension> talking;
    private final Consumer<SoakCall> over;
    private boolean pressed;

    /**
     * @param talking called each time when the two begin to talk
     */
    SoakCall(
            int number,
            CallScript script,
            OnHold held,
            CallLeg caller,
            CallLeg callee,
            Shared shared,
            BiConsumer<Extension, Extension> talking,
            Consumer<SoakCall> over) {
        super(shared);
        this.number = number;
        this.script = script;
        this.held = held;
        this.caller = ends.add(caller);
        this.callee = ends.add(callee);
        this.talking = talking;
        this.over = over;
    }

    @Override
    protected void script() throws StepFailedException {
        callee.name("callee-");
        connect("dialling", caller, callee, script.ring());
        callee.name("");
        talking.accept(caller.extension(), callee.extension());
        driver.talk(script.talkBeforeHold(), caller, callee);
        CallLeg holder = script.callerHolds() ? caller : callee;
        CallLeg presser = script.callerHolds() ? callee : caller;
        if (held != OnHold.NEVER) {
            driver.hold(holder, presser, toldOfHold());
            driver.resumeAfter(script.held(), holder, presser, toldOfHold());
        }
        talking.accept(caller.extension(), callee.extension());
        driver.talkOn(script.talkAfterHold(), caller, callee);
        if (!script.keys().isEmpty()) {
            pressed = true;
            driver.press(presser, holder, script.keys());
        }
        driver.last("talking", script.talkAfterKeys());
        if (!holder.keysHeard().equals(script.keys())) {
            throw new StepFailedException("dtmf-repeated", "more keys arrived than were pressed");
        }
        driver.hangUp(script.callerHangsUp() ? caller : callee, script.callerHangsUp() ? callee : caller);
    }

    private HoldState toldOfHold() {
        return held == OnHold.MUSIC || held == OnHold.UNTOLD ? HoldState.NONE : HoldState.REMOTE;
    }

    @Override
    protected void ended() {
        over.accept(this);
    }

    int number() {
        return number;
    }

    CallLeg caller() {
        return caller;
    }

    CallLeg callee() {
        return callee;
    }

    /** Returns the time from dialling to talking, without the ringing; null if the caller never talked. */
    @Nullable
    Duration setUp() {
        Duration talking = caller.untilTalking();
        return talking == null ? null : talking.minus(script.ring());
    }

    CallResult record(Verification.Heard heard) {
        return new CallResult(
                number,
                caller.extension().index(),
                callee.extension().index(),
                setUp(),
                talked(),
                problem(),
                heard.speech(),
                held == OnHold.NEVER ? List.of() : heard.onHold(),
                script.callerHolds() ? 0 : 1,
                pressed ? script.keys().length() : 0,
                keysArrived(),
                Stream.of(caller, callee)
                        .map(CallLeg::quality)
                        .filter(Objects::nonNull)
                        .toList(),
                heard.stalls(),
                EndMedia.of(callee, caller),
                ends.states(),
                ends.ids());
    }

    /** Returns how many digits arrived as pressed, before the first difference. */
    private int keysArrived() {
        String heard = (script.callerHolds() ? caller : callee).keysHeard();
        int arrived = 0;
        while (arrived < Math.min(script.keys().length(), heard.length())
                && script.keys().charAt(arrived) == heard.charAt(arrived)) {
            arrived++;
        }
        return arrived;
    }

    @Override
    protected Map<Extension, List<LampState>> lamps() {
        return Map.of(
                caller.extension(),
                List.of(LampState.TALKING, LampState.IDLE),
                callee.extension(),
                List.of(LampState.RINGING, LampState.TALKING, LampState.IDLE));
    }
}
