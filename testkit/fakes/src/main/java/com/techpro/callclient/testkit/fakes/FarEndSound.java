// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The far end's audio: SDP bodies with SDES keys (RFC 4568), and silence in G.711 as SRTP. */
final class FarEndSound {
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final int SAMPLES = 160;
    private static final byte SILENCE = (byte) 0xff;
    /** The payload type that the engine gives to telephone-event at 8,000 Hz. */
    private static final int EVENT = 101;

    private final Loop loop;
    private final DatagramLink link;
    private final Random random;
    private final StringBuilder digits = new StringBuilder();
    private @Nullable SrtpKeys keys;
    private @Nullable SrtpContext cipher;
    private @Nullable SrtpKeys clientKeys;
    private @Nullable SrtpContext clientCipher;
    private int lastEvent;
    private @Nullable InetSocketAddress target;
    private boolean speaking;
    private boolean silenced;
    private boolean closed;
    private int version;
    private int sequence;

    /** @param name of this far end, unlike all others */
    FarEndSound(VirtualTime time, Network network, String name) {
        loop = time.openLoop(name);
        random = time.random(name);
        try {
            link = network.openDatagram(new InetSocketAddress(Addresses.HOST, 0), (packet, from) -> hear(packet));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a body that offers audio, after its Content-Type. */
    List<String> offer(String direction) {
        return body("RTP/SAVP", 1, keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80), direction);
    }

    /** Returns a body that answers an offer. */
    List<String> answer(ScriptedMessage offer, String direction) {
        CryptoAttribute.Usable theirs = learn(offer);
        String profile = offer.bodyLines("m=audio").get(0).split(" ")[2];
        return body(profile, theirs.tag(), keys(theirs.keys().suite()), direction);
    }

    /** Takes the address and the keys from the client's SDP. */
    CryptoAttribute.Usable learn(ScriptedMessage description) {
        String port = description.bodyLines("m=audio ").get(0).split(" ")[0];
        target = new InetSocketAddress(description.bodyLines("c=IN IP4 ").get(0), Integer.parseInt(port));
        for (String line : description.bodyLines("a=crypto:")) {
            if (SrtpKeys.parse(line) instanceof CryptoAttribute.Usable usable) {
                if (clientKeys == null || !usable.keys().equals(clientKeys)) {
                    clientKeys = usable.keys();
                    clientCipher = new SrtpContext(usable.keys());
                }
                return usable;
            }
        }
        throw new AssertionError("the client has no SDES key");
    }

    /** Returns the digits that the client sent as events (RFC 4733). */
    String digits() {
        return digits.toString();
    }

    private void hear(ByteBuffer packet) {
        SrtpContext protection = clientCipher;
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        ByteBuffer copy = ByteBuffer.wrap(bytes);
        if (protection != null
                && bytes.length > 16
                && (bytes[1] & 0x7f) == EVENT
                && protection.unprotectRtp(copy) == SrtpStatus.OK
                && copy.getInt(4) != lastEvent) {
            lastEvent = copy.getInt(4);
            digits.append("0123456789*#ABCD".charAt(bytes[12] & 0xf));
        }
    }

    void start() {
        if (!speaking) {
            speaking = true;
            loop.execute(this::speak);
        }
    }

    void silence(boolean now) {
        silenced = now;
    }

    private SrtpKeys keys(SrtpSuite suite) {
        SrtpKeys known = keys;
        if (known == null || known.suite() != suite) {
            known = SrtpKeys.generate(suite, random);
            keys = known;
            cipher = new SrtpContext(known);
        }
        return known;
    }

    private List<String> body(String profile, int tag, SrtpKeys sending, String direction) {
        version++;
        return List.of(
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 20 " + version + " IN IP4 " + Addresses.HOST,
                "s=-",
                "c=IN IP4 " + Addresses.HOST,
                "t=0 0",
                "m=audio " + link.localAddress().getPort() + " " + profile + " 0 " + EVENT,
                "a=rtpmap:" + EVENT + " telephone-event/8000",
                "a=crypto:" + sending.toCryptoAttribute(tag),
                "a=" + direction);
    }

    private void speak() {
        if (closed) {
            return;
        }
        SrtpContext protection = cipher;
        if (!silenced && target != null && protection != null) {
            ByteBuffer packet = ByteBuffer.allocate(12 + SAMPLES + SrtpContext.MAX_TRAILER);
            Arrays.fill(packet.array(), SILENCE);
            packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
            packet.putInt(sequence * SAMPLES).putInt(0x5e5d);
            packet.position(12 + SAMPLES).flip();
            protection.protectRtp(packet);
            link.send(packet, target);
        }
        sequence++;
        loop.schedule(FRAME, this::speak);
    }

    void close() {
        if (!closed) {
            closed = true;
            link.close();
            loop.close();
        }
    }
}
