// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The STUN servers that did not answer while a session waited for them. Later sessions ask them
 * too, but do not wait until they have answered one in time. Thread-safe.
 */
public final class SilentStunServers {
    /** Of more, one session waits again. */
    private static final int MOST = 64;

    private final Set<Way> ways = ConcurrentHashMap.newKeySet();

    /** @param from an address of this host; from another one the server may be reachable */
    private record Way(InetAddress from, InetSocketAddress server) {}

    boolean contains(InetSocketAddress base, InetSocketAddress server) {
        return ways.contains(new Way(base.getAddress(), server));
    }

    void add(InetSocketAddress base, InetSocketAddress server) {
        if (ways.size() >= MOST) {
            ways.clear();
        }
        ways.add(new Way(base.getAddress(), server));
    }

    void remove(InetSocketAddress base, InetSocketAddress server) {
        ways.remove(new Way(base.getAddress(), server));
    }
}
