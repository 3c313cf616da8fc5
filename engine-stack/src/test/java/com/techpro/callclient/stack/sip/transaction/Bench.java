// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A machine on the work bench: virtual time, and a log of what it does and when, in milliseconds. */
final class Bench implements ClientListener {
    final VirtualTime time = VirtualTime.seeded(1);
    final Loop scheduler = time.openLoop("engine");
    final EngineLoop loop = new EngineLoop(scheduler);
    final List<String> log = new ArrayList<>();
    final List<SipMessage> sent = new ArrayList<>();
    private final boolean reliable;

    Bench(boolean reliable) {
        this.reliable = reliable;
    }

    Transaction.Surroundings surroundings() {
        return new Transaction.Surroundings(loop, Timers.RFC_3261, new Log(), () -> note("gone"));
    }

    void on(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    void after(long millis, Runnable task) {
        time.advance(Duration.ofMillis(millis));
        on(task);
    }

    void toTheEnd() {
        time.runUntilIdle(Duration.ofMinutes(10));
    }

    private void note(String what) {
        log.add(time.elapsed().toMillis() + " " + what);
    }

    /** Sends nothing: there is neither a transport nor a flow. */
    private final class Log extends MessageSender {
        Log() {
            super(null, null);
        }

        @Override
        void send(SipMessage message) {
            sent.add(message);
            note("send "
                    + (message instanceof SipRequest request
                            ? request.method()
                            : Integer.toString(((SipResponse) message).status())));
        }

        @Override
        Runnable sender(SipResponse response) {
            return () -> send(response);
        }

        @Override
        boolean isReliable() {
            return reliable;
        }
    }

    @Override
    public void response(SipResponse response) {
        note("up " + response.status());
    }

    @Override
    public void failed(Failure failure) {
        note("failed " + failure.code());
    }

    void receive(ServerMachine machine, String method) {
        if (machine.received(request(method))) {
            note("up " + method);
        }
    }

    void lose(ServerMachine machine) {
        if (machine.transportFailed()) {
            note("lost");
        }
    }

    static SipRequest request(String method) {
        return SipRequest.builder(method, SipUri.of("sip:1002@pbx.example"))
                .via(new Via("UDP", "192.0.2.1", 5060, Map.of("branch", "z9hG4bKabc")))
                .from(NameAddr.of(SipUri.of("sip:1001@pbx.example")).withTag("a"))
                .to(NameAddr.of(SipUri.of("sip:1002@pbx.example")))
                .callId("call")
                .cseq(1, method)
                .build();
    }

    static SipResponse response(String method, int status) {
        return SipResponse.respondTo(request(method), status).toTag("b").build();
    }
}
