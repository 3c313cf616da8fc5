// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.ice.turn.TurnFailure;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Receives a session's events, on its media loop. Implementations post to their own loop and
 * return.
 */
public interface MediaListener {
    /** The far end released a key. */
    void dtmf(char digit, Duration length);

    /** The first audible packet of the far end arrived; called once. */
    default void soundCame() {}

    /** Authenticated media comes from this address, and ours goes there from now on. */
    void remoteLatched(InetSocketAddress from);

    /**
     * A datagram of a DTLS handshake is about to go to an address other than the signalled one,
     * because the handshake comes from there. No media is sent there. May repeat itself.
     */
    default void handshakeFrom(InetSocketAddress from) {}

    /** As {@link #remoteLatched}, for RTCP on its own port. */
    default void reportsLatched(InetSocketAddress from) {}

    /**
     * Nothing authentic has arrived for this long although it should. Called once a second, from
     * two seconds on; from 15 seconds on if only reports have been arriving.
     *
     * <p>After the first sound, reports count as arriving: a far end that sends nothing while it is
     * silent (RFC 3551 §4.1) is not missing. Before it, they do not count: a far end that reports
     * but was never heard uses a path that blocks its sound.
     */
    void rtpTimeout(Duration silence);

    /** Media arrives again after {@link #rtpTimeout}, or is no longer due. */
    void resumed();

    /** A handshake produced keys: media flows from now on, protected by this suite. */
    default void keyed(SrtpSuite suite) {}

    /** The session can send no more. It stays open until closed. */
    void failed(Reason reason);

    /** A local candidate for the other side: send it in a description, or after it (RFC 8838). */
    default void localCandidate(IceCandidate candidate) {}

    /**
     * No more candidates are awaited. Called within 350 ms of the opening, or of a restart, which
     * changes the credentials; at once if the other side takes later candidates. Later answers of
     * servers come as {@link #localCandidate}.
     */
    default void candidatesGathered(IceAttributes description) {}

    /**
     * There are no more candidates; called if {@link #candidatesGathered} came before all were
     * known.
     */
    default void candidatesComplete() {}

    /** A check of the other side comes from an address that it did not signal; answers go there. */
    default void peerReflexive(InetSocketAddress address) {}

    /**
     * The ICE state. Media stops if consent is lost. In that case, or if no pair is found, a
     * restart may help.
     */
    default void iceStateChanged(IceState state) {}

    /** A TURN server refuses or withdraws a relayed address. */
    default void relayFailed(TurnFailure failure) {}

    /** The last packet was sent and the ports are released. */
    default void closed() {}

    /** The reason why a session failed. */
    enum Reason {
        /** The master key's lifetime is used up (RFC 3711 §9.2); a new key must be negotiated. */
        KEY_EXPIRED,
        /** The DTLS handshake failed. */
        NO_KEYS,
        /** The certificate of the handshake is not the signalled one. */
        SOMEBODY_ELSE,
        /** Only relayed addresses may be used, and there is none. */
        NO_RELAY,
        /** The socket was closed from outside. */
        SOCKET_CLOSED,
        /** Every frame threw an exception for a second: a bug. */
        FAULT
    }
}
