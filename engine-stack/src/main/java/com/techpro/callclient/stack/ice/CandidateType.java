// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import org.jspecify.annotations.Nullable;

/** The origin of a candidate, which determines its preference (RFC 8445 §5.1.2.2). */
public enum CandidateType {
    HOST("host", 126),
    PEER_REFLEXIVE("prflx", 110),
    SERVER_REFLEXIVE("srflx", 100),
    RELAYED("relay", 0);

    private final String token;
    private final int preference;

    CandidateType(String token, int preference) {
        this.token = token;
        this.preference = preference;
    }

    /** Returns the SDP token (RFC 8839 §5.1). */
    public String token() {
        return token;
    }

    int preference() {
        return preference;
    }

    static @Nullable CandidateType of(String token) {
        for (CandidateType type : values()) {
            if (type.token.equals(token)) {
                return type;
            }
        }
        return null;
    }
}
