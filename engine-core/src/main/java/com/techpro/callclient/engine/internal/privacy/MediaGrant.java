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
 * Where one call's media may go, until it is closed: what SDP from the phone system's own signalling named last, and where packets come
 * from that hold the call's SRTP key, or that begin the handshake which is to give it; with ICE also the candidates of the other side, and the servers that find and relay ours. A call may move as often as it likes; each move replaces the one before. From any thread.
 */
public final class MediaGrant implements AutoCloseable {
    /** The latest: four of each component may be in hand, and a call may have several after each other. */
    private static final int MAX_HANDSHAKES = 8;

    /** Candidates of one generation, those that the other side named and those that its checks came from: more than ICE pairs. */
    private static final int MAX_CANDIDATES = 64;

    /** Where media and reports go after one exchange of SDP. */
    private static final class Addresses {
        private @Nullable InetSocketAddress media;
        private @Nullable InetSocketAddress reports;
        private @Nullable InetSocketAddress latchedMedia;
        private @Nullable InetSocketAddress latchedReports;
    }

    private final PermittedDestinations permitted;
    private final boolean loopback;
    // A hand-off: the signalling says where, the media loop hears where packets come from.
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
     * Permits what an exchange of SDP named, in place of what the one before the last did: packets to the last may be on their way to the
     * socket. Null and 0.0.0.0 are nowhere, as a call on hold says it (RFC 3264 §8.4): nothing is sent there.
     *
     * @return false if no call's media can be there, see {@link #isPlausible}; then nothing changes
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
            // The same address again does not undo what authenticated.
            next.latchedMedia = equal(media, now.media) ? granted(now.latchedMedia) : null;
            next.latchedReports = equal(reports, now.reports) ? granted(now.latchedReports) : null;
            revoke(before);
            before = now;
            now = next;
            return true;
        }
    }

    /** Permits where authentic media comes from, in place of where it came from before. */
    public void latched(InetSocketAddress from) {
        synchronized (lock) {
            if (!closed && isPlausible(from)) {
                InetSocketAddress former = now.latchedMedia;
                now.latchedMedia = granted(from);
                revoke(former);
            }
        }
    }

    /** As {@link #latched}, for reports that have their own port. */
    public void reportsLatched(InetSocketAddress from) {
        synchronized (lock) {
            if (!closed && isPlausible(from)) {
                InetSocketAddress former = now.latchedReports;
                now.latchedReports = granted(from);
                revoke(former);
            }
        }
    }

    /** Permits where a handshake comes from that the signalling told of, until the call is over. Whoever grants it sees to it that little is sent there before the handshake is done. */
    public void handshake(InetSocketAddress from) {
        synchronized (lock) {
            if (permit(from, handshakes, MAX_HANDSHAKES + 1) && handshakes.size() > MAX_HANDSHAKES) {
                Iterator<InetSocketAddress> oldest = handshakes.iterator();
                permitted.revoke(oldest.next());
                oldest.remove();
            }
        }
    }

    /** Permits STUN and TURN servers, until the call is over. */
    public void servers(Collection<InetSocketAddress> addresses) {
        synchronized (lock) {
            addresses.forEach(address -> permit(address, servers, MAX_CANDIDATES));
        }
    }

    /**
     * Permits a candidate of the other side, one that it named or one that a check came from which it vouched for.
     *
     * @return false if no call's media can be there, or there are too many: it must not be checked then
     */
    public boolean candidate(InetSocketAddress address) {
        synchronized (lock) {
            return permit(address, candidates, MAX_CANDIDATES);
        }
    }

    /** The other side's candidates are named anew (RFC 8445 §9): those before stay for what is in use, and those before them are taken back. */
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
     * Whether a call's media can be there: not at a multicast group, not everywhere, and not on this machine.
     *
     * @param loopback whether the phone system is on this machine, so that media may be
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

    /** Takes everything back. Closing twice does nothing. */
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
