// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of one call's media, until the grant is closed. They are the addresses in the
 * latest SDP from the phone system's own signalling. Sources of packets that authenticate with the
 * call's SRTP key, or begin its handshake, are added. With ICE, the far end's candidates and our
 * STUN and TURN servers are added too. A call may move any number of times; each move replaces the
 * one before. Usable from any thread.
 */
public final class MediaGrant implements AutoCloseable {
    /**
     * Only the latest are kept: each component may have four pending, and a call may have several
     * handshakes in turn.
     */
    private static final int MAX_HANDSHAKES = 8;

    /** Candidates of one generation, both signalled and peer reflexive; more than ICE pairs. */
    private static final int MAX_CANDIDATES = 64;

    /** The addresses of media and RTCP after one SDP exchange. */
    private static final class Addresses {
        private @Nullable InetSocketAddress media;
        private @Nullable InetSocketAddress reports;
        private @Nullable InetSocketAddress latchedMedia;
        private @Nullable InetSocketAddress latchedReports;
    }

    private final PermittedDestinations permitted;
    private final boolean loopback;
    // A hand-off: the signalling sets addresses, the media loop reports packet sources.
    private final Object lock = new Object();
    private Addresses now = new Addresses();
    private Addresses before = new Addresses();
    private final Set<InetSocketAddress> servers = new HashSet<>();
    private final Set<InetSocketAddress> handshakes = new LinkedHashSet<>();
    private Set<InetSocketAddress> candidates = new HashSet<>();
    private Set<InetSocketAddress> candidatesBefore = new HashSet<>();
    private boolean closed;

    MediaGrant(PermittedDestinations permitted, boolean loopback) {
        this.permitted = permitted;
        this.loopback = loopback;
    }

    /**
     * Permits the addresses of an SDP exchange. The addresses before them stay permitted, because
     * packets may be on their way to the socket; older ones are revoked. Null and 0.0.0.0, the
     * address of a call on hold (RFC 3264 §8.4), permit nothing.
     *
     * @return false if no media can be there, see {@link #isPlausible}; then nothing changes
     */
    public boolean replace(@Nullable InetSocketAddress media, @Nullable InetSocketAddress reports) {
        if (!isPlausible(media) || !isPlausible(reports)) {
            return false;
        }
        synchronized (lock) {
            if (closed) {
                return false;
            }
            if (equal(media, now.media) && equal(reports, now.reports)) {
                return true;
            }
            Addresses next = new Addresses();
            next.media = granted(media);
            next.reports = granted(reports);
            // Naming the same address again keeps the authenticated source.
            next.latchedMedia = equal(media, now.media) ? granted(now.latchedMedia) : null;
            next.latchedReports = equal(reports, now.reports) ? granted(now.latchedReports) : null;
            revoke(before);
            before = now;
            now = next;
            return true;
        }
    }

    /** Permits the source of authentic media, in place of the one before. */
    public void latched(InetSocketAddress from) {
        synchronized (lock) {
            if (!closed && isPlausible(from)) {
                InetSocketAddress former = now.latchedMedia;
                now.latchedMedia = granted(from);
                revoke(former);
            }
        }
    }

    /** As {@link #latched}, for RTCP on its own port. */
    public void reportsLatched(InetSocketAddress from) {
        synchronized (lock) {
            if (!closed && isPlausible(from)) {
                InetSocketAddress former = now.latchedReports;
                now.latchedReports = granted(from);
                revoke(former);
            }
        }
    }

    /**
     * Permits the source of an expected handshake until the call ends. The caller limits what is
     * sent there before the handshake is done.
     */
    public void handshake(InetSocketAddress from) {
        synchronized (lock) {
            if (permit(from, handshakes, MAX_HANDSHAKES + 1) && handshakes.size() > MAX_HANDSHAKES) {
                Iterator<InetSocketAddress> oldest = handshakes.iterator();
                permitted.revoke(oldest.next());
                oldest.remove();
            }
        }
    }

    /** Permits STUN and TURN servers until the call ends. */
    public void servers(Collection<InetSocketAddress> addresses) {
        synchronized (lock) {
            addresses.forEach(address -> permit(address, servers, MAX_CANDIDATES));
        }
    }

    /**
     * Permits a candidate of the far end, signalled or peer reflexive.
     *
     * @return false if no media can be there, or there are too many; it must then not be checked
     */
    public boolean candidate(InetSocketAddress address) {
        synchronized (lock) {
            return permit(address, candidates, MAX_CANDIDATES);
        }
    }

    /**
     * Starts a new ICE generation (RFC 8445 §9). The candidates before it stay permitted for the
     * pair in use; older ones are revoked.
     */
    public void restarted() {
        synchronized (lock) {
            candidatesBefore.forEach(permitted::revoke);
            candidatesBefore = candidates;
            candidates = new HashSet<>();
        }
    }

    private boolean permit(InetSocketAddress address, Set<InetSocketAddress> to, int most) {
        if (closed || isNowhere(address) || !isPlausible(address)) {
            return false;
        }
        if (!to.contains(address)) {
            if (to.size() >= most) {
                return false;
            }
            to.add(address);
            permitted.grant(address);
        }
        return true;
    }

    private boolean isPlausible(@Nullable InetSocketAddress address) {
        return address == null || isNowhere(address) || isPlausible(address.getAddress(), loopback);
    }

    /**
     * Whether a call's media can be at the address: not multicast, not broadcast, and not on this
     * machine.
     *
     * @param loopback whether the phone system is on this machine, so that media may be too
     */
    public static boolean isPlausible(InetAddress address, boolean loopback) {
        byte[] bytes = address.getAddress();
        boolean broadcast = bytes.length == 4 && bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1 && bytes[3] == -1;
        return !address.isMulticastAddress() && !broadcast && (loopback || !address.isLoopbackAddress());
    }

    private static boolean isNowhere(InetSocketAddress address) {
        return address.getAddress() == null || address.getAddress().isAnyLocalAddress();
    }

    private static boolean equal(@Nullable InetSocketAddress one, @Nullable InetSocketAddress other) {
        return (one == null || isNowhere(one)) ? other == null : one.equals(other);
    }

    private @Nullable InetSocketAddress granted(@Nullable InetSocketAddress address) {
        if (address == null || isNowhere(address)) {
            return null;
        }
        permitted.grant(address);
        return address;
    }

    private void revoke(Addresses gone) {
        revoke(gone.media);
        revoke(gone.reports);
        revoke(gone.latchedMedia);
        revoke(gone.latchedReports);
    }

    private void revoke(@Nullable InetSocketAddress address) {
        if (address != null) {
            permitted.revoke(address);
        }
    }

    /** Revokes everything. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            revoke(now);
            revoke(before);
            now = new Addresses();
            before = new Addresses();
            for (Set<InetSocketAddress> gone : List.of(servers, handshakes, candidates, candidatesBefore)) {
                gone.forEach(permitted::revoke);
                gone.clear();
            }
        }
    }
}
