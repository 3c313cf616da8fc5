// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A serial execution context with its clock and timers.
 *
 * <p>Only through this does the engine read a clock, wait or run something later. Clauses, each
 * tested by {@code SchedulerContract}:
 *
 * <ul>
 *   <li><b>SCH-1</b> Tasks of one scheduler never run at the same time, and each sees the memory
 *       effects of those before it.
 *   <li><b>SCH-2</b> {@link #execute} runs the tasks of one calling thread in the order of its
 *       calls, never inside the call itself.
 *   <li><b>SCH-3</b> A scheduled task never runs before its delay has passed by {@link #nanoTime};
 *       it may run later.
 *   <li><b>SCH-4</b> Of two scheduled tasks, the one due earlier runs first. Tasks due at the same
 *       time run in the order of scheduling.
 *   <li><b>SCH-5</b> A negative or zero delay means as soon as possible, still never inside the
 *       call.
 *   <li><b>SCH-6</b> After {@link Timer#cancel} has returned true, the task does not run.
 *   <li><b>SCH-7</b> A task that throws does not stop the scheduler. The throwable goes to the
 *       handler given when the scheduler was made.
 *   <li><b>SCH-8</b> {@link #isCurrent} is true exactly while a task of this scheduler runs on the
 *       calling thread.
 *   <li><b>SCH-9</b> {@link #nanoTime} never goes back; its origin is arbitrary.
 *   <li><b>SCH-10</b> All methods may be called from any thread and never block.
 * </ul>
 */
public interface Scheduler {
    /**
     * Returns monotonic time in nanoseconds, comparable only with values of schedulers of the same
     * {@link Schedulers}.
     */
    long nanoTime();

    /**
     * Returns the wall-clock time, as a user reads it. It may jump and is never used to measure
     * durations.
     */
    Instant now();

    /** Runs the task as soon as possible. Ignored once the scheduler is closed. */
    void execute(Runnable task);

    /**
     * Runs the task after the delay. Once the scheduler is closed, it drops the task and the timer
     * counts as cancelled.
     */
    Timer schedule(Duration delay, Runnable task);

    /** Returns whether the calling thread is running a task of this scheduler. */
    boolean isCurrent();
}
