// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Handshake;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Applies impairments to one direction of a port's DTLS handshakes. Media loop only. */
final class ImpairedHandshake {
    private final MediaImpairment impairment;
    private final ImpairedPath.Next next;
    private int datagrams;

    ImpairedHandshake(MediaImpairment impairment, ImpairedPath.Next next) {
        this.impairment = impairment;
        this.next = next;
    }

    /** Begins another handshake. */
    void begin() {
        datagrams = 0;
    }

    /** Forwards a datagram or impairs it. Reads it before returning. */
    void pass(ByteBuffer datagram, InetSocketAddress peer) {
        Handshake figures = impairment.figures().handshake();
        if (datagrams++ < figures.lost()) {
            return;
        }
        if (figures.doubled()) {
            next.pass(datagram.duplicate(), peer);
        }
        next.pass(datagram, peer);
    }
}
