// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

import java.util.concurrent.Executor;

/**
 * Where the engine gets its loops and its workers from.
 *
 * <ul>
 *   <li><b>SCHS-1</b> Loops are independent: a task that takes long on one does not delay another, unless the implementation is
 *       virtual time, which runs everything on one thread.
 *   <li><b>SCHS-2</b> {@link #workers} may run tasks at the same time and in any order; a task there may block.
 *   <li><b>SCHS-3</b> The workers are bounded in number; a task beyond that waits and is not lost.
 *   <li><b>SCHS-4</b> All loops share one clock.
 *   <li><b>SCHS-5</b> Tasks of {@link #networkWorkers} that block keep none of {@link #workers} from running, unless the implementation does not
 *       override it. They are bounded in number too; a task beyond that waits and is not lost.
 * </ul>
 */
public interface Schedulers extends AutoCloseable {
    /**
     * Opens a loop.
     *
     * @param name what threads and dumps call it
     * @param failures gets what a task of the loop throws (SCH-7); called on the loop
     */
    Loop openLoop(String name, Thread.UncaughtExceptionHandler failures);

    /**
     * Opens a loop that sound depends on: it works a little each 20 ms, and what it does late is heard as a gap. Where the platform has priorities its thread should
     * go before others ({@code THREAD_PRIORITY_URGENT_AUDIO} on Android). Unless overridden, it is a loop like any other.
     *
     * @param name what threads and dumps call it
     * @param failures gets what a task of the loop throws (SCH-7); called on the loop
     */
    default Loop openAudioLoop(String name, Thread.UncaughtExceptionHandler failures) {
        return openLoop(name, failures);
    }

    /** For slow work: handshakes, key derivation, files. Results come back by {@link Scheduler#execute}. */
    Executor workers();

    /**
     * For what waits for somebody's server: mailboxes, logins. A server that stalls keeps tasks here for as long as their time-outs are. Unless
     * overridden, the {@link #workers}.
     */
    default Executor networkWorkers() {
        return workers();
    }

    /** Closes every loop and the workers. Does not wait. */
    @Override
    void close();
}
