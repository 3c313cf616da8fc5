// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

/** A task with a turn on a media loop once a frame. */
interface SlotTask {
    /**
     * @return whether it waits for something expected before its next turn; {@link #lookAgain} is
     *     then called in each slot until that turn
     */
    boolean serve(long now);

    /**
     * Checks whether the awaited thing is there.
     *
     * @return whether it still waits
     */
    boolean lookAgain(long now);

    /** An exception cut a turn short; the loop has reported it. */
    void faulted();

    void close();
}
