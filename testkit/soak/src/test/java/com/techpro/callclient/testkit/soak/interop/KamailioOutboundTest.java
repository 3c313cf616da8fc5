// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two flows to a Kamailio that keeps a binding for each (RFC 5626), one of which is cut. */
@Tag("interop")
class KamailioOutboundTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void a_call_goes_on_and_the_next_comes_by_the_other_flow() throws Exception {
        try (Kamailio kamailio = Kamailio.withOutbound(directory, "MD5");
                TcpEdge first = new TcpEdge(kamailio.port(SipTransport.TCP));
                TcpEdge second = new TcpEdge(kamailio.port(SipTransport.TCP));
                EnginePhone caller =
                        new EnginePhone(kamailio.account("1001", SipTransport.TCP), null).awaitRegistered();
                EnginePhone called = new EnginePhone(twoEdges(kamailio, first, second), null)
                        .answering()
                        .awaitRegistered()) {
            Await.until("both flows", () -> called.account().registration().flows() == 2, LIMIT);
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);

            first.close();
            Await.until(
                    "the loss is noticed", () -> called.account().registration().flows() == 1, LIMIT);
            assertThat(called.account().registration().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

            call.hangUp();
            EnginePhone.awaitEnding(call);
            Call again = caller.account().dial("1002");
            EnginePhone.awaitState(again, CallState.ESTABLISHED);
            again.hangUp();
            EnginePhone.awaitEnding(again);
        }
    }

    private static SipAccount.Builder twoEdges(Kamailio kamailio, TcpEdge first, TcpEdge second) {
        return kamailio.account("1002", SipTransport.TCP).outboundProxies(List.of(first.address(), second.address()));
    }
}
