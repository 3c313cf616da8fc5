// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The destination of media: first the signalled address and then, for SRTP, the source of authentic
 * packets (symmetric RTP, RFC 4961), because a NAT may have changed the far end's address. Only a
 * packet that passed authentication and replay protection can move it, and only after the previous
 * source has gone quiet. So nobody without the key can redirect media.
 *
 * <p>{@link DtlsAssociation} judges the source of a handshake; media follows it once it has shown
 * the signalled certificate.
 *
 * <p>With ICE, only the selected pair decides.
 *
 * <p>A newly signalled address wins at once. A source at the previous address may not know of the
 * change and keep sending; it must not draw media back.
 */
final class RemoteAddress {
    /** The previous source must be silent for this long: more than ten packets. */
    private static final long QUIET_NANOS = 250_000_000;

    /**
     * How long packets from the previous address are ignored. After that they count, if nothing
     * came from elsewhere: a far end behind a NAT may signal another private address and keep its
     * public one.
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
     * Sets the signalled address. The same address again does not undo latching.
     *
     * @param rekeyed whether there are new keys as well; authentic packets are then from the new
     *     source, wherever they come from
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

    /**
     * Sets the address that ICE selected; null for none yet. Signalling and packets have no
     * influence until {@link #iceStopped}.
     */
    void select(@Nullable InetSocketAddress address) {
        byIce = true;
        current = address;
    }

    /** Whether only ICE pairs decide. */
    boolean isByIce() {
        return byIce;
    }

    /**
     * Uses the signalled address: for good if the other side does not use ICE; until
     * {@link #select} if there is no pair yet.
     */
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
     * An authentic packet came from this address.
     *
     * @return whether the destination changed
     */
    @SuppressWarnings("ReferenceEquality") // a socket gives the same object again; it need not be compared
    boolean authentic(InetSocketAddress from, long now) {
        if (from == current || from.equals(current)) {
            current = from;
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

    /** Whether it is the current destination or, without ICE, the signalled address. */
    boolean isExpected(InetSocketAddress from) {
        return from.equals(current) || (!byIce && from.equals(signalled));
    }

    /**
     * Whether to accept a clear-text packet: it comes from the host that the signalling named, or
     * that ICE selected.
     */
    boolean isSignalledHost(InetSocketAddress from) {
        InetSocketAddress expected = byIce ? current : signalled;
        return expected != null
                && from.getAddress() != null
                && from.getAddress().equals(expected.getAddress());
    }
}
