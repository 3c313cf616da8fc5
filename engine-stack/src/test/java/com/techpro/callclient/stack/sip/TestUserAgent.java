// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack of the engine whose phone system is another station: it rings, answers after a second, and ends calls when told. */
final class TestUserAgent implements EndpointHandler {
    final Loop scheduler;
    final EngineLoop loop;
    final SipStack stack;
    final SipEndpoint endpoint;
    final List<String> heard = new ArrayList<>();
    private final VirtualTime time;
    private int established;

    TestUserAgent(VirtualTime time, SimulatedNetwork network, String address, String peer, SipTransport transport) {
        this.time = time;
        scheduler = time.openLoop(address);
        loop = new EngineLoop(scheduler);
        List<SipStack> made = new ArrayList<>();
        List<SipEndpoint> endpoints = new ArrayList<>();
        loop.execute(() -> {
            SipStack one = new SipStack(
                    loop, network.host(address), time.workers(), time.random(address), SipSettings.DEFAULT);
            try {
                one.listen(SipTransport.UDP, new InetSocketAddress(address, 5060));
                one.listen(SipTransport.TCP, new InetSocketAddress(address, 5060));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            made.add(one);
            endpoints.add(one.newEndpoint(account(peer, transport), this));
        });
        time.settle();
        stack = made.get(0);
        endpoint = endpoints.get(0);
    }

    /** Locates the peer, whose requests are a stranger's before that. */
    void connect() {
        loop.execute(() -> endpoint.connect(IGNORING));
        time.advance(Duration.ofMillis(50));
    }

    private static SipAccount account(String peer, SipTransport transport) {
        return SipAccount.builder("100", peer, Secret.of("x"))
                .transport(transport)
                .outboundProxy(new HostPort(peer, 5060))
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();
    }

    private static final FlowCallback IGNORING = new FlowCallback() {
        @Override
        public void opened(Flow flow) {}

        @Override
        public void failed(Failure failure) {}
    };

    /** Calls the other station and hangs up after that many milliseconds. */
    void call(String peer, int number, long hangUpAfter) {
        SipRequest.Builder invite = endpoint.newRequest("INVITE", SipUri.of("sip:100@" + peer + ":5060"));
        OutgoingInvite[] handle = new OutgoingInvite[1];
        handle[0] = endpoint.invite(invite, new InviteListener() {
            @Override
            public void provisional(SipResponse response) {}

            @Override
            public void accepted(SipResponse success) {
                SipRequest sent = handle[0].request();
                Dialog dialog = Dialog.uac(sent, success);
                handle[0].acknowledge(dialog);
                up(dialog);
                loop.schedule(Duration.ofMillis(hangUpAfter), () -> hangUp(dialog, number));
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                heard.add(number + " " + why.code());
            }

            @Override
            public void failed(Failure why) {
                heard.add(number + " " + why.code());
            }
        });
    }

    private void hangUp(Dialog dialog, int number) {
        endpoint.send(dialog, dialog.request("BYE"), new RequestListener() {
            @Override
            public void success(SipResponse response) {
                down(dialog);
                heard.add(number + " done");
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                down(dialog);
                heard.add(number + " bye " + why.code());
            }

            @Override
            public void failed(Failure why) {
                down(dialog);
                heard.add(number + " bye " + why.code());
            }
        });
    }

    private void up(Dialog dialog) {
        established++;
        stack.register(endpoint, dialog, new DialogHandler() {
            @Override
            public void request(ServerTransactionHandle request) {
                request.respond(200);
                if (request.request().isMethod("BYE")) {
                    down(dialog);
                }
            }

            @Override
            public void ack(SipRequest ack) {}

            @Override
            public void ackTimedOut() {
                hangUp(dialog, -1);
            }
        });
    }

    private void down(Dialog dialog) {
        established--;
        stack.unregister(dialog);
    }

    int established() {
        return established;
    }

    @Override
    public void invite(ServerTransactionHandle invite) {
        Dialog early = Dialog.uas(invite.request(), invite.localTag(), true);
        stack.register(endpoint, early, new DialogHandler() {
            @Override
            public void request(ServerTransactionHandle request) {
                request.respond(200);
            }

            @Override
            public void ack(SipRequest ack) {}

            @Override
            public void cancelled(ServerTransactionHandle cancelled, SipRequest cancel) {
                stack.unregister(early);
            }

            @Override
            public void ackTimedOut() {}

            @Override
            public void lost(ServerTransactionHandle request) {
                heard.add("lost");
                stack.unregister(early);
                request.respond(500);
            }
        });
        invite.respond(endpoint.response(invite, 180).build());
        loop.schedule(Duration.ofSeconds(1), () -> {
            if (!invite.isAnswered()) {
                invite.respond(endpoint.response(invite, 200).build());
                up(Dialog.uas(invite.request(), invite.localTag(), false));
            }
        });
    }

    @Override
    public void flowLost(RegistrationFlow lost, @Nullable Failure why) {
        heard.add("flow lost");
    }

    SipCounters counters() {
        List<SipCounters> result = new ArrayList<>(1);
        loop.execute(() -> result.add(stack.counters()));
        time.settle();
        return result.get(0);
    }
}
