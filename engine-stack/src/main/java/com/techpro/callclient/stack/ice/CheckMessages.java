// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunError;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import java.net.InetSocketAddress;

/** The Binding requests and responses of ICE (RFC 8445 §7.1, §7.3). */
final class CheckMessages {
    private CheckMessages() {}

    /**
     * @param priority of the peer-reflexive candidate that the other side may discover by this
     *     request (§7.1.1)
     */
    static byte[] request(
            TransactionId id,
            String username,
            IntegrityKey key,
            long priority,
            boolean controlling,
            long tieBreaker,
            boolean useCandidate) {
        StunWriter writer = new StunWriter(StunClass.REQUEST, StunMethod.BINDING, id)
                .text(StunAttribute.USERNAME, username)
                .uint32(StunAttribute.PRIORITY, priority)
                .uint64(controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED, tieBreaker);
        if (useCandidate) {
            writer.flag(StunAttribute.USE_CANDIDATE);
        }
        return writer.integrity(key).fingerprint();
    }

    static byte[] success(StunMessage request, InetSocketAddress from, IntegrityKey key) {
        return new StunWriter(StunClass.SUCCESS, StunMethod.BINDING, request.id())
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from)
                .integrity(key)
                .fingerprint();
    }

    static byte[] roleConflict(StunMessage request, IntegrityKey key) {
        return new StunWriter(StunClass.ERROR, StunMethod.BINDING, request.id())
                .error(StunError.ROLE_CONFLICT)
                .integrity(key)
                .fingerprint();
    }

    static byte[] unknownAttributes(StunMessage request, IntegrityKey key) {
        return new StunWriter(StunClass.ERROR, StunMethod.BINDING, request.id())
                .error(StunError.UNKNOWN_ATTRIBUTE)
                .unknownAttributes(request.unknownRequired())
                .integrity(key)
                .fingerprint();
    }

    /**
     * RFC 8489 §9.1.3: the receiver does not know the password, so the response has no integrity.
     */
    static byte[] refusal(StunMessage request, int code) {
        return new StunWriter(StunClass.ERROR, StunMethod.BINDING, request.id())
                .error(code)
                .fingerprint();
    }
}
