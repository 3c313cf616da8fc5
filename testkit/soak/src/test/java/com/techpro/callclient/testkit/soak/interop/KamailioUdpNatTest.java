// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.contracts.Await;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio answers STUN on its port for SIP and tells how often it wants to be asked (RFC 5626 §4.4.2, §8); a NAT on the way forgets the phone. */
@Tag("interop")
@Tag("real-timers")
class KamailioUdpNatTest {
    /** Kamailio's Flow-Timer is 10 s. */
    private static final Duration FOUND_OUT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final List<SipTraceMessage> trace = new CopyOnWriteArrayList<>();

    @Test
    void a_phone_that_a_NAT_forgot_registers_again_and_can_be_called() throws Exception {
        try (Kamailio kamailio = Kamailio.withOutbound(directory, "MD5");
                ForgetfulNat nat =
                        new ForgetfulNat(new InetSocketAddress("127.0.0.1", kamailio.port(SipTransport.UDP)));
                EnginePhone called = new EnginePhone(
                                kamailio.account("1001", SipTransport.UDP)
                                        .outboundProxy(new HostPort("127.0.0.1", nat.port())),
                                null,
                                config -> config.sipTrace(trace::add))
                        .answering()
                        .awaitRegistered();
                EnginePhone caller =
                        new EnginePhone(kamailio.account("1002", SipTransport.TLS), null).awaitRegistered()) {
            talk(caller, called);
            long before = registered();
            nat.forget();

            Await.until("it registers again", () -> registered() > before, FOUND_OUT);
            called.awaitRegistered();
            talk(caller, called);
        }
    }

    private long registered() {
        return trace.stream()
                .filter(message -> message.summary().equals("200 REGISTER"))
                .count();
    }

    private static void talk(EnginePhone caller, EnginePhone called) {
        Call call = caller.account().dial("1001");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        call.hangUp();
        caller.awaitNoCalls();
        called.awaitNoCalls();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
    }
}
