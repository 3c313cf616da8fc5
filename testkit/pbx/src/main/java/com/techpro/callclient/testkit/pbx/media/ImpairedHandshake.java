// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Handshake;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One way of one port's handshakes of DTLS, with what goes wrong on purpose. Media loop only. */
final class ImpairedHandshake {
    private final MediaImpairment impairment;
    private final ImpairedPath.Next next;
    private int datagrams;

    ImpairedHandshake(MediaImpairment impairment, ImpairedPath.Next next) {
        this.impairment = impairment;
        this.next = next;
    }

    /** What comes now is of another handshake. */
    void begin() {
        datagrams = 0;
    }

    /** Lets a datagram go its way. It is read before this returns. */
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
