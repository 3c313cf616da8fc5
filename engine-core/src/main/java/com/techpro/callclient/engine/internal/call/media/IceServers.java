// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.IceTransportPolicy;
import com.techpro.callclient.stack.ice.SilentStunServers;
import com.techpro.callclient.stack.ice.TurnServer;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.media.IceParameters;
import com.techpro.callclient.stack.net.LoopStreamHandler;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.net.StreamConnector;
import com.techpro.callclient.stack.sip.transport.TlsLink;
import com.techpro.callclient.stack.sip.transport.WebTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account's STUN and TURN servers. Names are resolved before there is a call, so that no call
 * waits for DNS; a server that is not found is not used. Addresses are mapped for each call,
 * because the network may now be IPv6-only. Belongs to the loop.
 */
public final class IceServers {
    private final IceSettings settings;
    private final TlsTrust trust;
    private final CallContext context;
    private final List<InetSocketAddress> stun = new ArrayList<>();
    private final SilentStunServers silent = new SilentStunServers();
    private final List<TurnServer> turn = new ArrayList<>();

    public IceServers(SipAccount account, CallContext context) {
        this.settings = account.ice();
        this.trust = account.tlsTrust();
        this.context = context;
    }

    /** Resolves the names again. */
    public void locate() {
        stun.clear();
        turn.clear();
        for (IceServer server : settings.servers()) {
            String host = server.address().host();
            InetAddress literal = NumericHost.parse(host);
            if (literal != null) {
                add(server, literal);
            } else {
                context.network()
                        .resolver()
                        .resolve(
                                host,
                                Resolver.RecordType.ADDRESS,
                                answer -> context.loop().execute(() -> answered(server, answer)));
            }
        }
    }

    private void answered(IceServer server, DnsAnswer answer) {
        if (answer instanceof DnsAnswer.Records found) {
            for (DnsRecord each : found.records()) {
                if (each instanceof DnsRecord.Address address) {
                    add(server, address.address());
                }
            }
        }
    }

    private void add(IceServer server, InetAddress address) {
        InetSocketAddress at = new InetSocketAddress(address, server.address().port());
        String user = server.user();
        Secret password = server.password();
        if (user == null || password == null) {
            stun.add(at);
        } else {
            try {
                turn.add(new TurnServer(at, user, password, connector(server)));
            } catch (GeneralSecurityException e) {
                // This platform cannot use these anchors or keys; the account's registration
                // reports it.
                Loggers.MEDIA.warn("a TURN server over TLS is not asked: the trust of the account cannot be used");
            }
        }
    }

    /** Returns null for UDP. */
    private @Nullable StreamConnector connector(IceServer server) throws GeneralSecurityException {
        Network network = context.network();
        switch (server.transport()) {
            case UDP:
                return null;
            case TCP:
                return (remote, loop, handler) -> network.connect(remote, new LoopStreamHandler(loop, handler));
            default:
                WebTls tls = new WebTls(trust, context.loop()::now);
                String host = server.address().host();
                return (remote, loop, handler) ->
                        TlsLink.connect(network, remote, tls, host, loop, context.workers(), handler);
        }
    }

    /**
     * @param offering whether this side makes the first offer
     * @param components 1 if RTCP shares the port of RTP
     * @param others addresses of this host
     * @param trickled whether the far end is known to take later candidates
     */
    IceParameters parameters(boolean offering, int components, List<InetAddress> others, boolean trickled) {
        return new IceParameters(offering, components, others, asked(), silent, relays(), policy(), trickled);
    }

    private List<InetSocketAddress> asked() {
        return stun.stream()
                .map(context.nat64()::reach)
                .filter(this::isPermitted)
                .collect(Collectors.toList());
    }

    private List<TurnServer> relays() {
        return turn.stream()
                .map(server -> server.at(context.nat64().reach(server.address())))
                .filter(server -> isPermitted(server.address()))
                .collect(Collectors.toList());
    }

    /** Whether the account may use the address; a call may use no others (promise S5). */
    private boolean isPermitted(InetSocketAddress address) {
        return context.egress().permits(address);
    }

    /** Returns the addresses as they are reachable on the current network. */
    List<InetSocketAddress> addresses() {
        return Stream.concat(asked().stream(), relays().stream().map(TurnServer::address))
                .collect(Collectors.toList());
    }

    private IceTransportPolicy policy() {
        return switch (settings.candidates()) {
            case ALL -> IceTransportPolicy.ALL;
            case NO_PRIVATE_ADDRESSES -> IceTransportPolicy.NO_PRIVATE_HOST;
            case RELAYED_ONLY -> IceTransportPolicy.RELAY;
        };
    }
}
