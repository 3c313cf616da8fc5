// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

/**
 * The app is locked, and the requested operation is not available until it is unlocked. A host
 * checks {@link AppLock#isLocked} first. It must also expect this exception, because a time-out may
 * lock the app in between.
 */
public final class LockedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LockedException() {
        super("the app is locked");
    }
}
