// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

/**
 * A disk under a store that can become full in the middle of a write (ENOSPC). A step is any
 * operation that can fail for lack of space: creating, writing, syncing or renaming a file.
 * {@link SecureStoreContract} tries each step in turn. Called from the test's thread only.
 */
public interface FullDisk {
    /**
     * Allows this many steps from now on and fails all later ones, until the kit heals the
     * platform. A failing write leaves part of its data behind, as a real disk does. Deleting may
     * still succeed.
     *
     * @param steps zero for a disk that is full already
     */
    void fullAfter(int steps);

    /** Whether a step has failed since the last {@link #fullAfter}, also after healing. */
    boolean wasFull();
}
