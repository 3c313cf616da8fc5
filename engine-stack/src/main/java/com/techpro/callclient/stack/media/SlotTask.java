// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

/** A task with a turn on a media loop once a frame. */
interface SlotTask {
    /**
     * @return whether it has sound cards that run: {@link #serveDevices} is then called in each
     *     slot until the next turn
     */
    boolean serve(long now);

    /** Takes what the microphone has recorded, and gives the speaker what it wants, without delay. */
    void serveDevices(long now);

    /** An exception cut a turn short; the loop has reported it. */
    void faulted();

    void close();
}
