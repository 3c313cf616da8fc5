// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one call's media may go, until it is closed: what SDP from the phone system's own signalling named, and where packets come from
 * that hold the call's SRTP key. From any thread.
 */
public final class MediaGrant implements AutoCloseable {
    /** Both ports before and after some re-INVITEs, and what a NAT makes of them. */
    private static final int MOST = 32;

    private final EgressGuard guard;
    private final boolean loopback;
    private final Set<InetSocketAddress> granted = new HashSet<>(4);
    private boolean closed;

    MediaGrant(EgressGuard guard, boolean loopback) {
        this.guard = guard;
        this.loopback = loopback;
    }

    /**
     * Permits an address. Null and 0.0.0.0 are nowhere, as a call on hold says it (RFC 3264 §8.4): nothing is sent there.
     *
     * @return false if no call's media can be there: a multicast group, or this machine, unless the phone system is on it
     */
    public boolean allow(@Nullable InetSocketAddress address) {
        if (address == null
                || address.getAddress() == null
                || address.getAddress().isAnyLocalAddress()) {
            return true;
        }
        if (!isPlausible(address.getAddress())) {
            return false;
        }
        synchronized (granted) {
            if (granted.contains(address)) {
                return true;
            }
            if (closed || granted.size() >= MOST) {
                return false;
            }
            granted.add(address);
            guard.grant(address);
            return true;
        }
    }

    private boolean isPlausible(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean broadcast = bytes.length == 4 && bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1 && bytes[3] == -1;
        return !address.isMulticastAddress() && !broadcast && (loopback || !address.isLoopbackAddress());
    }

    /** Takes everything back. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (granted) {
            closed = true;
            granted.forEach(guard::revoke);
            granted.clear();
        }
    }
}
