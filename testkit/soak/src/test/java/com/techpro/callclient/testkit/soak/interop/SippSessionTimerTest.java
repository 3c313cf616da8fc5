// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Session timers (RFC 4028) against SIPp, in both roles at once, because nothing shorter than 90 s is allowed. */
@Tag("interop")
@Tag("real-timers")
class SippSessionTimerTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    /** A phone registered with a SIPp of its own. */
    private record Side(Sipp sipp, EnginePhone phone, String contact) implements AutoCloseable {
        static Side registered(Path directory) {
            Sipp sipp = new Sipp(directory, "u1");
            Sipp.Scenario registration = sipp.expect("register", Map.of());
            SipAccount.Builder account = SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                    .transport(SipTransport.UDP)
                    .outboundProxy(new HostPort("127.0.0.1", sipp.port()))
                    .keepAlive(Duration.ofMinutes(30))
                    .securityFloor(
                            SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
            EnginePhone phone = new EnginePhone(account, null).awaitRegistered();
            registration.awaitSuccess();
            return new Side(sipp, phone, registration.contact());
        }

        Sipp.Scenario patiently(String scenario, String... target) {
            List<String> arguments =
                    new ArrayList<>(List.of("-m", "1", "-trace_msg", "-timeout", "80s", "-timeout_error"));
            arguments.addAll(List.of(target));
            return sipp.launch(scenario, Map.of("TARGET", contact), arguments);
        }

        @Override
        public void close() {
            phone.vanish();
        }
    }

    @Test
    void we_refresh_where_it_is_ours_and_hang_up_where_it_is_theirs_and_they_do_not() {
        try (Side caller = Side.registered(directory.resolve("caller"));
                Side called = Side.registered(directory.resolve("called"))) {
            called.phone().answering();
            Sipp.Scenario silent = called.patiently("session-not-refreshed", Sipp.hostPort(called.contact()));
            Sipp.Scenario refreshed = caller.patiently("session-refreshed-by-us");
            Call out = caller.phone().account().dial("2000");
            EnginePhone.awaitState(out, CallState.ESTABLISHED);
            Call in = called.phone().awaitIncoming();
            EnginePhone.awaitState(in, CallState.ESTABLISHED);

            Await.until("our UPDATE came", () -> refreshed.messages("UPDATE sip:") > 0, Duration.ofSeconds(60));
            assertThat(out.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            silent.awaitSuccess(LIMIT);
            assertThat(EnginePhone.awaitEnding(in))
                    .isEqualTo(new CallEnding.Failed(new Failure.TimedOut(Failure.Waited.SESSION)));
            assertThat(out.snapshot().state())
                    .as("well beyond what was not refreshed")
                    .isEqualTo(CallState.ESTABLISHED);
            out.hangUp();
            refreshed.awaitSuccess(LIMIT);
        }
    }
}
