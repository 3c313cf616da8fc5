// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The app is locked, and the requested operation is not available until it is unlocked. A host
 * checks {@link AppLock#isLocked} first. It must also expect this exception, because a time-out may
 * lock the app in between.
 */
public final class LockedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final SecureStoreException.@Nullable Reason reason;

    public LockedException() {
        super("the app is locked");
        this.reason = null;
    }

    /** @param reason why the store does not say whether the user has locked the app */
    public LockedException(SecureStoreException.Reason reason) {
        super("the app counts as locked: " + reason.advice());
        this.reason = reason;
    }

    /**
     * Returns why the store cannot be read, so that the app counts as locked; null if the user has
     * locked it. For {@code IN_USE} and {@code LOCKED} the engine has begun to read the store again,
     * and reports success by
     * {@link com.techpro.callclient.engine.CallClientListener#lockChanged}.
     */
    public SecureStoreException.@Nullable Reason reason() {
        return reason;
    }
}
