// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a {@link MediaTransport}. It may be opened on any thread; packets that arrive before
 * it is attached are lost.
 */
final class MediaLink {
    /** The component of RTP, and of RTCP on the same port (RFC 8445 §5.1.1). */
    static final int RTP = 1;
    /** The component of RTCP on a port of its own. */
    static final int RTCP = 2;

    private final int component;
    private final DatagramLink socket;
    // Belongs to the loop.
    private @Nullable MediaStream stream;

    MediaLink(MediaLoop loop, InetSocketAddress local, int component) throws IOException {
        this.component = component;
        socket = loop.open(local, this::received);
    }

    int component() {
        return component;
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    DatagramLink socket() {
        return socket;
    }

    SendStatus send(ByteBuffer packet, InetSocketAddress to) {
        return socket.send(packet, to);
    }

    /** Passes arriving packets to this stream from now on. */
    void attach(MediaStream to) {
        stream = to;
    }

    void close() {
        socket.close();
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        MediaStream taker = stream;
        if (taker != null) {
            taker.received(this, packet, from);
        }
    }
}
