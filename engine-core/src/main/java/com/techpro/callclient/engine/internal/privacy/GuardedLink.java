// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DatagramLink;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A UDP socket that sends only to permitted destinations; others are unreachable. */
final class GuardedLink implements DatagramLink {
    private final DatagramLink link;
    private final PermittedDestinations permitted;

    GuardedLink(DatagramLink link, PermittedDestinations permitted) {
        this.link = link;
        this.permitted = permitted;
    }

    @Override
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
        return permitted.permits(to) ? link.send(packet, to) : SendStatus.UNREACHABLE;
    }

    @Override
    public void close() {
        link.close();
    }
}
