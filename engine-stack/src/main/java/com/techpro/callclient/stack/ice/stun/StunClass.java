// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

/** The message class (RFC 8489 §5). */
public enum StunClass {
    REQUEST(0),
    INDICATION(1),
    SUCCESS(2),
    ERROR(3);

    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    static StunClass of(int bits) {
        return switch (bits) {
            case 0 -> REQUEST;
            case 1 -> INDICATION;
            case 2 -> SUCCESS;
            default -> ERROR;
        };
    }

    public boolean isResponse() {
        return this == SUCCESS || this == ERROR;
    }
}
