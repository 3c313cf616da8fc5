// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.locate;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Resolves a URI to hops in the order in which to try them (RFC 3263). Belongs to the loop; answers
 * on it, never inside the call.
 *
 * <p>A numeric host or an explicit port is used as it is. Otherwise NAPTR chooses the transport
 * unless the URI does, SRV the servers, and A and AAAA their addresses. If a name server does not
 * answer a query within ten seconds, the query has no result. A search makes at most four queries
 * one after the other, so it ends within forty seconds.
 */
public final class Locator {
    /** The result of a search. */
    public sealed interface Location {
        /**
         * At least one hop, best first; the others are for fail-over (RFC 3263 §4.3).
         *
         * @param preferred how many hops have the same priority as the first (RFC 2782)
         * @param servers the server names of the addresses, for names with several addresses
         */
        record Located(List<Hop> hops, int preferred, Map<InetSocketAddress, String> servers) implements Location {
            /** All hops have the same priority. */
            Located(List<Hop> hops) {
                this(hops, hops.size(), Map.of());
            }

            /** Whether both are addresses of the same server, so that either will do. */
            public boolean ofOneServer(Hop one, Hop other) {
                String server = servers.get(one.address());
                return server != null
                        && server.equals(servers.get(other.address()))
                        && one.transport() == other.transport();
            }
        }

        record NotLocated(Failure failure) implements Location {}
    }

    /** A search in progress. Belongs to the loop. */
    public interface Search {
        /**
         * Cancels the search. If it has no answer yet, it answers at once, but not inside this
         * call, that nothing was found.
         */
        void cancel();
    }

    private final EngineLoop loop;
    private final Resolver resolver;
    private final Random random;
    private final Nat64 nat64;

    public Locator(EngineLoop loop, Resolver resolver, Random random) {
        this(loop, resolver, random, Nat64.NONE);
    }

    /**
     * @param nat64 maps IPv4 addresses on a network without IPv4
     */
    public Locator(EngineLoop loop, Resolver resolver, Random random, Nat64 nat64) {
        this.loop = loop;
        this.resolver = resolver;
        this.random = random;
        this.nat64 = nat64;
    }

    /**
     * Locates the target of a URI: its {@code maddr} or host, its transport parameter, its port.
     *
     * @param allowed the usable transports, best first where DNS has no preference; a {@code sips}
     *     URI uses only the encrypted ones
     */
    public Search locate(SipUri uri, List<SipTransport> allowed, Consumer<Location> answer) {
        List<SipTransport> usable = usable(uri, allowed);
        if (!uri.isSip() || usable.isEmpty()) {
            Failure failure = new Failure.ProtocolViolation(uri.isSip() ? "no common transport" : "URI scheme");
            Lookup nowhere = new Lookup(this, "", answer);
            nowhere.answerSoon(new Location.NotLocated(failure));
            return nowhere;
        }
        String maddr = uri.param("maddr");
        String host = maddr == null || maddr.isEmpty() ? uri.host() : withoutBrackets(maddr);
        Lookup lookup = new Lookup(this, uri.host(), answer);
        nat64.whenKnown(() -> locate(uri, host, usable, lookup));
        return lookup;
    }

    private void locate(SipUri uri, String host, List<SipTransport> usable, Lookup lookup) {
        InetAddress literal = NumericHost.parse(host);
        if (literal != null) {
            lookup.answerSoon(found(uri.host(), literal, uri.port(), defaultOf(usable)));
        } else if (uri.port() != 0) {
            lookup.addresses(host, uri.port(), defaultOf(usable));
        } else if (uri.param("transport") != null) {
            lookup.servers(host, usable);
        } else {
            lookup.transports(host, usable);
        }
    }

    /** Locates a configured server whose transport is fixed. */
    public Search locate(HostPort server, SipTransport transport, Consumer<Location> answer) {
        Lookup lookup = new Lookup(this, server.host(), answer);
        nat64.whenKnown(() -> locateKnown(server, transport, lookup));
        return lookup;
    }

    private void locateKnown(HostPort server, SipTransport transport, Lookup lookup) {
        InetAddress literal = NumericHost.parse(server.host());
        if (literal != null) {
            lookup.answerSoon(found(server.host(), literal, server.port(), transport));
        } else if (server.port() != 0) {
            lookup.addresses(server.host(), server.port(), transport);
        } else {
            lookup.servers(server.host(), List.of(transport));
        }
    }

    private Location found(String domain, InetAddress address, int port, SipTransport transport) {
        int chosen = port == 0 ? transport.defaultPort() : port;
        return new Location.Located(
                List.of(new Hop(transport, new InetSocketAddress(nat64.reach(address), chosen), domain)));
    }

    /**
     * RFC 3263 §4.1: returns the transports that the URI permits; none if it asks for one that is
     * not allowed.
     */
    private static List<SipTransport> usable(SipUri uri, List<SipTransport> allowed) {
        List<SipTransport> usable = new ArrayList<>(allowed);
        if (uri.isSecure()) {
            usable.retainAll(List.of(SipTransport.TLS, SipTransport.WSS));
        }
        String asked = uri.param("transport");
        if (asked != null) {
            usable.retainAll(transports(asked, uri.isSecure()));
        }
        return usable;
    }

    /**
     * Returns the possible meanings of a transport parameter: it does not say whether a WebSocket
     * is encrypted (RFC 7118 §5).
     */
    private static List<SipTransport> transports(String parameter, boolean secure) {
        return switch (parameter.toLowerCase(Locale.ROOT)) {
            case "udp" -> secure ? List.of() : List.of(SipTransport.UDP);
            case "tcp" -> List.of(secure ? SipTransport.TLS : SipTransport.TCP);
            case "tls" -> List.of(SipTransport.TLS);
            case "ws" -> secure ? List.of(SipTransport.WSS) : List.of(SipTransport.WSS, SipTransport.WS);
            default -> List.of();
        };
    }

    /** RFC 3263 §4.1: without any hint UDP, if it is allowed. */
    static SipTransport defaultOf(List<SipTransport> usable) {
        return usable.contains(SipTransport.UDP) ? SipTransport.UDP : usable.get(0);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    EngineLoop loop() {
        return loop;
    }

    Resolver resolver() {
        return resolver;
    }

    /** Whether the URI contains this address, or the IPv4 address behind it. */
    public boolean names(SipUri uri, InetSocketAddress reached) {
        InetAddress literal = uri.isSip() ? NumericHost.parse(uri.host()) : null;
        return literal != null && nat64.reach(literal).equals(reached.getAddress());
    }

    Nat64 nat64() {
        return nat64;
    }

    Random random() {
        return random;
    }
}
