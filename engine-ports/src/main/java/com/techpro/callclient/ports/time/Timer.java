// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.time;

/** A pending {@link Scheduler#schedule scheduled} task. */
public interface Timer {
    /**
     * Cancels the task. Cancelling twice, or after the task ran, does nothing.
     *
     * @return true if this call prevented the task from running
     */
    boolean cancel();
}
