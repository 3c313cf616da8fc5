// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

/**
 * A {@link Scheduler} that its owner closes.
 *
 * <ul>
 *   <li><b>LOOP-1</b> {@link #close} drops the tasks that have not run yet, lets the running task
 *       finish, and releases the thread. It does not wait for that, so a task may close its own
 *       loop.
 *   <li><b>LOOP-2</b> Closing twice does nothing.
 *   <li><b>LOOP-3</b> {@link #pendingTimers} counts the timers that have neither run nor been
 *       cancelled.
 * </ul>
 */
public interface Loop extends Scheduler, AutoCloseable {
    /**
     * Returns the number of timers neither run nor cancelled; for leak checks. May be called from
     * any thread.
     */
    int pendingTimers();

    @Override
    void close();
}
