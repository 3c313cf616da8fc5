// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

import java.util.concurrent.Executor;

/**
 * The source of the engine's loops and workers.
 *
 * <ul>
 *   <li><b>SCHS-1</b> Loops are independent: a long task on one does not delay another, unless the
 *       implementation is virtual time, which runs everything on one thread.
 *   <li><b>SCHS-2</b> {@link #workers} may run tasks at the same time and in any order. Tasks there
 *       may block.
 *   <li><b>SCHS-3</b> The number of workers is bounded. A task that finds none free waits and is
 *       not lost.
 *   <li><b>SCHS-4</b> All loops share one clock.
 *   <li><b>SCHS-5</b> Blocking tasks of {@link #networkWorkers} do not keep tasks of
 *       {@link #workers} from running, unless the implementation does not override the former.
 *       Their number is bounded too; a task that finds none free waits and is not lost.
 * </ul>
 */
public interface Schedulers extends AutoCloseable {
    /**
     * Opens a loop.
     *
     * @param name the name for threads and dumps
     * @param failures receives what a task of the loop throws (SCH-7); called on the loop
     */
    Loop openLoop(String name, Thread.UncaughtExceptionHandler failures);

    /**
     * Opens a loop for audio: it does a little work every 20 ms, and work done late is heard as a
     * gap. If the platform has thread priorities, its thread should have a high one
     * ({@code THREAD_PRIORITY_URGENT_AUDIO} on Android). Unless overridden, it is an ordinary loop.
     *
     * @param name the name for threads and dumps
     * @param failures receives what a task of the loop throws (SCH-7); called on the loop
     */
    default Loop openAudioLoop(String name, Thread.UncaughtExceptionHandler failures) {
        return openLoop(name, failures);
    }

    /**
     * Returns the executor for slow work: handshakes, key derivation, files. Results come back
     * through {@link Scheduler#execute}.
     */
    Executor workers();

    /**
     * Returns the executor for tasks that wait for a remote server: mailboxes, logins. A stalled
     * server keeps tasks there until they time out. Unless overridden, the {@link #workers}.
     */
    default Executor networkWorkers() {
        return workers();
    }

    /** Closes every loop and the workers. Does not wait. */
    @Override
    void close();
}
