// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call with a third user: the caller transfers the callee to the third, or the third picks up the
 * call that rings at the callee. Owned by the soak's loop.
 *
 * <pre>
 * blind:    DIALLING → TALKING ────────────────────────────→ TRANSFERRING → JOINING → TALKING_AFTER → HANGING_UP → REMEMBERING → OVER
 * attended: DIALLING → TALKING → HOLDING → CONSULTING → ASIDE → TRANSFERRING → ...
 * pickup:   DIALLING → PICKING_UP → TALKING_AFTER → ...
 * any problem: → CLEARING → OVER
 * </pre>
 */
final class FeatureCall implements CallInProgress {
    private static final Duration STEP_LIMIT = Duration.ofSeconds(12);
    /**
     * Longer than a transaction's timeout (RFC 3261 timer B), so that its failure is reported and
     * not this limit.
     */
    private static final Duration SET_UP_LIMIT = Duration.ofSeconds(40);
    /**
     * The two joined users know of each other before the phone system has both answers and connects
     * their audio.
     */
    private static final Duration JOINED = Duration.ofMillis(300);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** As in {@link SoakCall}: 120 ms, in samples. */
    private static final int WAY_FOUND = 6 * SpeechClip.FRAME;

    private final CallFeature feature;
    private final CallScript script;
    private final Loop loop;
    private final AudioClock clock;
    private final Surroundings surroundings;
    private final CallLeg caller;
    private final CallLeg consulting;
    private CallLeg callee;
    private CallLeg third;
    private final FeatureReport report;
    private Step step = Step.DIALLING;
    private @Nullable BusyLamp lamp;
    private @Nullable TransferOutcome outcome;
    private Instant began = Instant.EPOCH;
    private long dialledAt;
    private @Nullable Timer timer;

    /** The environment of such a call. */
    interface Surroundings {
        /** A call was made whose events belong here. */
        void dialled(Call call, FeatureCall by);

        /** A second call was made, to consult the third. */
        void consulted();

        /** Judges what two users heard so far; the verdict comes on the soak's loop. */
        void judge(CallLeg caller, CallLeg callee, Consumer<Verification.Heard> found);

        /** Whether the users' history contains the calls. */
        boolean remembered(FeatureCall call);

        void over(FeatureCall call);
    }

    /**
     * Prepares the call.
     *
     * @param consulting the caller's other end, in the call to the third
     */
    FeatureCall(
            CallFeature feature,
            CallScript script,
            CallLeg caller,
            CallLeg callee,
            CallLeg third,
            CallLeg consulting,
            Loop loop,
            AudioClock clock,
            FeatureReport report,
            Surroundings surroundings) {
        this.feature = feature;
        this.script = script;
        this.caller = caller;
        this.callee = callee;
        this.third = third;
        this.consulting = consulting;
        this.loop = loop;
        this.clock = clock;
        this.report = report;
        this.surroundings = surroundings;
    }

    void start() {
        began = loop.now().truncatedTo(ChronoUnit.MILLIS);
        dialledAt = loop.nanoTime();
        limit(SET_UP_LIMIT);
        if (feature == CallFeature.PICKUP) {
            BusyLamp watched = third.extension.account().watch(callee.extension.number());
            lamp = watched;
            watched.addListener((of, now) -> ringsThere(now));
        }
        Call call = caller.extension.account().dial(callee.extension.number(), caller.options());
        caller.call = call;
        surroundings.dialled(call, this);
    }

    @Override
    public boolean established() {
        return report.isConnected() && step != Step.OVER;
    }

    @Override
    public List<CallLeg> awaitingRing() {
        return Stream.of(callee, third)
                .filter(leg -> leg.call == null)
                .filter(leg -> leg == callee || feature != CallFeature.PICKUP)
                .toList();
    }

    @Override
    public void rings(CallLeg leg, Call call) {
        leg.call = call;
        boolean due = leg == callee ? step == Step.DIALLING : step == Step.CONSULTING || step == Step.TRANSFERRING;
        if (!due) {
            call.hangUp();
        } else if (leg != callee || feature != CallFeature.PICKUP) {
            after(script.ring(), () -> {
                var unused = call.answer(leg.options());
            });
        }
    }

    private void ringsThere(BusyLampSnapshot now) {
        if (step == Step.DIALLING && now.pickUpPossible()) {
            step = Step.PICKING_UP;
            after(script.ring(), this::pickUp);
        }
    }

