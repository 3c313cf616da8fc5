// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of the soak, with both ends following its script. Owned by the soak's loop.
 *
 * <pre>
 * DIALLING → TALKING → HOLDING → HELD → RESUMING → TALKING_AGAIN → PRESSING → TALKING_ON → HANGING_UP → OVER
 *     └─────────┴─────────┴── any problem ──┴──────────────┴────────────┴─────────→ CLEARING ─────────────┘
 * </pre>
 */
final class SoakCall implements CallInProgress {
    private static final Duration STEP_LIMIT = Duration.ofSeconds(12);
    /**
     * Longer than a transaction's timeout (RFC 3261 timer B), so that its failure is reported and
     * not this limit.
     */
    private static final Duration SET_UP_LIMIT = Duration.ofSeconds(40);

    /** The least length of a hold, once it has settled. */
    private static final Duration LEAST_HELD = Duration.ofMillis(300);

    /**
     * A digit counts at the first packet that ends it, which is sent three times instead of voice
     * (RFC 4733 §2.5.1.4): 60 ms, in samples.
     */
    private static final int LAST_KEY_ENDS = 3 * SpeechClip.FRAME;

    /**
     * After the answer a phone checks its candidate pairs, 50 ms apart, and nominates one (RFC 8445
     * §14.2). A lite side sends nothing before that (§12.1.2): 120 ms, in samples.
     */
    private static final int WAY_FOUND = 6 * SpeechClip.FRAME;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final int number;
    private final CallScript script;
    private final SoakPhoneSystem.OnHold held;
    private final CallLeg caller;
    private final CallLeg callee;
    private final Loop loop;
    private final AudioClock clock;
    private final BiConsumer<Extension, Extension> talking;
    private final Consumer<SoakCall> over;
    private Step step = Step.DIALLING;
    private long dialledAt;
    private long establishedAt;
    private long endedAt;
    private @Nullable Duration setUp;
    private @Nullable String problem;
    private boolean pressed;
    private @Nullable Timer timer;

    /** @param talking called each time when the two begin to talk */
    SoakCall(
            int number,
            CallScript script,
            SoakPhoneSystem.OnHold held,
            CallLeg caller,
            CallLeg callee,
            Loop loop,
            AudioClock clock,
            BiConsumer<Extension, Extension> talking,
            Consumer<SoakCall> over) {
        this.number = number;
        this.script = script;
        this.held = held;
        this.caller = caller;
        this.callee = callee;
        this.loop = loop;
        this.clock = clock;
        this.talking = talking;
        this.over = over;
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
        return establishedAt != 0 && step != Step.OVER;
    }

    boolean wasConnected() {
        return setUp != null;
    }

    @Nullable
    String problem() {
        return problem;
    }

