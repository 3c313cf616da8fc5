// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The far end of a test, over UDP: it has no state machine, keeps what it got, and sends exactly what the test says. */
final class ScriptedPeer {
    final List<SipRequest> requests = new ArrayList<>();
    final List<SipResponse> responses = new ArrayList<>();
    private final List<Integer> statuses = new ArrayList<>();
    private final DatagramLink link;
    private final SipParser parser = new SipParser();
    private Consumer<SipRequest> script = request -> {};
    private InetSocketAddress engine = new InetSocketAddress(0);

    ScriptedPeer(SimulatedHost host, String address, int port) {
        try {
            link = host.openDatagram(new InetSocketAddress(address, port), this::received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        if (bytes.length <= 4) {
            return;
        }
        engine = from;
        String start = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.UTF_8);
        if (start.startsWith("SIP/2.0 ")) {
            statuses.add(Integer.parseInt(start.substring(8, 11)));
        }
        if (!(parser.parse(bytes, 0, bytes.length) instanceof ParseOutcome.Parsed parsed)) {
            // The answer to a malformed request repeats what was malformed.
            assertThat(start).startsWith("SIP/2.0 4");
            return;
        }
        if (parsed.message() instanceof SipRequest request) {
            requests.add(request);
            script.accept(request);
        } else if (parsed.message() instanceof SipResponse response) {
            responses.add(response);
        }
    }

    /** What to do with each request from now on. */
    void script(Consumer<SipRequest> next) {
        script = next;
    }

    /** Answers with nothing but a status and a To tag. */
    void answer(SipRequest request, int status) {
        send(response(request, status).build());
    }

    SipResponse.Builder response(SipRequest request, int status) {
        SipResponse.Builder builder = SipResponse.respondTo(request, status);
        return status == 100 || request.to().tag() != null ? builder : builder.toTag("peer");
    }

    void send(SipMessage message) {
        send(message, engine);
    }

    void send(SipMessage message, InetSocketAddress to) {
        link.send(ByteBuffer.wrap(message.encode()), to);
    }

    void sendBytes(byte[] bytes) {
        link.send(ByteBuffer.wrap(bytes), engine);
    }

    InetSocketAddress engineAddress() {
        return engine;
    }

    SipRequest last(String method) {
        List<SipRequest> all = all(method);
        if (all.isEmpty()) {
            throw new AssertionError("no " + method + " came");
        }
        return all.get(all.size() - 1);
    }

    List<SipRequest> all(String method) {
        return requests.stream().filter(r -> r.isMethod(method)).toList();
    }

    /** Of all responses that came. */
    List<Integer> statuses() {
        return statuses;
    }

    void close() {
        link.close();
    }
}
