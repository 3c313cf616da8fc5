// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

/**
 * A {@link Scheduler} with an owner who closes it.
 *
 * <ul>
 *   <li><b>LOOP-1</b> {@link #close} drops what has not run yet, lets the running task finish, and releases the thread. It does
 *       not wait for that, so a task may close its own loop.
 *   <li><b>LOOP-2</b> Closing twice does nothing.
 *   <li><b>LOOP-3</b> {@link #pendingTimers} counts timers that have neither run nor been cancelled.
 * </ul>
 */
public interface Loop extends Scheduler, AutoCloseable {
    /** Timers neither run nor cancelled; for leak checks. Callable from any thread. */
    int pendingTimers();

    @Override
    void close();
}
