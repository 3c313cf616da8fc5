// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Receives the packets of a {@link DatagramLink}. */
@FunctionalInterface
public interface DatagramReceiver {
    /**
     * Receives one packet.
     *
     * @param packet its bytes, from position to limit; valid only until this method returns
     * @param from the sender
     */
    void received(ByteBuffer packet, InetSocketAddress from);
}
