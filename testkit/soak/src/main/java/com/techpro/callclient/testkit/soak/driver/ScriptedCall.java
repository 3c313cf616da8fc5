// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of the soak, with further calls that it makes. It follows a script, in turns with the
 * soak's loop. If a step fails, all its calls are hung up. Owned by the loop.
 */
public abstract class ScriptedCall {
    public final Loop loop;
    public final CallDriver driver;
    protected final CallEnds ends;
    private final CoroutineScript coroutine;
    private final Consumer<ScriptedCall> over;
    private final List<CallLeg> mayRing = new ArrayList<>();
    private @Nullable String problem;
    private long establishedAt;
    private long endedAt;
    private boolean isOver;

    /**
     * What all calls of a soak share.
     *
     * @param begun receives each call of the engine, and where it belongs
     * @param over receives each one whose calls have all ended
     */
    public record Shared(
            Loop loop, AudioClock clock, BiConsumer<Call, ScriptedCall> begun, Consumer<ScriptedCall> over) {}

    protected ScriptedCall(Shared shared) {
        this.loop = shared.loop;
        this.over = shared.over;
        this.coroutine = new CoroutineScript(loop, this::run, this::end);
        this.ends = new CallEnds(coroutine, loop, shared.clock, call -> shared.begun.accept(call, this));
        this.driver = new CallDriver(coroutine, loop, shared.clock, ends);
    }

    /** The script. */
    protected abstract void script() throws StepFailedException;

    /** Everything has ended. On the loop. */
    protected void ended() {}

    /** Returns what each user's busy lamp shows of a call without a problem. */
    protected Map<Extension, List<LampState>> lamps() {
        return Map.of();
    }

    public void start() {
        coroutine.start();
    }

    private void run() {
        try {
            script();
        } catch (StepFailedException e) {
            problem = e.code();
            clear();
        } catch (RuntimeException | Error e) {
            problem = "script-failed";
            clear();
            throw e;
        }
    }

    private void clear() {
        mayRing.clear();
        try {
            driver.clear();
        } catch (StepFailedException e) {
            throw new IllegalStateException("nobody interrupts a loop's script", e);
        }
    }

    private void end() {
        endedAt = loop.nanoTime();
        isOver = true;
        over.accept(this);
        ended();
    }

    // Verbs, for the script

    /** From now on a call may ring at this end. */
    public void mayRing(CallLeg end) {
        mayRing.add(end);
    }

    /** One calls the other, who lets it ring for a time and answers, until both can talk. */
    public void connect(String step, CallLeg caller, CallLeg callee, Duration ring) throws StepFailedException {
        mayRing(callee);
        driver.dial(caller, callee.number());
        driver.answer(step, callee, ring);
        awaitTalking(step, caller, callee);
    }

    public void awaitTalking(String step, CallLeg... talkers) throws StepFailedException {
        driver.awaitTalking(step, talkers);
        establishedAt = establishedAt == 0 ? loop.nanoTime() : establishedAt;
    }

    // What became of it

    /** Returns why the script did not get to its end, as a stable word; null if it did or still runs. */
    public @Nullable String problem() {
        return problem;
    }

    public boolean isOver() {
        return isOver;
    }

    /** Whether anybody talks. */
    public boolean established() {
        return establishedAt != 0 && !isOver;
    }

    /** Returns how long anybody talked, once it is over. */
    public Duration talked() {
        return establishedAt == 0 ? Duration.ZERO : Duration.ofNanos(endedAt - establishedAt);
    }

    /** Returns what each user's busy lamp has shown of it; nothing for a failed call. */
    public Map<Extension, List<LampState>> lampChanges() {
        return problem == null ? lamps() : Map.of();
    }

    // Events, on the loop

    /** Returns the ends that should or may ring. */
    public List<CallLeg> awaitingRing() {
        return mayRing.stream().filter(end -> !end.hasCall()).toList();
    }

    /** One of these ends rings. */
    public void rings(CallLeg end, Call call) {
        ends.begin(end, call);
    }

    /** An event of one of its calls. */
    public void changed(Call call, CallEvent event) {
        ends.changed(call, event);
    }

    /** The soak is being stopped: hangs up in any state. */
    public void breakOff() {
        if (!isOver) {
            ends.stop("interrupted");
        }
    }
}
