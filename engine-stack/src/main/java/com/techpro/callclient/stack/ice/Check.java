// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.Retransmission;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/** A pending Binding request: a connectivity check or a consent check. */
final class Check {
    final TransactionId id;
    final CheckList list;
    final CandidatePair pair;
    final byte[] packet;
    final boolean controlling;
    final boolean useCandidate;

    /** Null for a consent check, which is sent once (RFC 7675 §5.1). */
    @Nullable
    Retransmission sending;

    long due;

    Check(
            TransactionId id,
            CheckList list,
            CandidatePair pair,
            byte[] packet,
            boolean controlling,
            boolean useCandidate) {
        this.id = id;
        this.list = list;
        this.pair = pair;
        this.packet = packet;
        this.controlling = controlling;
        this.useCandidate = useCandidate;
    }

    /** Its pair fails, unless a later check of it is pending. */
    void failed() {
        if (equals(pair.check)) {
            pair.check = null;
            pair.state = CandidatePair.State.FAILED;
            pair.valid = false;
            pair.useCandidate = false;
        }
    }
}
