// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.HashSet;
import java.util.Set;

/**
 * The hosts that one account, login or session may talk to, until the grant is closed. Usable from
 * any thread. Closing it ends no connection; the owner of a connection closes it first.
 */
public final class EgressGrant implements AutoCloseable {
    private final PermittedDestinations permitted;
    private final Policy policy;
    private final Set<PermittedHost.Key> granted = new HashSet<>(2);
    private boolean closed;

    EgressGrant(PermittedDestinations permitted, Policy policy) {
        this.permitted = permitted;
        this.policy = policy;
    }

    /**
     * Permits a host.
     *
     * @param host a name or a literal address
     * @return whether the policy permits it; if not, all traffic there is refused
     */
    public boolean allow(String host) {
        String name = PermittedHost.canonical(host);
        if (!policy.allowsHost(name)) {
            return false;
        }
        var key = new PermittedHost.Key(name, policy);
        synchronized (granted) {
            if (!closed && granted.add(key)) {
                permitted.grant(key);
            }
        }
        return true;
    }

    /** @return whether the policy permits them all; those it forbids stay refused */
    public boolean allow(Iterable<HostPort> hosts) {
        boolean all = true;
        for (HostPort host : hosts) {
            all &= allow(host.host());
        }
        return all;
    }

    /** Permits the addresses of the account's own phone system. */
    public void allow(SipAccount account) {
        boolean unused = allow(account.domain());
        unused = allow(account.outboundProxies());
        for (IceServer server : account.ice().servers()) {
            unused = allow(server.address().host());
        }
    }

    /**
     * Revokes what it permitted, unless another grant permits it too. Closing twice does nothing.
     */
    @Override
    public void close() {
        synchronized (granted) {
            closed = true;
            granted.forEach(permitted::revoke);
            granted.clear();
        }
    }
}
