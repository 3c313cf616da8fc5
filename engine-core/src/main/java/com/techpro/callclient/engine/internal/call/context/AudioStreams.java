// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import org.jspecify.annotations.Nullable;

/** Counts microphones and speakers that are open, opening or closing. Belongs to the loop. */
public final class AudioStreams {
    private int open;
    private @Nullable Runnable whenNone;

    public void opening() {
        open++;
    }

    public void closed() {
        open--;
        if (open == 0 && whenNone != null) {
            Runnable task = whenNone;
            whenNone = null;
            task.run();
        }
    }

    public int open() {
        return open;
    }

    /** Runs the task once no device is in use: now, or when the last one is closed. */
    public void whenNone(Runnable task) {
        if (open == 0) {
            task.run();
        } else {
            whenNone = task;
        }
    }
}
