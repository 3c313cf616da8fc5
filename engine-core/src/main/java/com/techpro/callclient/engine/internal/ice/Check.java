// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.ice.stun.Retransmission;
import com.techpro.callclient.engine.internal.ice.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/** A Binding request on its way: a connectivity check, or a question whether the other side still consents. */
final class Check {
    final TransactionId id;
    final CheckList list;
    final CandidatePair pair;
    final byte[] packet;
    final boolean controlling;
    final boolean useCandidate;

    /** Null of a question for consent, which is sent once (RFC 7675 §5.1). */
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
}
