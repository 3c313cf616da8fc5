// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.PacketClass;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway with a public address and ICE lite (RFC 8445 §2.5): answers checks, makes none, and sends back in clear what it hears. */
final class LitePeer implements AutoCloseable {
    private static final IceCredentials CREDENTIALS = new IceCredentials("lite", "lite-password-of-22-characters");

    private final DatagramLink link;

    @Nullable
    IceAttributes description;

    int nominations;

    LitePeer(SimulatedHost host) throws IOException {
        link = host.openDatagram(new InetSocketAddress(host.addresses().get(0), 0), this::received);
    }

    InetSocketAddress address() {
        return link.localAddress();
    }

    IceAttributes attributes() {
        return new IceAttributes(
                CREDENTIALS,
                true,
                false,
                true,
                Set.of(),
                List.of(IceCandidate.host(1, address(), IceCandidate.MAX_PREFERENCE)),
                List.of());
    }

    MediaParameters parameters() {
        return new MediaParameters(
                address(), null, PayloadFormat.ofStatic(G711.ULAW), -1, MediaDirection.SENDRECV, null, null);
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        if (PacketClass.of(packet) == PacketClass.STUN) {
            StunMessage message = ((StunParseResult.Parsed) StunParser.parse(packet)).message();
            if (message.kind() == StunClass.REQUEST && message.isAuthentic(key())) {
                nominations += message.has(StunAttribute.USE_CANDIDATE) ? 1 : 0;
                link.send(
                        ByteBuffer.wrap(new StunWriter(StunClass.SUCCESS, message.method(), message.id())
                                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from)
                                .integrity(key())
                                .fingerprint()),
                        from);
            }
            return;
        }
        byte[] echo = new byte[packet.remaining()];
        packet.get(echo);
        // As another source.
        echo[8] ^= 0x55;
        if ((echo[1] & 0x7F) == 0) {
            link.send(ByteBuffer.wrap(echo), from);
        }
    }

    private static IntegrityKey key() {
        return IntegrityKey.shortTerm(CREDENTIALS.password());
    }

    @Override
    public void close() {
        link.close();
    }
}
