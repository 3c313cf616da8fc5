// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

/**
 * A disk under a store, which its author lets get full in the middle of a write (ENOSPC). A step
 * is whatever can fail for want of room: a file that is created or written, made durable or
 * renamed. {@link SecureStoreContract} tries each of them in turn. Called from the test's thread
 * alone.
 */
public interface FullDisk {
    /**
     * From now on, until the kit heals the platform, so many steps find room and all others none.
     * A step that writes leaves a part of what it writes behind, as a real disk does. It may leave
     * room for deleting.
     *
     * @param steps zero for a disk that is full already
     */
    void fullAfter(int steps);

    /** Whether a step found no room since the last {@link #fullAfter}, also after healing. */
    boolean wasFull();
}
