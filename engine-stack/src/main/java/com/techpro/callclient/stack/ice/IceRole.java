// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import java.util.Random;

/** The ICE role of this side (RFC 8445 §6.1.1), and the resolution of role conflicts. */
final class IceRole {
    private final Random random;
    private boolean controlling;
    private long tieBreaker;

    IceRole(boolean controlling, Random random) {
        this.controlling = controlling;
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    /** The role that a request claims for its sender, compared with ours (§7.3.1.1). */
    enum Claim {
        /** The other role: no conflict. */
        NONE,
        /** Our role, which we keep. */
        REFUSED,
        /** Our role, which we have to give up. */
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

    /** A request of this side was refused because of its role (§7.2.5.1). */
    void renewTieBreaker() {
        tieBreaker = random.nextLong();
    }
}
