// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Queue of judgements of recordings. Each needs a processor that current calls need for their
 * audio, so they can be deferred. Recordings are kept up to a limit. From any thread.
 */
public final class Judgements implements Verification.Worker {
    /** Calls of ten seconds, at 48 kHz and two ends, need 128 MB. */
    static final int MOST_HELD = 64;

    private final Verification.Worker worker;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    public Judgements(Verification.Worker worker) {
        this.worker = worker;
    }

    /** Defers new judgements; beyond the limit the oldest runs nevertheless. */
    public synchronized void hold() {
        holding = true;
    }

    /** Runs the deferred judgements in order, and stops deferring. */
    public synchronized void release() {
        holding = false;
        passOn(0);
    }

    @Override
    public synchronized void execute(Runnable judgement) {
        held.add(judgement);
        passOn(holding ? MOST_HELD : 0);
    }

    private void passOn(int kept) {
        while (held.size() > kept) {
            worker.execute(held.remove());
        }
    }
}
