// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** Who has put a call on hold. */
public enum HoldState {
    NONE,
    /** This side: nothing is heard or sent, and the microphone is closed (promise C11). */
    LOCAL,
    /** The other side. */
    REMOTE,
    BOTH;

    /** The state that the two sides' wishes make together. */
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