    CallResult record(Verification.Heard heard) {
        Duration talked = establishedAt == 0 ? Duration.ZERO : Duration.ofNanos(endedAt - establishedAt);
        return new CallResult(
                number,
                caller.extension.index(),
                callee.extension.index(),
                setUp,
                talked,
                problem,
                heard.speech(),
                held == SoakPhoneSystem.OnHold.NEVER ? List.of() : heard.onHold(),
                script.callerHolds() ? 0 : 1,
                pressed ? script.keys().length() : 0,
                keysArrived(),
                Stream.of(caller, callee)
                        .map(SoakCall::quality)
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
        int arrived = 0;
        while (arrived < Math.min(script.keys().length(), holder().keysHeard.length())
                && script.keys().charAt(arrived) == holder().keysHeard.charAt(arrived)) {
            arrived++;
        }
        return arrived;
    }

    void start() {
        dialledAt = loop.nanoTime();
        limit(SET_UP_LIMIT);
        caller.call = caller.extension.account().dial(callee.extension.number(), caller.options());
    }

    @Override
    public List<CallLeg> awaitingRing() {
        return callee.call == null ? List.of(callee) : List.of();
    }

    @Override
    public void rings(CallLeg leg, Call call) {
        callee.call = call;
        if (step == Step.DIALLING) {
            limitThen(script.ring(), () -> {
                var unused = call.answer(callee.options());
                limit(SET_UP_LIMIT);
            });
        } else {
            call.hangUp();
        }
    }

    @Override
    public void changed(Call call, CallEvent event) {
        CallLeg side = caller.call != null && caller.call.id().equals(call.id()) ? caller : callee;
        side.changed(event.after(), loop.now());
        if (event instanceof CallEvent.DtmfReceived key) {
            side.keysHeard.append(key.tone());
        }
        if (event instanceof CallEvent.Ended ended) {
            ended(side, ended.ending());
        } else if (side == caller && caller.talks() && setUp == null) {
            setUp = Duration.ofNanos(loop.nanoTime() - dialledAt).minus(script.ring());
        }
        proceed();
    }

    @Override
    public Map<Extension, List<LampState>> lampChanges() {
        return problem != null
                ? Map.of()
                : Map.of(
                        caller.extension,
                        List.of(LampState.TALKING, LampState.IDLE),
                        callee.extension,
                        List.of(LampState.RINGING, LampState.TALKING, LampState.IDLE));
    }

    @Override
    public void breakOff() {
        if (step != Step.OVER) {
            clear("interrupted");
        }
    }

    private void proceed() {
        switch (step) {
            case DIALLING -> {
                if (caller.talks() && callee.talks()) {
                    establishedAt = loop.nanoTime();
                    talk(Step.TALKING, script.talkBeforeHold(), this::hold);
                }
            }
            case HOLDING -> {
                if (hold(holder()) == HoldState.LOCAL && hold(presser()) == toldOfHold()) {
                    step = Step.HELD;
                    holder().silence.begin(clock.position());
                    presser().silence.begin(clock.position());
                    limitThen(script.held(), this::resume);
                }
            }
            case RESUMING -> {
                if (hold(holder()) == HoldState.NONE && hold(presser()) == HoldState.NONE) {
                    talk(Step.TALKING_AGAIN, script.talkAfterHold(), this::press);
                }
            }
            case PRESSING -> {
                if (holder().keysHeard.length() >= script.keys().length()) {
                    if (holder().keysHeard.toString().equals(script.keys())) {
                        holder().speech.begin(clock.position() + LAST_KEY_ENDS);
                        presser().speech.begin(clock.position());
                        step = Step.TALKING_ON;
                        limitThen(script.talkAfterKeys(), this::hangUp);
                    } else {
                        clear("dtmf-wrong");
                    }
                }
            }
            case HANGING_UP, CLEARING -> {
                if (gone(caller) && gone(callee)) {
                    finish();
                }
            }
            case TALKING, HELD, TALKING_AGAIN, TALKING_ON, OVER -> {}
        }
    }

    private HoldState toldOfHold() {
        return held == SoakPhoneSystem.OnHold.MUSIC || held == SoakPhoneSystem.OnHold.UNTOLD
                ? HoldState.NONE
                : HoldState.REMOTE;
    }

    private void talk(Step next, Duration time, Runnable then) {
        step = next;
        long from = clock.position() + (next == Step.TALKING && mayUseIce() ? WAY_FOUND : 0);
        caller.speech.begin(from);
        callee.speech.begin(from);
        talking.accept(caller.extension, callee.extension);
        limitThen(time, then);
    }

    private boolean mayUseIce() {
        return caller.extension.media().path() != MediaChoice.Path.WITHOUT_ICE
                || callee.extension.media().path() != MediaChoice.Path.WITHOUT_ICE;
    }

    private void hold() {
        if (held == SoakPhoneSystem.OnHold.NEVER) {
            talk(Step.TALKING_AGAIN, script.talkAfterHold(), this::press);
            return;
        }
        step = Step.HOLDING;
        nothingDue();
        limit(STEP_LIMIT);
        var unused = call(holder()).hold();
    }

    /** Not before the cards, which may be late, have played enough of the hold to judge it. */
    private void resume() {
        if (holder().silence.lasted(clock.played()).compareTo(LEAST_HELD) < 0) {
            limitThen(LOOK_AGAIN, this::resume);
            return;
        }
        step = Step.RESUMING;
        nothingDue();
        if (toldOfHold() == HoldState.NONE) {
            holder().rejoined();
        }
        limit(STEP_LIMIT);
        var unused = call(holder()).resume();
    }

    private void press() {
        if (script.keys().isEmpty()) {
            step = Step.TALKING_ON;
            limitThen(script.talkAfterKeys(), this::hangUp);
            return;
        }
        step = Step.PRESSING;
        // While keys are pressed the presser's voice is not sent (RFC 4733 §2.5.1.2); the other's
        // continues.
        holder().speech.end(clock.played());
        pressed = true;
        limit(STEP_LIMIT);
        var unused = call(presser()).sendDtmf(script.keys());
    }

    private void hangUp() {
        if (!holder().keysHeard.toString().equals(script.keys())) {
            clear("dtmf-repeated");
            return;
        }
        step = Step.HANGING_UP;
        nothingDue();
        limit(STEP_LIMIT);
        call(script.callerHangsUp() ? caller : callee).hangUp();
    }

    private void ended(CallLeg side, CallEnding ending) {
        nothingDue();
        endedAt = loop.nanoTime();
        if (step == Step.CLEARING) {
            return;
        }
        boolean quitter = side == (script.callerHangsUp() ? caller : callee);
        boolean expected = step == Step.HANGING_UP
                && (quitter ? ending instanceof CallEnding.LocalHangUp : ending instanceof CallEnding.RemoteHangUp);
        if (!expected) {
            clear(side == caller || step != Step.DIALLING ? ending.code() : "callee-" + ending.code());
        }
    }

    private void clear(String why) {
        if (problem == null) {
            problem = why;
        }
        if (step == Step.CLEARING) {
            // Not even hanging up works: give up.
            finish();
            return;
        }
        step = Step.CLEARING;
        nothingDue();
        limit(SET_UP_LIMIT);
        Stream.of(caller, callee)
                .map(side -> side.call)
                .filter(Objects::nonNull)
                .forEach(Call::hangUp);
        loop.execute(this::proceed);
    }

    private void finish() {
        if (step != Step.OVER) {
            step = Step.OVER;
            cancelTimer();
            endedAt = endedAt == 0 ? loop.nanoTime() : endedAt;
            over.accept(this);
        }
    }

    private void limit(Duration most) {
        limitThen(most, () -> clear("stuck-" + step.code()));
    }

    private void limitThen(Duration time, Runnable then) {
        cancelTimer();
        timer = loop.schedule(time, then);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void nothingDue() {
        caller.nothingDue(clock);
        callee.nothingDue(clock);
    }

    private CallLeg holder() {
        return script.callerHolds() ? caller : callee;
    }

    private CallLeg presser() {
        return script.callerHolds() ? callee : caller;
    }

    private static boolean gone(CallLeg side) {
        return side.call == null || state(side) == CallState.ENDED;
    }

    private static @Nullable CallState state(CallLeg side) {
        CallSnapshot latest = side.latest;
        return latest == null ? null : latest.state();
    }

    private static @Nullable HoldState hold(CallLeg side) {
        CallSnapshot latest = side.latest;
        return latest == null ? null : latest.hold();
    }

    private static @Nullable CallQuality quality(CallLeg side) {
        CallSnapshot latest = side.latest;
        return latest == null ? null : latest.quality();
    }

    private static Call call(CallLeg side) {
        return Objects.requireNonNull(side.call, "the step before made it");
    }

    private enum Step {
        DIALLING,
        TALKING,
        HOLDING,
        HELD,
        RESUMING,
        TALKING_AGAIN,
        PRESSING,
        TALKING_ON,
        HANGING_UP,
        CLEARING,
        OVER;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
