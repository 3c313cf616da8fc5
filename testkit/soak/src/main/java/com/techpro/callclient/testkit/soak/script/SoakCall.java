// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.driver.CallInProgress;
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
    private long establishedAt;
    private long endedAt;
    private @Nullable String problem;
    private boolean pressed;

    /**
     * @param begun receives each call that belongs here
     * @param talking called each time when the two begin to talk
     */
    SoakCall(
            int number,
            CallScript script,
            OnHold held,
            CallLeg caller,
            CallLeg callee,
            Loop loop,
            AudioClock clock,
            BiConsumer<Call, CallInProgress> begun,
            BiConsumer<Extension, Extension> talking,
            Consumer<SoakCall> over) {
        super(loop, clock, begun);
        this.number = number;
        this.script = script;
        this.held = held;
        this.caller = driver.add(caller);
        this.callee = driver.add(callee);
        this.talking = talking;
        this.over = over;
    }

    @Override
    public void script() throws StepFailedException {
        mayRing(callee);
        callee.name("callee-");
        driver.dial(caller, callee.number());
        driver.answer("dialling", callee, script.ring());
        driver.awaitTalking("dialling", caller, callee);
        callee.name("");
        establishedAt = loop.nanoTime();
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
    public void failed(String why) {
        problem = why;
    }

    @Override
    public void ended() {
        endedAt = endedAt == 0 ? loop.nanoTime() : endedAt;
        over.accept(this);
    }

    @Override
    public void changed(Call call, CallEvent event) {
        if (event instanceof CallEvent.Ended) {
            endedAt = loop.nanoTime();
        }
        super.changed(call, event);
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

    @Override
    public boolean established() {
        return establishedAt != 0 && !isOver();
    }

    /** Returns the time from dialling to talking, without the ringing; null if the caller never talked. */
    @Nullable
    Duration setUp() {
        Duration talking = caller.untilTalking();
        return talking == null ? null : talking.minus(script.ring());
    }

    CallResult record(Verification.Heard heard) {
        Duration talked = establishedAt == 0 ? Duration.ZERO : Duration.ofNanos(endedAt - establishedAt);
        return new CallResult(
                number,
                caller.extension().index(),
                callee.extension().index(),
                setUp(),
                talked,
                problem,
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
                media(),
                Stream.of(caller, callee).flatMap(leg -> leg.states().stream()).toList(),
                Stream.of(caller, callee)
                        .map(CallLeg::id)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** In the order of the verdicts: the callee's, the caller's. */
    private List<EndMedia> media() {
        EndMedia callees = callee.media();
        EndMedia callers = caller.media();
        return callees == null || callers == null ? List.of() : List.of(callees, callers);
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
    public Map<Extension, List<LampState>> lampChanges() {
        return problem != null
                ? Map.of()
                : Map.of(
                        caller.extension(),
                        List.of(LampState.TALKING, LampState.IDLE),
                        callee.extension(),
                        List.of(LampState.RINGING, LampState.TALKING, LampState.IDLE));
    }
}
