// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One five-tuple: a connection, or a UDP socket and a peer (RFC 5626 §2). Equal only to itself; see {@link TransportLayer}. */
public final class Flow {
    private final long id;
    private final SipTransport transport;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final List<String> peerNames;
    private final FlowTransport carrier;
    private boolean open = true;

    Flow(
            long id,
            SipTransport transport,
            InetSocketAddress local,
            InetSocketAddress remote,
            List<String> peerNames,
            FlowTransport carrier) {
        this.id = id;
        this.transport = transport;
        this.local = local;
        this.remote = remote;
        this.peerNames = List.copyOf(peerNames);
        this.carrier = carrier;
    }

    public long id() {
        return id;
    }

    public SipTransport transport() {
        return transport;
    }

    /** Never the wildcard address. */
    public InetSocketAddress local() {
        return local;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /** Whether the transport itself delivers in order and repeats what is lost (RFC 3261 §17). */
    public boolean isReliable() {
        return transport.isStream();
    }

    public boolean isOpen() {
        return open;
    }

    /** The domains that the peer's verified certificate names (RFC 5922 §7.1); empty without one. */
    public List<String> peerNames() {
        return peerNames;
    }

    /** Our own address on this flow, for a Contact (RFC 3261 §8.1.1.8). */
    public SipUri localUri(@Nullable String user) {
        SipUri uri = SipUri.of("sip", user, NumericHost.text(local.getAddress()), local.getPort());
        return transport == SipTransport.UDP
                ? uri
                : uri.withParam("transport", transport.name().toLowerCase(Locale.ROOT));
    }

    FlowTransport carrier() {
        return carrier;
    }

    /** @return whether it was open until now */
    boolean markClosed() {
        boolean was = open;
        open = false;
        return was;
    }

    /** Redacted to what is not about a user. */
    @Override
    public String toString() {
        return "Flow " + id + " " + transport;
    }
}
