// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Judgements to be passed on what has been recorded. Each takes a processor that the calls which are still on need for their sound, so they can be put off: the
 * recordings are kept, up to a number of them. From any thread.
 */
final class Judgements implements Verification.Worker {
    /** Of calls of ten seconds, at 48 kHz and two ears, 128 MB. */
    static final int MOST_HELD = 64;

    private final Verification.Worker worker;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    Judgements(Verification.Worker worker) {
        this.worker = worker;
    }

    /** Puts off what comes from now on; the oldest of too many is passed nevertheless. */
    synchronized void hold() {
        holding = true;
    }

    /** Passes what has been put off, in its order, and puts off no more. */
    synchronized void release() {
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
