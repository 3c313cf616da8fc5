// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice.stun;

/** What kind of message it is (RFC 8489 §5); in the order of the two class bits. */
public enum StunClass {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR;

    public boolean isResponse() {
        return this == SUCCESS || this == ERROR;
    }
}
