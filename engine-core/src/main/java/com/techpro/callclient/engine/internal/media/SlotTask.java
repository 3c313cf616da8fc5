// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

/** What has its turn on a media loop once a frame. */
interface SlotTask {
    /**
     * @return whether it waits for something that will be there before its next turn: then it is asked in each slot until then
     */
    boolean serve(long now);

    /**
     * What it waited for may be there.
     *
     * @return whether it waits still
     */
    boolean lookAgain(long now);

    /** A turn was cut short by an exception, which the loop has told of. */
    void faulted();

    void close();
}
