// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Hears of a session, on its media loop: implementations post to their own loop and return. */
public interface MediaListener {
    /** The far end's key was released. */
    void dtmf(char digit, Duration length);

    /** Authenticated media comes from here, and ours goes there from now on. */
    void remoteLatched(InetSocketAddress from);

    /** As {@link #remoteLatched}, for reports that have their own port. */
    default void reportsLatched(InetSocketAddress from) {}

    /**
     * Nothing authentic has arrived for this long although it should; told once a second, from two seconds on. Once sound has come, reports count as arriving: a far
     * end that sends none while it is silent (RFC 3551 §4.1) is not missing. Before, they do not: whoever reports and was never heard is on a way that sound does not
     * take.
     */
    void rtpTimeout(Duration silence);

    /** Media arrives again after {@link #rtpTimeout}, or need not arrive any more. */
    void resumed();

    /** A handshake has given keys: media flows from now on, protected by this. */
    default void keyed(SrtpSuite suite) {}

    /** The session can send no more. It stays open until closed. */
    void failed(Reason reason);

    /** The last packet was sent and the ports are released. */
    default void closed() {}

    /** Why a session fails. */
    enum Reason {
        /** The master key's lifetime is used up (RFC 3711 §9.2); a new key must be negotiated. */
        KEY_EXPIRED,
        /** The handshake that was to give keys has failed. */
        NO_KEYS,
        /** Whoever took part in the handshake is not the one that the signalling told of. */
        SOMEBODY_ELSE,
        /** The socket was closed under us. */
        SOCKET_CLOSED,
        /** An exception at each frame, for a second: a bug. */
        FAULT
    }
}
