// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

/** The direction of media, from this side's view (RFC 3264 §5.1). */
public enum MediaDirection {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    /** Returns this direction with receiving added. */
    public MediaDirection receiving() {
        return sends ? SENDRECV : RECVONLY;
    }
}
