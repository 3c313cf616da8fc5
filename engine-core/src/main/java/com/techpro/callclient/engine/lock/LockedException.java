// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

/**
 * The app is locked, and what was asked for is not there for whoever holds the device. A host asks {@link AppLock#isLocked} first; since
 * a time-out may come in between, it is also ready for this.
 */
public final class LockedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LockedException() {
        super("the app is locked");
    }
}
