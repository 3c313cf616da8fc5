// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.message.Via;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The least phone system that can carry calls: a registrar without passwords and a stateless proxy (RFC 3261 §16.11) that stays on the
 * route, over UDP. It keeps what it relayed, and a test may put itself in between.
 */
final class TestProxy {
    private final InetSocketAddress address;
    private final DatagramLink link;
    private final SipParser parser = new SipParser();
    private final Map<String, InetSocketAddress> bindings = new HashMap<>();
    private final List<SipMessage> seen = new ArrayList<>();
    private final Map<InetSocketAddress, SipUri> contacts = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private Function<SipMessage, SipMessage> between = message -> message;
    private Function<SipRequest, SipResponse> own = request -> null;

    TestProxy(Network network, String host) throws IOException {
        this.address = new InetSocketAddress(host, 5060);
        this.link = network.openDatagram(address, this::received);
    }

    /** Sees every message before it is handled; null drops it. */
    void between(Function<SipMessage, SipMessage> filter) {
        between = filter;
    }

    /** Answers requests itself where the function gives an answer; a 100 keeps silent. */
    void answer(Function<SipRequest, SipResponse> answers) {
        own = answers;
    }

    /** Calls to this user ring at all of those. */
    void group(String user, String... members) {
        groups.put(user, List.of(members));
    }

    List<SipMessage> seen() {
        return seen;
    }

    long requests(String method) {
        return seen.stream()
                .filter(message -> message instanceof SipRequest request && request.isMethod(method))
                .count();
    }

    void forget(String user) {
        bindings.remove(user);
    }

    boolean knows(String user) {
        return bindings.containsKey(user);
    }

    /** A request out of nowhere, to a user, as the phone system would send it. */
    void send(String user, SipRequest request) {
        send(request, bindings.get(user));
    }

    void close() {
        link.close();
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        if (!(parser.parse(bytes, 0, bytes.length) instanceof ParseOutcome.Parsed parsed)) {
            return;
        }
        SipMessage message = between.apply(parsed.message());
        if (message == null) {
            return;
        }
        seen.add(message);
        if (message instanceof SipResponse response) {
            relay(response);
        } else {
            relay((SipRequest) message, from);
        }
    }

    private void relay(SipRequest request, InetSocketAddress from) {
        SipResponse answer = own.apply(request);
        if (answer != null) {
            if (answer.status() > 100) {
                send(answer, from);
            }
            return;
        }
        if (request.isMethod("REGISTER")) {
            register(request, from);
            return;
        }
        List<String> group = groups.get(request.requestUri().user());
        if (group != null) {
            group.forEach(member -> forward(request, from, bindings.get(member), member));
            return;
        }
        forward(request, from, next(request), "");
    }

    private void forward(SipRequest request, InetSocketAddress from, InetSocketAddress next, String branchSuffix) {
        if (next == null) {
            if (!request.isMethod("ACK")) {
                send(SipResponse.respondTo(request, 404).toTag("proxy").build(), from);
            }
            return;
        }
        SipRequest.Builder relayed = request.toBuilder();
        if (!request.routes().isEmpty()) {
            relayed.removeFirst("Route");
        }
        Via top = request.topVia();
        relayed.replaceTopVia(top.withParam("received", from.getAddress().getHostAddress())
                .withParam("rport", Integer.toString(from.getPort())));
        String branch = Via.MAGIC_COOKIE + "p"
                + Integer.toHexString(String.valueOf(top.branch()).hashCode()) + branchSuffix;
        relayed.via(new Via("UDP", address.getHostString(), address.getPort(), Map.of("branch", branch)));
        if (request.requestUri().host().equals(address.getHostString())) {
            relayed.requestUri(contacts.get(next));
        }
        if (request.isMethod("INVITE")) {
            relayed.addFirst("Record-Route", "<sip:" + address.getHostString() + ":5060;lr>");
        }
        send(relayed.build(), next);
    }

    /** In a dialog the way is in the request; outside, the user is looked up. */
    private InetSocketAddress next(SipRequest request) {
        SipUri uri = request.requestUri();
        if (uri.host().equals(address.getHostString())) {
            return bindings.get(uri.user());
        }
        // Whoever registered from behind a NAT is reached the way that his registration came.
        for (Map.Entry<InetSocketAddress, SipUri> registered : contacts.entrySet()) {
            if (registered.getValue().host().equals(uri.host())
                    && registered.getValue().port() == uri.port()) {
                return registered.getKey();
            }
        }
        return new InetSocketAddress(uri.host(), uri.port() == 0 ? 5060 : uri.port());
    }

    private void register(SipRequest request, InetSocketAddress from) {
        String user = request.to().uri().user();
        boolean leaving = "0".equals(request.header("Expires"));
        SipResponse.Builder answer = SipResponse.respondTo(request, 200).toTag("registrar");
        if (leaving) {
            bindings.remove(user);
        } else {
            bindings.put(user, from);
            for (NameAddr contact : request.contacts()) {
                contacts.put(from, contact.uri());
                answer.contact(contact.withParam("expires", String.valueOf(request.header("Expires"))));
            }
        }
        send(answer.build(), from);
    }

    private void relay(SipResponse response) {
        SipResponse relayed = response.toBuilder().removeFirst("Via").build();
        if (!relayed.vias().isEmpty()) {
            Via via = relayed.topVia();
            String host = via.received() == null ? via.host() : via.received();
            send(relayed, new InetSocketAddress(host, via.rport() > 0 ? via.rport() : via.port()));
        }
    }

    private void send(SipMessage message, InetSocketAddress to) {
        link.send(ByteBuffer.wrap(message.encode()), to);
    }
}
