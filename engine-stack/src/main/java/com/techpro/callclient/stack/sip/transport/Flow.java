// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.message.Via;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, or a UDP socket with a peer: one five-tuple (RFC 5626 §2). Equal only to itself;
 * see {@link TransportLayer}.
 */
public final class Flow {
    private final long id;
    private final SipTransport transport;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final List<String> peerNames;
    private final @Nullable String alias;
    private final FlowTransport carrier;
    private volatile boolean open = true;

    Flow(
            long id,
            SipTransport transport,
            InetSocketAddress local,
            InetSocketAddress remote,
            List<String> peerNames,
            FlowTransport carrier) {
        this(id, transport, local, remote, peerNames, null, carrier);
    }

    /**
     * @param alias the name to use on it instead of our address, or null
     */
    Flow(
            long id,
            SipTransport transport,
            InetSocketAddress local,
            InetSocketAddress remote,
            List<String> peerNames,
            @Nullable String alias,
            FlowTransport carrier) {
        this.id = id;
        this.transport = transport;
        this.local = local;
        this.remote = remote;
        this.peerNames = List.copyOf(peerNames);
        this.alias = alias;
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

    /** Whether the transport itself delivers in order and retransmits lost data (RFC 3261 §17). */
    public boolean isReliable() {
        return transport.isStream();
    }

    /** Any thread may ask. */
    public boolean isOpen() {
        return open;
    }

    /** The domains of the peer's verified certificate (RFC 5922 §7.1); empty without one. */
    public List<String> peerNames() {
        return peerNames;
    }

    /**
     * Our host for a Via on this flow (RFC 3261 §18.1.1); an unresolvable name if we cannot be
     * reached (RFC 7118 §B.1).
     */
    public String sentByHost() {
        return alias == null ? NumericHost.text(local.getAddress()) : alias;
    }

    /** 0 if the host is an unresolvable name. */
    public int sentByPort() {
        return alias == null ? local.getPort() : 0;
    }

    /** Whether the Via has the sent-by of this flow; an address may be written in several ways. */
    boolean isSentBy(Via via) {
        return via.port() == sentByPort()
                && (alias == null
                        ? local.getAddress().equals(NumericHost.parse(via.host()))
                        : alias.equalsIgnoreCase(via.host()));
    }

    /** Our own address on this flow, for a Contact (RFC 3261 §8.1.1.8). */
    public SipUri localUri(@Nullable String user) {
        SipUri uri = SipUri.of("sip", user, sentByHost(), sentByPort());
        return transport == SipTransport.UDP ? uri : uri.withParam("transport", transport.uriParameter());
    }

    FlowTransport carrier() {
        return carrier;
    }

    /**
     * @return whether it was open until now
     */
    boolean markClosed() {
        boolean was = open;
        open = false;
        return was;
    }

    /** Omits everything about a user. */
    @Override
    public String toString() {
        return "Flow " + id + " " + transport;
    }
}
