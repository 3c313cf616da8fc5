// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.ice.IceCandidate;
import com.techpro.callclient.engine.internal.ice.IceState;
import com.techpro.callclient.engine.internal.ice.turn.TurnFailure;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Hears of a session, on its media loop: implementations post to their own loop and return. */
public interface MediaListener {
    /** The far end's key was released. */
    void dtmf(char digit, Duration length);

    /** The first sound of the far end has come that is due to be heard; told once. */
    default void soundCame() {}

    /** Authenticated media comes from here, and ours goes there from now on. */
    void remoteLatched(InetSocketAddress from);

    /** A handshake comes from there and not from where the signalling said, and is answered there while it lasts; media is not. */
    default void handshakeFrom(InetSocketAddress from) {}

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

    /** A candidate of this side, to tell the other: in a description, or after it (RFC 8838). */
    default void localCandidate(IceCandidate candidate) {}

    /**
     * No more candidates are waited for: within 250 ms of the opening, or of a restart, which gives other credentials. What a slow server still says comes as a
     * {@link #localCandidate}.
     */
    default void candidatesGathered(IceAttributes description) {}

    /** After {@link #candidatesGathered} told less than all, there are no more. */
    default void candidatesComplete() {}

    /** What is heard of the other side comes from an address that it had not named, and answers go there. */
    default void peerReflexive(InetSocketAddress address) {}

    /** Where ICE stands. Media stops where consent is lost; then, or where no way is found, a restart may help. */
    default void iceStateChanged(IceState state) {}

    /** A TURN server gives no relayed address, or takes it back. */
    default void relayFailed(TurnFailure failure) {}

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
        /** Relayed addresses alone may be told, and there is none. */
        NO_RELAY,
        /** The socket was closed under us. */
        SOCKET_CLOSED,
        /** An exception at each frame, for a second: a bug. */
        FAULT
    }
}
