// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transport.Flow;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sources from which requests may come. These are the flows that accounts opened to their phone
 * systems and, without encryption, the addresses of those systems. Each is counted by the accounts
 * that use it. All other sources are untrusted, and most of them are scanners.
 */
final class TrustedPeers {
    private final Map<InetAddress, Integer> addresses = new HashMap<>();
    private final Map<Flow, Integer> flows = new HashMap<>();

    void add(Iterable<InetAddress> more) {
        more.forEach(address -> addresses.merge(address, 1, Integer::sum));
    }

    void remove(Iterable<InetAddress> fewer) {
        fewer.forEach(address -> addresses.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1));
    }

    void add(Flow flow) {
        flows.merge(flow, 1, Integer::sum);
    }

    void remove(Flow flow) {
        flows.computeIfPresent(flow, (f, count) -> count == 1 ? null : count - 1);
    }

    boolean trusts(Flow flow) {
        return flows.containsKey(flow) || trustsAddressOf(flow, addresses.keySet());
    }

    /** A TLS peer is identified by its certificate; its address proves nothing. */
    static boolean trustsAddressOf(Flow flow, Set<InetAddress> known) {
        return !flow.transport().isEncrypted() && known.contains(flow.remote().getAddress());
    }
}