    private void pickUp() {
        if (step != Step.PICKING_UP || lamp == null) {
            return;
        }
        dialledAt = loop.nanoTime();
        Call taken = lamp.pickUp(third.options());
        if (taken == null) {
            clear("pickup-refused");
        } else {
            third.call = taken;
            surroundings.dialled(taken, this);
        }
    }

    @Override
    public void changed(Call call, CallEvent event) {
        for (CallLeg leg : List.of(caller, consulting, callee, third)) {
            if (leg.call != null && leg.call.id().equals(call.id())) {
                leg.changed(event.after(), loop.now());
                if (event instanceof CallEvent.Ended ended) {
                    ended(leg, ended.ending());
                } else if (event instanceof CallEvent.TransferRequested) {
                    var unused = call.acceptTransfer();
                } else if (event instanceof CallEvent.TransferFollowed followed) {
                    leg.call = followed.next();
                    surroundings.dialled(followed.next(), this);
                }
            }
        }
        proceed();
    }

    private void proceed() {
        switch (step) {
            case DIALLING -> {
                if (caller.talks() && callee.talks()) {
                    report.connected(
                            Duration.ofNanos(loop.nanoTime() - dialledAt).minus(script.ring()));
                    talk(Step.TALKING, caller, callee, script.talk(), this::endTalk);
                }
            }
            case HOLDING -> {
                CallSnapshot now = caller.latest;
                if (now != null && now.hold() == HoldState.LOCAL) {
                    consult();
                }
            }
            case CONSULTING -> {
                if (consulting.talks() && third.talks()) {
                    report.consulted(
                            Duration.ofNanos(loop.nanoTime() - dialledAt).minus(script.ring()));
                    talk(Step.ASIDE, consulting, third, script.talk(), this::endAside);
                }
            }
            case TRANSFERRING -> {
                if (outcome instanceof TransferOutcome.Transferred
                        && gone(caller)
                        && gone(consulting)
                        && isWith(callee, third)
                        && isWith(third, callee)) {
                    step = Step.JOINING;
                    limitThen(JOINED, this::talkAfter);
                }
            }
            case PICKING_UP -> {
                if (caller.talks() && third.talks() && gone(callee)) {
                    report.connected(Duration.ofNanos(loop.nanoTime() - dialledAt));
                    talk(Step.TALKING_AFTER, caller, third, script.talk(), this::hangUp);
                }
            }
            case HANGING_UP, CLEARING -> {
                if (Stream.of(caller, consulting, callee, third).allMatch(FeatureCall::gone)) {
                    if (step == Step.CLEARING) {
                        finish();
                    } else {
                        step = Step.REMEMBERING;
                        limit(STEP_LIMIT);
                        remember();
                    }
                }
            }
            case TALKING, ASIDE, JOINING, TALKING_AFTER, REMEMBERING, OVER -> {}
        }
    }

    private void talk(Step next, CallLeg one, CallLeg other, Duration time, Runnable then) {
        step = next;
        boolean ice = one.extension.media().path() != MediaChoice.Path.WITHOUT_ICE
                || other.extension.media().path() != MediaChoice.Path.WITHOUT_ICE;
        long from = clock.position() + (ice ? WAY_FOUND : 0);
        one.speech.begin(from);
        other.speech.begin(from);
        limitThen(time, then);
    }

    private void endTalk() {
        nothingDue();
        report.judgeFirst(caller, callee, surroundings::judge);
        limit(STEP_LIMIT);
        if (feature == CallFeature.BLIND_TRANSFER) {
            step = Step.TRANSFERRING;
            limit(SET_UP_LIMIT);
            call(caller).transfer(third.extension.number()).thenAccept(this::transferred);
        } else {
            step = Step.HOLDING;
            var unused = call(caller).hold();
        }
    }

    private void consult() {
        step = Step.CONSULTING;
        limit(SET_UP_LIMIT);
        dialledAt = loop.nanoTime();
        Call call = consulting.extension.account().dial(third.extension.number(), consulting.options());
        consulting.call = call;
        report.consulting();
        surroundings.consulted();
        surroundings.dialled(call, this);
    }

    private void endAside() {
        nothingDue();
        report.judgeConsultation(consulting, third, surroundings::judge);
        step = Step.TRANSFERRING;
        limit(STEP_LIMIT);
        call(caller).transferTo(call(consulting)).thenAccept(this::transferred);
    }

