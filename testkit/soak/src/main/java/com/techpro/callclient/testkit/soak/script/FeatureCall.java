// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.testkit.soak.driver.CallDriver;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.Parking;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of the soak with more than two users: the verbs of its script. Owned by the soak's
 * loop.
 */
public final class FeatureCall extends ScriptedCall {
    /**
     * The two joined users know of each other before the phone system has both answers and connects
     * their audio.
     */
    private static final Duration JOINED = Duration.ofMillis(300);

    final CallLeg caller;
    /** The caller's other end, in the call to the third. */
    final CallLeg consulting;

    CallLeg callee;
    CallLeg third;
    private final CallFeature feature;
    private final CallScript script;
    private final @Nullable CallLeg fourth;
    private final FeatureReport report;
    private final FeatureHost host;
    private @Nullable BusyLamp lamp;
    private Instant began = Instant.EPOCH;

    /**
     * Prepares the call.
     *
     * @param legs caller, callee, third, and fourth where four take part
     * @param consulting the caller's other end, in the call to the third
     */
    FeatureCall(
            CallFeature feature,
            CallScript script,
            List<CallLeg> legs,
            CallLeg consulting,
            Shared shared,
            FeatureReport report,
            FeatureHost host) {
        super(shared);
        this.feature = feature;
        this.script = script;
        this.caller = ends.add(legs.get(0));
        this.consulting = named("third-", consulting);
        this.callee = named("callee-", legs.get(1));
        this.third = named("third-", legs.get(2));
        this.fourth = legs.size() > 3 ? named("fourth-", legs.get(3)) : null;
        this.report = report;
        this.host = host;
    }

    private CallLeg named(String name, CallLeg end) {
        end.name(name);
        return ends.add(end);
    }

    CallLeg fourth() {
        return Objects.requireNonNull(fourth, "a script of four");
    }

    @Override
    protected void script() throws StepFailedException {
        began = loop.now().truncatedTo(ChronoUnit.MILLIS);
        FeatureScripts.follow(feature, this);
        // The history has what happened.
        driver.poll("remembering", () -> host.remembered(this));
    }

    /** The caller calls the callee, and they talk; their talk is judged. */
    void connect() throws StepFailedException {
        connect("dialling", caller, callee, script.ring());
        report.connected(since(caller).minus(script.ring()));
        driver.talk(script.talk(), caller, callee);
        driver.fallSilent();
        report.judgeFirst(caller, callee);
    }

    /** Waits until the two are connected, after one ring. */
    void connected(CallLeg one, CallLeg other) throws StepFailedException {
        awaitTalking("dialling", one, other);
        report.connected(since(one).minus(script.ring()));
    }

    private Duration since(CallLeg dialled) {
        return dialled.sinceDialled(loop.nanoTime());
    }

    /** It rings there and is answered. */
    void answer(String step, CallLeg end) throws StepFailedException {
        mayRing(end);
        driver.answer(step, end, script.ring());
    }

    /** The caller calls the third, and they talk; their talk is judged. */
    void consult() throws StepFailedException {
        report.consulting();
        host.consulted();
        connect("consulting", consulting, third, script.ring());
        report.consulted(since(consulting).minus(script.ring()));
        driver.talk(script.talk(), consulting, third);
        driver.fallSilent();
        report.judgeConsultation(consulting, third);
    }

    void awaitTransferred(CallLeg... transferor) throws StepFailedException {
        if (!(driver.awaitTransferred(transferor) instanceof TransferOutcome.Transferred)) {
            throw new StepFailedException("transfer-taken-over", "nobody told how the transfer ended");
        }
    }

    /** Callee and third are connected, and talk. */
    void talkAfterJoining() throws StepFailedException {
        driver.awaitJoined(callee, third);
        talkAfter("transferring", JOINED);
    }

    /**
     * From here on each of the two hears another user, and is recorded anew.
     *
     * @param connecting how long the phone system may take to connect their audio
     */
    void talkAfter(String step, Duration connecting) throws StepFailedException {
        driver.last(step, connecting);
        callee = driver.continued(callee);
        third = driver.continued(third);
        driver.talk(script.talk(), callee, third);
        driver.fallSilent();
        report.judgeAfter(callee, third);
        hangUp(callee, third);
    }

    /** The two talk, and one hangs up; their talk is judged. */
    void talk(CallLeg one, CallLeg other) throws StepFailedException {
        driver.talk(script.talk(), one, other);
        driver.fallSilent();
        report.judgeFirst(one, other);
        hangUp(one, other);
    }

    private void hangUp(CallLeg one, CallLeg other) throws StepFailedException {
        driver.hangUp(script.callerHangsUp() ? other : one, script.callerHangsUp() ? one : other);
    }

    /** It rings there, and the caller is sent on. */
    void forward(CallLeg from, CallLeg to) throws StepFailedException {
        mayRing(to);
        driver.forward(from, to.number());
    }

    /** @throws StepFailedException if it is unknown how the phone system parks */
    Parking parking() throws StepFailedException {
        Parking known = host.parking();
        if (known == null) {
            throw new StepFailedException("parking-unknown", "nobody knows how this phone system parks calls");
        }
        return known;
    }

    /** Waits until the callee is parked. */
    String slotOfCallee(Parking parking) throws StepFailedException {
        String number = callee.number();
        driver.poll("parking", () -> parking.slotOf().apply(number) != null);
        return Objects.requireNonNull(parking.slotOf().apply(number), "it is parked");
    }

    /** The third watches the callee's busy lamp. */
    void watch() {
        BusyLamp watched = third.extension().account().watch(callee.number());
        lamp = watched;
        watched.addListener((of, now) -> ends.look());
    }

    /** The third sees that it rings there, and takes the call. */
    void pickUp() throws StepFailedException {
        BusyLamp watched = Objects.requireNonNull(lamp, "it is watched");
        driver.await(
                "dialling", CallDriver.SET_UP_LIMIT, () -> watched.snapshot().pickUpPossible());
        driver.last("dialling", script.ring());
        driver.expect(callee, CallEnding.AnsweredElsewhere.class);
        third.dialled(loop.nanoTime());
        Call taken = watched.pickUp(third.options());
        if (taken == null) {
            throw new StepFailedException("pickup-refused", "it no longer rings there");
        }
        ends.begin(third, taken);
        driver.await("picking-up", CallDriver.SET_UP_LIMIT, callee::isGone);
        awaitTalking("picking-up", caller, third);
        report.connected(since(third));
    }

    @Override
    protected void ended() {
        if (lamp != null) {
            lamp.close();
        }
        host.ended(this);
        report.over(problem(), ends.states(), ends.ids());
    }

    /** Whether each user's entry exists, with the right outcome. */
    public boolean isIn(List<HistoryEntry> history) {
        return traces().areIn(history, began);
    }

    @Override
    protected Map<Extension, List<LampState>> lamps() {
        return traces().lampChanges();
    }

    private FeatureTraces traces() {
        return new FeatureTraces(
                feature,
                caller.extension(),
                callee.extension(),
                third.extension(),
                fourth == null ? null : fourth.extension());
    }
}
