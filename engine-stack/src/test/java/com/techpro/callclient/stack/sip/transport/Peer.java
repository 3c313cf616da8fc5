// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A transport layer, and a record of everything it reported. */
final class Peer implements TransportEvents {
    record Arrival(SipMessage message, Flow flow) {}

    record Closing(Flow flow, Failure why) {}

    /** What {@link TransportLayer#connect} came to; exactly one of the two in the end. */
    static final class Attempt implements FlowCallback {
        Flow flow;
        Failure failure;
        int answers;

        @Override
        public void opened(Flow opened) {
            flow = opened;
            answers++;
        }

        @Override
        public void failed(Failure why) {
            failure = why;
            answers++;
        }
    }

    final List<Arrival> arrivals = new ArrayList<>();
    final List<Closing> closings = new ArrayList<>();
    final List<SipMessage> unsent = new ArrayList<>();
    final TransportLayer layer;
    int pongs;
    /** What to do with a request; nothing unless set. */
    java.util.function.BiConsumer<SipRequest, Flow> onRequest = (request, flow) -> {};

    private final VirtualTime time;
    private final EngineLoop loop;

    Peer(VirtualTime time, Network network, String name) {
        this(time, network, name, TransportLimits.DEFAULT);
    }

    Peer(VirtualTime time, Network network, String name, TransportLimits limits) {
        this(time, network, name, limits, time.workers());
    }

    Peer(VirtualTime time, Network network, String name, TransportLimits limits, Executor workers) {
        this.time = time;
        this.loop = new EngineLoop(time.openLoop(name));
        this.layer = new TransportLayer(loop, network, workers, time.random(name), this, limits);
    }

    @Override
    public void received(SipMessage message, Flow flow) {
        arrivals.add(new Arrival(message, flow));
        if (message instanceof SipRequest request) {
            onRequest.accept(request, flow);
        }
    }

    @Override
    public void flowClosed(Flow flow, Failure why) {
        closings.add(new Closing(flow, why));
    }

    @Override
    public void tooLarge(SipMessage message, Flow flow) {
        unsent.add(message);
    }

    @Override
    public void pong(Flow flow) {
        pongs++;
    }

    void run(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    <T> T ask(Supplier<T> question) {
        List<T> answer = new ArrayList<>();
        run(() -> answer.add(question.get()));
        return answer.get(0);
    }

    InetSocketAddress listen(SipTransport transport, String address, int port, SSLContext tls) {
        return listen(transport, address, port, tls, false);
    }

    InetSocketAddress listen(
            SipTransport transport, String address, int port, SSLContext tls, boolean clientCertificate) {
        return ask(() -> {
            try {
                return layer.listen(transport, new InetSocketAddress(address, port), tls, clientCertificate);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Attempt connect(SipTransport transport, InetSocketAddress to) {
        return connect(new Hop(transport, to, "example.com"), new ConnectionKey("account", TlsTrust.PLATFORM));
    }

    Attempt connect(Hop hop, ConnectionKey key) {
        Attempt attempt = new Attempt();
        run(() -> layer.connect(hop, key, attempt));
        return attempt;
    }

    /** Sends an OPTIONS on the flow, with the Via that the layer prepares. */
    SipRequest sendOptions(Flow flow) {
        SipRequest request = options().via(layer.prepareVia(flow, "z9hG4bK776")).build();
        run(() -> layer.send(request, flow));
        return request;
    }

    static SipRequest.Builder options() {
        return SipRequest.builder("OPTIONS", SipUri.of("sip:example.com"))
                .from(NameAddr.of(SipUri.of("sip:a@example.com")).withTag("f"))
                .to(NameAddr.of(SipUri.of("sip:example.com")))
                .callId("call")
                .cseq(1, "OPTIONS");
    }

    /** Makes it answer every request with 200. */
    Peer answering() {
        onRequest = (request, flow) ->
                layer.send(SipResponse.respondTo(request, 200).toTag("t").build(), flow);
        return this;
    }

    TransportCounters counters() {
        return ask(layer::counters);
    }
}
