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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway with a public address and ICE lite (RFC 8445 §2.5): answers checks, makes none, and sends back in clear what it hears. */
final class LitePeer implements AutoCloseable {
    private static final IceCredentials CREDENTIALS = new IceCredentials("lite", "lite-password-of-22-characters");

    private final DatagramLink link;

    @Nullable
    IceAttributes description;

    int nominations;
    int answered;
    /** Whether checks are answered. */
    boolean answers = true;
    /** Of its candidate. */
    final int preference;
    /** The datagrams of handshakes that it got. */
    final List<byte[]> handshakes = new ArrayList<>();

    LitePeer(SimulatedHost host) throws IOException {
        this(host, IceCandidate.MAX_PREFERENCE);
    }

    LitePeer(SimulatedHost host, int preference) throws IOException {
        this.preference = preference;
        link = host.openDatagram(new InetSocketAddress(host.addresses().get(0), 0), this::received);
    }

    InetSocketAddress address() {
        return link.localAddress();
    }

    void send(ByteBuffer packet, InetSocketAddress to) {
        link.send(packet, to);
    }

    /** @param others at which it is, too */
    IceAttributes attributes(LitePeer... others) {
        List<IceCandidate> candidates = Stream.concat(Stream.of(this), Stream.of(others))
                .map(peer -> IceCandidate.host(1, peer.address(), peer.preference))
                .toList();
        return new IceAttributes(CREDENTIALS, true, false, true, Set.of(), candidates, List.of());
    }

    MediaParameters parameters() {
        return new MediaParameters(
                address(), null, PayloadFormat.ofStatic(G711.ULAW), -1, MediaDirection.SENDRECV, null, null);
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        if (PacketClass.of(packet) == PacketClass.STUN) {
            StunMessage message = ((StunParseResult.Parsed) StunParser.parse(packet)).message();
            if (answers && message.kind() == StunClass.REQUEST && message.isAuthentic(key())) {
                answered++;
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
        if (PacketClass.of(ByteBuffer.wrap(echo)) == PacketClass.DTLS) {
            handshakes.add(echo);
            return;
        }
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
