// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import org.jspecify.annotations.Nullable;

/** The methods of STUN and TURN (RFC 8489 §18.2, RFC 8656 §17). */
public enum StunMethod {
    BINDING(1),
    ALLOCATE(3),
    REFRESH(4),
    SEND(6),
    DATA(7),
    CREATE_PERMISSION(8),
    CHANNEL_BIND(9);

    private final int code;

    StunMethod(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable StunMethod of(int code) {
        for (StunMethod method : values()) {
            if (method.code == code) {
                return method;
            }
        }
        return null;
    }
}
