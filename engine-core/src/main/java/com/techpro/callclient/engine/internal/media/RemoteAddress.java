// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where to send: first where the signalling says, then, for SRTP, where authentic packets come from (symmetric RTP, RFC 4961), because a NAT in front of the far
 * end may have changed its address. Only a packet that passed authentication and replay protection can move it, and only once what was heard before has gone
 * quiet; so nobody without the key can draw media to himself.
 *
 * <p>Where a handshake comes from is {@link DtlsAssociation}'s to judge; media follows it once it has shown the certificate that was signalled.
 *
 * <p>With ICE the selected pair alone says where.
 *
 * <p>When the signalling names another address that one wins at once: where media went before, a source may still be sending that has not heard of it, and must not draw
 * media back.
 */
final class RemoteAddress {
    /** What was heard before must be silent this long: more than ten packets. */
    private static final long QUIET_NANOS = 250_000_000;

    /**
     * So long the address before is not believed. Then it is, if nothing came from anywhere else: a far end behind a NAT may name another private address and send as
     * before.
     */
    private static final long SUPERSEDED_NANOS = 10_000_000_000L;

    private @Nullable InetSocketAddress signalled;
    private @Nullable InetSocketAddress superseded;
    private long supersededAt;
    private @Nullable InetSocketAddress current;
    private boolean byIce;
    private boolean heard;
    private long lastHeard;

    /**
     * The signalling says where. The same address again does not undo what has been latched.
     *
     * @param rekeyed whether there are new keys as well, so that what is authentic from now on is of the new source, wherever it comes from
     */
    void signalled(@Nullable InetSocketAddress address, boolean rekeyed, long now) {
        if (address == null || !address.equals(signalled)) {
            superseded = rekeyed || !heard ? null : current;
            supersededAt = now;
            signalled = address;
            if (!byIce) {
                current = address;
            }
            heard = false;
        }
    }

    /** ICE says where; null is nowhere for now. Neither signalling nor packets have a say in it, until {@link #iceStopped}. */
    void select(@Nullable InetSocketAddress address) {
        byIce = true;
        current = address;
    }

    /** Whether pairs alone say where. */
    boolean isByIce() {
        return byIce;
    }

    /** The other side does without ICE, or no pair is there yet and may be none: the signalling says where, as ever, or until {@link #select}. */
    void iceStopped() {
        if (byIce) {
            byIce = false;
            current = signalled;
            heard = false;
        }
    }

    @Nullable
    InetSocketAddress current() {
        return current;
    }

    /**
     * An authentic packet came from there.
     *
     * @return whether media goes somewhere else now
     */
    boolean authentic(InetSocketAddress from, long now) {
        if (from.equals(current)) {
            heard = true;
            lastHeard = now;
            return false;
        }
        if (byIce || signalled == null || (heard && now - lastHeard < QUIET_NANOS)) {
            return false;
        }
        if (from.equals(superseded) && now - supersededAt < SUPERSEDED_NANOS) {
            return false;
        }
        current = from;
        heard = true;
        lastHeard = now;
        return true;
    }

    /** Whether it is where the signalling says, or ICE, or where authentic packets came from. */
    boolean isExpected(InetSocketAddress from) {
        return from.equals(current) || (!byIce && from.equals(signalled));
    }

    /** Whether a packet in clear text may be believed: it comes from the host that the signalling named, or ICE selected. */
    boolean isSignalledHost(InetSocketAddress from) {
        InetSocketAddress expected = byIce ? current : signalled;
        return expected != null
                && from.getAddress() != null
                && from.getAddress().equals(expected.getAddress());
    }
}