    private void transferred(TransferOutcome told) {
        outcome = told;
        if (step == Step.TRANSFERRING && !(told instanceof TransferOutcome.Transferred)) {
            clear("transfer-" + told.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        proceed();
    }

    /** From here on each of the two hears another user, and is recorded anew. */
    private void talkAfter() {
        callee = callee.continued();
        third = third.continued();
        callee.audio.forget();
        third.audio.forget();
        talk(Step.TALKING_AFTER, callee, third, script.talk(), this::hangUp);
    }

    private void hangUp() {
        nothingDue();
        if (feature == CallFeature.PICKUP) {
            report.judgeFirst(caller, third, surroundings::judge);
        } else {
            report.judgeAfter(callee, third, surroundings::judge);
        }
        step = Step.HANGING_UP;
        limit(STEP_LIMIT);
        call(quitter()).hangUp();
    }

    private CallLeg quitter() {
        return script.callerHangsUp() ? third : feature == CallFeature.PICKUP ? caller : callee;
    }

    private void ended(CallLeg leg, CallEnding ending) {
        nothingDue();
        boolean expected = switch (step) {
            case TRANSFERRING -> (leg == caller || leg == consulting) && ending instanceof CallEnding.Transferred;
            case PICKING_UP -> leg == callee && ending instanceof CallEnding.AnsweredElsewhere;
            case HANGING_UP ->
                leg == quitter() ? ending instanceof CallEnding.LocalHangUp : ending instanceof CallEnding.RemoteHangUp;
            default -> step == Step.CLEARING;
        };
        if (!expected) {
            clear((leg == caller ? "" : leg == callee ? "callee-" : "third-") + ending.code());
        }
    }

    private void remember() {
        if (step != Step.REMEMBERING) {
            return;
        }
        if (surroundings.remembered(this)) {
            finish();
        } else {
            after(LOOK_AGAIN, this::remember);
        }
    }

    @Override
    public void breakOff() {
        if (step != Step.OVER) {
            clear("interrupted");
        }
    }

    private void clear(String why) {
        report.problem(why);
        if (step == Step.CLEARING || step == Step.REMEMBERING) {
            finish();
            return;
        }
        step = Step.CLEARING;
        nothingDue();
        limit(SET_UP_LIMIT);
        Stream.of(caller, consulting, callee, third)
                .map(leg -> leg.call)
                .filter(Objects::nonNull)
                .forEach(Call::hangUp);
        loop.execute(this::proceed);
    }

    private void finish() {
        if (step == Step.OVER) {
            return;
        }
        step = Step.OVER;
        if (timer != null) {
            timer.cancel();
        }
        if (lamp != null) {
            lamp.close();
        }
        surroundings.over(this);
        List<CallLeg> legs = List.of(caller, consulting, callee, third);
        report.over(
                legs.stream().flatMap(leg -> leg.states().stream()).distinct().toList(),
                legs.stream()
                        .map(CallLeg::id)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    /** Whether each user's entry exists, with the right outcome. */
    boolean isIn(List<HistoryEntry> history) {
        return new FeatureTraces(feature, caller.extension, callee.extension, third.extension).areIn(history, began);
    }

    @Override
    public Map<Extension, List<LampState>> lampChanges() {
        return report.problem() != null
                ? Map.of()
                : new FeatureTraces(feature, caller.extension, callee.extension, third.extension).lampChanges();
    }

    private void limit(Duration most) {
        limitThen(most, () -> clear("stuck-" + step.code()));
    }

    private void limitThen(Duration time, Runnable then) {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop.schedule(time, then);
    }

    private void after(Duration time, Runnable then) {
        var unused = loop.schedule(time, () -> {
            if (step != Step.CLEARING && step != Step.OVER) {
                then.run();
            }
        });
    }

    private void nothingDue() {
        List.of(caller, consulting, callee, third).forEach(leg -> leg.nothingDue(clock));
    }

    private static boolean isWith(CallLeg leg, CallLeg other) {
        CallSnapshot now = leg.latest;
        return now != null
                && leg.talks()
                && other.extension.number().equals(now.remote().user());
    }

    private static boolean gone(CallLeg leg) {
        CallSnapshot latest = leg.latest;
        return leg.call == null || (latest != null && latest.state() == CallState.ENDED);
    }

    private static Call call(CallLeg leg) {
        return Objects.requireNonNull(leg.call, "the step before made it");
    }

    private enum Step {
        DIALLING,
        TALKING,
        HOLDING,
        CONSULTING,
        ASIDE,
        TRANSFERRING,
        PICKING_UP,
        JOINING,
        TALKING_AFTER,
        HANGING_UP,
        REMEMBERING,
        CLEARING,
        OVER;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
