// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** Which sides hold a call. */
public enum HoldState {
    NONE,
    /** This side: nothing is heard or sent, and the microphone is closed (promise C11). */
    LOCAL,
    /** The other side. */
    REMOTE,
    BOTH;

    /** The state in which one, both or none of the sides hold. */
    public static HoldState of(boolean local, boolean remote) {
        if (local) {
            return remote ? BOTH : LOCAL;
        }
        return remote ? REMOTE : NONE;
    }

    public boolean isLocal() {
        return this == LOCAL || this == BOTH;
    }

    public boolean isRemote() {
        return this == REMOTE || this == BOTH;
    }
}
