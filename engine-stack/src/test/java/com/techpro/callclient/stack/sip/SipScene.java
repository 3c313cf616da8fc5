// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.testkit.contracts.BusyLoop;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One engine stack and one scripted phone system, {@code pbx.example}, on a simulated network. */
final class SipScene {
    static final String ENGINE = "192.0.2.1";
    static final String PBX = "192.0.2.10";
    static final SipUri CALLEE = SipUri.of("sip:1002@pbx.example");

    final VirtualTime time = VirtualTime.seeded(7);
    final SimulatedNetwork network = new SimulatedNetwork(time, 7);
    final SimulatedHost host = network.host(ENGINE);
    final Loop scheduler = time.openLoop("engine");
    /** For scenes in which the engine has much to do. */
    final BusyLoop busy = new BusyLoop(scheduler);

    final EngineLoop loop;
    final List<String> heard = new ArrayList<>();
    final List<ServerTransactionHandle> incoming = new ArrayList<>();
    final List<SipResponse> answers = new ArrayList<>();
    /** What the engine refused by itself: reason, method and status. */
    final List<String> refused = new ArrayList<>();
    /** Whether INVITEs that come in make early dialogs. */
    boolean ringing;

    final SipStack stack;
    final ScriptedPeer pbx;

    SipScene() {
        this(SipSettings.DEFAULT);
    }

    SipScene(SipSettings settings) {
        this(settings, false, MessageTap.NONE);
    }

    /** @param busy whether what the engine does takes time */
    SipScene(SipSettings settings, boolean busy, MessageTap tap) {
        loop = new EngineLoop(busy ? this.busy : scheduler);
        network.dns().address("pbx.example", PBX);
        pbx = new ScriptedPeer(network.host(PBX), PBX, 5060);
        stack = on(() -> new SipStack(
                loop,
                host,
                time.workers(),
                time.random("sip"),
                settings,
                () -> null,
                tap,
                (account, reason, method, status) -> refused.add(reason.code() + " " + method + " " + status)));
    }

    SipAccount.Builder account(SipTransport transport) {
        return SipAccount.builder("1001", "pbx.example", Secret.of("secret"))
                .transport(transport)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
    }

    SipEndpoint endpoint() {
        return endpoint(account(SipTransport.UDP).build());
    }

    /** The call that the INVITE asks for. The methods of what comes in within it are added to the list; requests are answered 200. */
    Dialog answer(SipEndpoint endpoint, ServerTransactionHandle invite, List<String> inDialog) {
        Dialog dialog = Dialog.uas(invite.request(), invite.localTag(), false);
        run(() -> {
            stack.register(endpoint, dialog, new DialogHandler() {
                @Override
                public void request(ServerTransactionHandle request) {
                    inDialog.add(request.request().method());
                    request.respond(200);
                }

                @Override
                public void ack(SipRequest ack) {
                    inDialog.add("ACK");
                }

                @Override
                public void ackTimedOut() {}
            });
            invite.respond(endpoint.response(invite, 200).build());
        });
        return dialog;
    }

    SipEndpoint endpoint(SipAccount account) {
        Recorder recorder = new Recorder();
        SipEndpoint made = on(() -> stack.newEndpoint(account, recorder));
        recorder.endpoint = made;
        return made;
    }

    /** Registers, the phone system saying yes. */
    void register(SipEndpoint endpoint) {
        pbx.script(request -> pbx.send(
                pbx.response(request, 200).contact(request.contacts().get(0)).build()));
        run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), listener("register")));
        pass(100);
        pbx.script(request -> {});
        if (!heard.contains("register 200")) {
            throw new AssertionError("not registered: " + heard);
        }
        heard.clear();
        pbx.requests.clear();
    }

    /** Runs on the loop, and what follows from it without time passing. */
    void run(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    <T> T on(Supplier<T> task) {
        List<T> result = new ArrayList<>(1);
        run(() -> result.add(task.get()));
        return result.get(0);
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    RequestListener listener(String name) {
        return new RequestListener() {
            @Override
            public void provisional(SipResponse response) {
                heard.add(name + " " + response.status());
            }

            @Override
            public void success(SipResponse response) {
                answers.add(response);
                heard.add(name + " " + response.status());
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                heard.add(name + " " + response.status() + " " + why.code());
            }

            @Override
            public void failed(Failure why) {
                heard.add(name + " failed " + why.code());
            }
        };
    }

    InviteListener inviteListener() {
        return new InviteListener() {
            @Override
            public void provisional(SipResponse response) {
                answers.add(response);
                heard.add(
                        "provisional " + response.status() + " " + response.to().tag());
            }

            @Override
            public void accepted(SipResponse success) {
                answers.add(success);
                heard.add("accepted " + success.to().tag());
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                heard.add("rejected " + response.status() + " " + why.code());
            }

            @Override
            public void failed(Failure why) {
                heard.add("failed " + why.code());
            }
        };
    }

    /** A request as the phone system would send it to the account. */
    SipRequest.Builder fromPbx(String method, SipUri to, String branch) {
        return SipRequest.builder(method, to)
                .set("Via", "SIP/2.0/UDP " + PBX + ":5060;branch=z9hG4bK" + branch + ";rport")
                .from(NameAddr.of(SipUri.of("sip:1002@pbx.example")).withTag("caller"))
                .to(NameAddr.of(SipUri.of("sip:1001@pbx.example")))
                .callId("incoming-" + branch)
                .cseq(1, method)
                .contact(NameAddr.of(SipUri.of("sip:1002@" + PBX + ":5060")));
    }

    /** Everything that must be gone when all is quiet. */
    void assertQuiet() {
        time.advance(Duration.ofMinutes(2));
        SipCounters counters = on(stack::counters);
        if (counters.transactions().active() != 0 || counters.requests() != 0 || counters.dialogs() != 0) {
            throw new AssertionError("left behind: " + counters);
        }
    }

    /** Hears of a call that rings, until its caller gives up. */
    private final class Ringing implements DialogHandler {
        private final Dialog early;

        Ringing(Dialog early) {
            this.early = early;
        }

        @Override
        public void request(ServerTransactionHandle request) {
            request.respond(200);
        }

        @Override
        public void ack(SipRequest ack) {}

        @Override
        public void ackTimedOut() {}

        @Override
        public void cancelled(ServerTransactionHandle invite, SipRequest cancel) {
            heard.add("cancelled " + cancel.headers("Reason"));
            stack.unregister(early);
        }
    }

    private final class Recorder implements EndpointHandler {
        private @org.jspecify.annotations.Nullable SipEndpoint endpoint;

        @Override
        public void invite(ServerTransactionHandle invite) {
            incoming.add(invite);
            heard.add("invite");
            if (ringing && endpoint != null) {
                Dialog early = Dialog.uas(invite.request(), invite.localTag(), true);
                stack.register(endpoint, early, new Ringing(early));
            }
        }

        @Override
        public void request(ServerTransactionHandle request) {
            incoming.add(request);
            heard.add("request " + request.request().method());
        }

        @Override
        public void ackTimedOut(ServerTransactionHandle invite) {
            heard.add("no ack");
        }

        @Override
        public void flowLost(RegistrationFlow lost, @org.jspecify.annotations.Nullable Failure why) {
            heard.add("flow lost");
        }

        @Override
        public void contactChanged() {
            heard.add("contact changed");
        }
    }
}
