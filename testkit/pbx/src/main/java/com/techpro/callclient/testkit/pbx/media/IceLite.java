// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445 §2.5) on a port with one address. It answers checks, sends none,
 * and remembers the address that the device last nominated. Its answers also give the consent of
 * RFC 7675. Media loop only.
 */
final class IceLite {
    private static final int ROLE_CONFLICT = 487;

    private @Nullable IceCredentials local;
    private @Nullable IntegrityKey key;
    private @Nullable String nominator;
    private @Nullable InetSocketAddress nominated;

    /** Sets the credentials that checks must have from now on. */
    void expect(IceCredentials credentials) {
        if (!credentials.equals(local)) {
            local = credentials;
            key = IntegrityKey.shortTerm(credentials.password());
        }
    }

    /** Returns the address nominated under that ufrag; null before a nomination. */
    @Nullable
    InetSocketAddress nominatedBy(String ufrag) {
        return ufrag.equals(nominator) ? nominated : null;
    }

    /**
     * Handles a check.
     *
     * @return the answer; null if it is not a check, or its password is wrong
     */
    @Nullable
    ByteBuffer received(ByteBuffer packet, InetSocketAddress from) {
        IceCredentials ours = local;
        IntegrityKey integrity = key;
        if (ours == null
                || integrity == null
                || !(StunParser.parse(packet) instanceof StunParseResult.Parsed parsed)
                || parsed.message().kind() != StunClass.REQUEST
                || parsed.message().method() != StunMethod.BINDING) {
            return null;
        }
        StunMessage check = parsed.message();
        String username = check.text(StunAttribute.USERNAME);
        if (username == null || !username.startsWith(ours.ufrag() + ":") || !check.isAuthentic(integrity)) {
            return null;
        }
        if (check.has(StunAttribute.ICE_CONTROLLED)) {
            // RFC 8445 §6.1.1: opposite a lite side, the full side controls.
            return ByteBuffer.wrap(new StunWriter(StunClass.ERROR, StunMethod.BINDING, check.id())
                    .error(ROLE_CONFLICT)
                    .integrity(integrity)
                    .fingerprint());
        }
        if (check.has(StunAttribute.USE_CANDIDATE)) {
            nominator = username.substring(ours.ufrag().length() + 1);
            nominated = from;
        }
        return ByteBuffer.wrap(new StunWriter(StunClass.SUCCESS, StunMethod.BINDING, check.id())
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from)
                .integrity(integrity)
                .fingerprint());
    }
}
