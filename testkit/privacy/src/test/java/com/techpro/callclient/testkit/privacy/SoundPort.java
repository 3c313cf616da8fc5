// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port of the far end of a call, for sound or for reports, perhaps with a DTLS handshake of its
 * own (RFC 5764 §4.2).
 */
final class SoundPort implements DtlsHandshake.Listener, AutoCloseable {
    private final DatagramLink link;
    private final List<byte[]> flights = new ArrayList<>();
    private @Nullable InetSocketAddress phone;
    private @Nullable DtlsHandshake handshake;

    /** What came that is none of a handshake's. */
    final List<byte[]> received = new ArrayList<>();

    @Nullable
    DtlsKeys keys;

    SoundPort(SimulatedNetwork network, String address, int port, Consumer<Runnable> loop) {
        try {
            link = network.host(address).openDatagram(new InetSocketAddress(address, port), (packet, from) -> {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                loop.accept(() -> arrived(bytes, from));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the loop; what came before is for it. */
    void handshake(InetSocketAddress with, DtlsHandshake begun) {
        phone = with;
        handshake = begun;
        flights.forEach(flight -> begun.received(ByteBuffer.wrap(flight)));
        flights.clear();
    }

    private void arrived(byte[] bytes, InetSocketAddress from) {
        phone = from;
        boolean flight = bytes[0] >= 20 && bytes[0] <= 63;
        if (!flight) {
            received.add(bytes);
        } else if (handshake != null) {
            handshake.received(ByteBuffer.wrap(bytes));
        } else {
            flights.add(bytes);
        }
    }

    @Override
    public void send(ByteBuffer datagram) {
        if (phone == null) {
            throw new AssertionError("nobody has called yet");
        }
        link.send(datagram, phone);
    }

    @Override
    public void established(DtlsKeys agreed) {
        keys = agreed;
    }

    @Override
    public void failed(DtlsFailure reason) {
        throw new AssertionError("the far end's handshake failed: " + reason);
    }

    @Override
    public void close() {
        if (handshake != null) {
            handshake.close();
        }
        link.close();
    }
}
