// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import java.util.ArrayList;
import java.util.List;

/** Counts what is pending, and runs tasks once nothing is. Belongs to the loop. */
public final class PendingWork {
    private final List<Runnable> waiting = new ArrayList<>();
    private int pending;

    public void begun() {
        pending++;
    }

    /** @param then what follows; work that it begins is waited for too */
    public void ended(Runnable then) {
        pending--;
        then.run();
        if (pending == 0) {
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }
    }

    /** Runs the task once nothing is pending: now, or after the last. */
    public void whenNone(Runnable task) {
        if (pending == 0) {
            task.run();
        } else {
            waiting.add(task);
        }
    }
}
