// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.ice.stun.StunAttribute;
import com.techpro.callclient.engine.internal.ice.stun.StunMessage;
import java.util.Random;

/** Which side controls (RFC 8445 §6.1.1), and who yields where both think so. */
final class IceRole {
    private final Random random;
    private boolean controlling;
    private long tieBreaker;

    IceRole(boolean controlling, Random random) {
        this.controlling = controlling;
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** What a request says of its sender's role (§7.3.1.1). */
    enum Claim {
        /** Not the role that this side has. */
        NONE,
        /** The role that this side has, and keeps. */
        REFUSED,
        /** The role that this side has, and has to leave. */
        GRANTED
    }

    boolean isControlling() {
        return controlling;
    }

    long tieBreaker() {
        return tieBreaker;
    }

    Claim claim(StunMessage request) {
        Long theirs = request.uint64(controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED);
        if (theirs == null) {
            return Claim.NONE;
        }
        boolean greater = Long.compareUnsigned(tieBreaker, theirs) >= 0;
        return greater == controlling ? Claim.REFUSED : Claim.GRANTED;
    }

    void change() {
        controlling = !controlling;
    }

    /** After a request of this side was refused for its role (§7.2.5.1). */
    void renewTieBreaker() {
        tieBreaker = random.nextLong();
    }
}
