// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The socket of a lite agent (RFC 8445 §2.5), which answers checks and makes none. Its STUN is written by hand. */
final class LiteIcePeer implements AutoCloseable {
    static final String UFRAG = "8hhY";
    static final String PASSWORD = "asd88fgpdd777uzjYhagZg";

    /** Of the checks, as they came. */
    final List<String> usernames = new ArrayList<>();

    /** Packets that were no checks. */
    int heard;

    final DatagramLink socket;
    private final String password;
    private @Nullable String only;
    private boolean silent;
    private @Nullable InetSocketAddress phone;
    private int sequence;

    LiteIcePeer(SimulatedHost host, InetSocketAddress address) {
        this(host, address, PASSWORD);
    }

    LiteIcePeer(SimulatedHost host, InetSocketAddress address, String password) {
        this.password = password;
        try {
            socket = host.openDatagram(address, this::received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks by any other username are not answered. */
    void onlyFrom(String username) {
        only = username;
    }

    /** Whether it answers checks; it does at first. */
    void answersChecks(boolean does) {
        silent = !does;
    }

    /** Sends to where the last check came from. */
    void say(byte[] packet) {
        socket.send(ByteBuffer.wrap(packet), Objects.requireNonNull(phone, "nobody has checked"));
    }

    /** A packet of G.711. */
    void speak() {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) ++sequence)
                .putInt(sequence * 160)
                .putInt(0x5e5c);
        say(packet.array());
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        byte[] request = new byte[packet.remaining()];
        packet.get(request);
        if (request.length < 20 || request[0] != 0 || request[1] != 1) {
            heard++;
            return;
        }
        for (int at = 20; at + 4 <= request.length; ) {
            int type = ByteBuffer.wrap(request).getShort(at);
            int length = ByteBuffer.wrap(request).getShort(at + 2);
            if (type == 0x06) {
                usernames.add(new String(request, at + 4, length, StandardCharsets.UTF_8));
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        phone = from;
        if (silent) {
            return;
        }
        if (only != null && !usernames.get(usernames.size() - 1).equals(only)) {
            return;
        }
        socket.send(ByteBuffer.wrap(answer(Arrays.copyOfRange(request, 4, 20), from)), from);
    }

    /** Success, with XOR-MAPPED-ADDRESS, MESSAGE-INTEGRITY and FINGERPRINT. */
    private byte[] answer(byte[] cookieAndId, InetSocketAddress from) {
        ByteBuffer message = ByteBuffer.allocate(20 + 12 + 24 + 8);
        message.putShort((short) 0x0101).putShort((short) (12 + 24)).put(cookieAndId);
        message.putShort((short) 0x20).putShort((short) 8).putShort((short) 1);
        message.putShort((short) (from.getPort() ^ 0x2112));
        byte[] ip = from.getAddress().getAddress();
        for (int i = 0; i < 4; i++) {
            message.put((byte) (ip[i] ^ cookieAndId[i]));
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] signature = mac.doFinal(Arrays.copyOf(message.array(), message.position()));
            message.putShort((short) 0x08).putShort((short) 20).put(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        message.putShort(2, (short) (12 + 24 + 8));
        CRC32 crc = new CRC32();
        crc.update(message.array(), 0, message.position());
        message.putShort((short) 0x8028).putShort((short) 4).putInt((int) crc.getValue() ^ 0x5354554E);
        return message.array();
    }

    @Override
    public void close() {
        socket.close();
    }

    /** What an INFO that tells candidates has after its first lines (RFC 8840 §4). */
    static String[] fragment(String password, String mid, String... of) {
        List<String> all = new ArrayList<>(List.of(
                "Info-Package: trickle-ice",
                "Content-Type: application/trickle-ice-sdpfrag",
                "Content-Disposition: Info-Package",
                "",
                "a=ice-ufrag:" + UFRAG,
                "a=ice-pwd:" + password,
                "m=audio 9 RTP/AVP 0",
                "a=mid:" + mid));
        all.addAll(List.of(of));
        return all.toArray(new String[0]);
    }
}
