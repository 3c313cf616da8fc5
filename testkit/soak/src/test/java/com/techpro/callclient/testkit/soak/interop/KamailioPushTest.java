// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio wakes a phone by its push token (RFC 8599), and the call waits for it ({@code tmx}, {@code tsilo}). */
@Tag("interop")
class KamailioPushTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BUDGET = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private Kamailio kamailio;
    private EnginePhone caller;

    @BeforeEach
    void start() {
        kamailio = Kamailio.wakingPhones(directory, "SHA-256");
        caller = new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered();
    }

    @AfterEach
    void stop() {
        caller.close();
        kamailio.close();
    }

    private EnginePhone phone() {
        FakePush push = new FakePush(Runnable::run);
        push.issue(new PushToken("fcm", "device-1002", null));
        return new EnginePhone(
                kamailio.account("1002", SipTransport.TLS),
                null,
                config -> config.platform(p -> p.push(push).permissions(new FakePermissions(Runnable::run))));
    }

    private void fallsAsleep() {
        EnginePhone phone = phone().awaitRegistered();
        assertThat(phone.account().registration().push()).isEqualTo(PushSupport.CONFIRMED);
        phone.vanish();
        kamailio.awaitAsleep();
    }

    @Test
    void a_call_waits_until_the_phone_that_it_wakes_is_registered() {
        fallsAsleep();
        Call call = caller.account().dial("1002");
        kamailio.awaitPrinted("push to device-1002");
        EnginePhone.awaitState(call, CallState.RINGING_OUT);

        try (EnginePhone woken = phone()) {
            CompletableFuture<WakeOutcome> outcome = woken.wake(BUDGET).toCompletableFuture();
            Call in = woken.awaitIncoming();
            Await.until("it is known that it rings", outcome::isDone, LIMIT);
            assertThat(outcome.join().result()).isEqualTo(WakeOutcome.Result.CALL);
            in.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            call.hangUp();
            assertThat(EnginePhone.awaitEnding(in)).isInstanceOf(CallEnding.RemoteHangUp.class);
            woken.awaitNoCalls();
        }
    }

    @Test
    void nothing_rings_on_a_phone_that_wakes_when_the_caller_has_given_up() {
        fallsAsleep();
        Call call = caller.account().dial("1002");
        kamailio.awaitPrinted("push to device-1002");
        call.hangUp();
        EnginePhone.awaitEnding(call);
        caller.awaitNoCalls();

        try (EnginePhone woken = phone()) {
            CompletableFuture<WakeOutcome> outcome =
                    woken.wake(Duration.ofSeconds(2)).toCompletableFuture();
            Await.until("the time is up", outcome::isDone, LIMIT);
            assertThat(outcome.join()).isEqualTo(new WakeOutcome(WakeOutcome.Result.NO_CALL, null));
            woken.assertNoMoreCalls();
        }
    }

    @Test
    void a_phone_that_comes_while_others_ring_rings_too() {
        try (EnginePhone first = phone().awaitRegistered()) {
            Call call = caller.account().dial("1002");
            Call there = first.awaitIncoming();
            try (EnginePhone second = phone().awaitRegistered()) {
                second.awaitIncoming().answer();
                EnginePhone.awaitState(call, CallState.ESTABLISHED);
                assertThat(EnginePhone.awaitEnding(there)).isInstanceOf(CallEnding.AnsweredElsewhere.class);
                call.hangUp();
                second.awaitNoCalls();
            }
        }
    }
}
