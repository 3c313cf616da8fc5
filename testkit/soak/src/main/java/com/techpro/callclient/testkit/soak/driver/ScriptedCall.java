// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A call of the soak that follows a script, in turns with the soak's loop. If a step fails, all its
 * calls are hung up. Owned by the loop.
 */
public abstract class ScriptedCall implements CallInProgress {
    public final Loop loop;
    public final CallDriver driver;
    private final CoroutineScript coroutine;
    private final List<CallLeg> mayRing = new ArrayList<>();
    private boolean over;

    /** @param begun receives each call that belongs here */
    public ScriptedCall(Loop loop, AudioClock clock, BiConsumer<Call, CallInProgress> begun) {
        this.loop = loop;
        this.coroutine = new CoroutineScript(loop, this::run, this::end);
        this.driver = new CallDriver(coroutine, loop, clock, call -> begun.accept(call, this));
    }

    /** The script. */
    public abstract void script() throws StepFailedException;

    /** Why the script did not get to its end; a stable word. */
    public abstract void failed(String why);

    /** Everything has ended. On the loop. */
    public abstract void ended();

    public void start() {
        coroutine.start();
    }

    private void run() {
        try {
            script();
        } catch (StepFailedException e) {
            failed(e.code());
            clear();
        } catch (RuntimeException | Error e) {
            failed("script-failed");
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
        over = true;
        ended();
    }

    public boolean isOver() {
        return over;
    }

    /** From now on a call may ring at this end. */
    public void mayRing(CallLeg end) {
        mayRing.add(end);
    }

    @Override
    public List<CallLeg> awaitingRing() {
        return mayRing.stream().filter(end -> !end.hasCall()).toList();
    }

    @Override
    public void rings(CallLeg end, Call call) {
        driver.begin(end, call);
    }

    @Override
    public void changed(Call call, CallEvent event) {
        driver.changed(call, event);
    }

    @Override
    public void breakOff() {
        if (!over) {
            driver.stop("interrupted");
        }
    }
}
