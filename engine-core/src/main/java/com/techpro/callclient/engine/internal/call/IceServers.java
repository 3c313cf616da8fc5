// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.ice.IceTransportPolicy;
import com.techpro.callclient.engine.internal.ice.TurnServer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.media.IceParameters;
import com.techpro.callclient.engine.internal.net.NumericHost;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.secret.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an account's STUN and TURN servers are. Their names are looked up before there is a call, so that none waits for it; a server that is not found is one
 * that is not asked. Belongs to the loop.
 */
final class IceServers {
    private final IceSettings settings;
    private final EgressGuard egress;
    private final List<InetSocketAddress> stun = new ArrayList<>();
    private final List<TurnServer> turn = new ArrayList<>();

    IceServers(IceSettings settings, EgressGuard egress) {
        this.settings = settings;
        this.egress = egress;
    }

    /** Looks the names up anew. */
    void locate(Resolver resolver, EngineLoop loop) {
        stun.clear();
        turn.clear();
        for (IceServer server : settings.servers()) {
            String host = server.address().host();
            InetAddress literal = NumericHost.parse(host);
            if (literal != null) {
                add(server, literal);
            } else {
                resolver.resolve(
                        host, Resolver.RecordType.ADDRESS, answer -> loop.execute(() -> answered(server, answer)));
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
        // What a call may be granted is not beyond what the account may (promise S5).
        if (!egress.permits(at)) {
            return;
        }
        String user = server.user();
        Secret password = server.password();
        if (user == null || password == null) {
            stun.add(at);
        } else {
            turn.add(new TurnServer(at, user, password));
        }
    }

    /**
     * @param offering whether this side makes the first offer
     * @param components 1 where RTCP shares the port of RTP
     * @param others addresses of this host
     */
    IceParameters parameters(boolean offering, int components, List<InetAddress> others) {
        return new IceParameters(offering, components, others, stun, turn, policy());
    }

    List<InetSocketAddress> addresses() {
        return Stream.concat(stun.stream(), turn.stream().map(TurnServer::address))
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
