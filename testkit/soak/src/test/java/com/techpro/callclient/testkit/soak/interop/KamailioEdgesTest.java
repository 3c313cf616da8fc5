// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two edges of Kamailio before a registrar of Kamailio (RFC 3327, 5626): a call comes by the flow whose token its Path has. */
@Tag("interop")
class KamailioEdgesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Kamailio registrar;
    private KamailioEdge first;
    private KamailioEdge second;

    @BeforeEach
    void start() {
        registrar = Kamailio.behindEdges(directory, "SHA-256");
        first = new KamailioEdge(directory, registrar);
        second = new KamailioEdge(directory, registrar);
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
        registrar.close();
    }

    private EnginePhone phone(String extension, HostPort... edges) {
        return new EnginePhone(registrar.account(extension, SipTransport.TLS).outboundProxies(List.of(edges)), null);
    }

    @Test
    void calls_come_by_the_edge_that_is_left_and_a_flow_that_was_lost_comes_back() {
        try (EnginePhone caller =
                        phone("1001", second.address(), first.address()).awaitRegistered();
                EnginePhone called =
                        phone("1002", first.address(), second.address()).awaitRegistered()) {
            awaitFlows(called, 2);
            awaitFlows(caller, 2);
            talk(caller, called);

            first.kill();
            awaitFlows(called, 1);
            talk(caller, called);
            talk(called, caller);

            first.startAgain();
            awaitFlows(called, 2);
            awaitFlows(caller, 2);
            second.kill();
            awaitFlows(called, 1);
            assertThat(called.account().registration().state()).isEqualTo(RegistrationState.REGISTERED);
            talk(caller, called);
            talk(called, caller);
        }
    }

    @Test
    void a_call_is_led_by_the_other_flow_where_the_first_has_failed() throws Exception {
        try (TcpEdge way = new TcpEdge(first.port());
                EnginePhone caller = phone("1001", second.address()).awaitRegistered();
                EnginePhone called = phone("1002", way.address(), second.address())) {
            awaitFlows(called, 2);
            // The edge still stands, and only its connection to the phone is gone.
            way.close();
            awaitFlows(called, 1);
            talk(caller, called);
            registrar.awaitPrinted("a flow failed with 430");
        }
    }

    private static void awaitFlows(EnginePhone phone, int flows) {
        Await.until(
                () -> flows + " flows; there is " + phone.account().registration(),
                () -> phone.account().registration().flows() == flows,
                LIMIT);
    }

    /** Once alone, and with requests within the dialog from either side. */
    private static void talk(EnginePhone caller, EnginePhone called) {
        Call out = caller.account().dial(numberOf(called));
        Call in = called.awaitIncoming();
        in.answer();
        EnginePhone.awaitState(out, CallState.ESTABLISHED);
        in.hold();
        EnginePhone.awaitHold(out, HoldState.REMOTE);
        in.resume();
        EnginePhone.awaitHold(out, HoldState.NONE);
        out.hangUp();
        assertThat(EnginePhone.awaitEnding(in)).isInstanceOf(CallEnding.RemoteHangUp.class);
        called.assertNoMoreCalls();
    }

    private static String numberOf(EnginePhone phone) {
        return phone.account().sipAccount().user();
    }
}
