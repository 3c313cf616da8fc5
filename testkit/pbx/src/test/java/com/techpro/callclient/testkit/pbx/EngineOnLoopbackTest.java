// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on real sockets: everything is waited for by what happens, never by the clock. */
class EngineOnLoopbackTest {
    private static final long LONGEST_SECONDS = 30;

    @RegisterExtension
    static final PbxExtension pbx = PbxExtension.with("1001", "1002");

    @Test
    void two_phones_register_call_and_hang_up_over_tls() throws Exception {
        Ear alice = new Ear();
        Ear bob = new Ear();
        try (CallClient one = client(alice);
                CallClient other = client(bob)) {
            Account account = one.addAccount(pbx.account("1001").build());
            Account callee = other.addAccount(pbx.account("1002").build());
            alice.registered.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            bob.registered.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            assertThat(pbx.pbx().state().registrations()).hasSize(2);

            Call call = account.dial(callee.sipAccount().user());
            bob.incoming.get(LONGEST_SECONDS, TimeUnit.SECONDS).answer();
            CallSnapshot talking = alice.established.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            assertThat(talking.encrypted()).isTrue();
            alice.measured.get(LONGEST_SECONDS, TimeUnit.SECONDS);

            call.hangUp();
            alice.ended.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            bob.ended.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            one.shutdown(Duration.ofSeconds(5)).toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
            other.shutdown(Duration.ofSeconds(5)).toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(pbx.pbx().state().registrations()).isEmpty();
        assertThat(pbx.pbx().state().activeCalls()).isZero();
    }

    private static CallClient client(Ear ear) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .qualityInterval(Duration.ofMillis(500))
                .listener(ear)
                .build());
    }

    /** Completes as things happen. */
    private static final class Ear implements CallClientListener {
        private final CompletableFuture<Void> registered = new CompletableFuture<>();
        private final CompletableFuture<Call> incoming = new CompletableFuture<>();
        private final CompletableFuture<CallSnapshot> established = new CompletableFuture<>();
        private final CompletableFuture<CallSnapshot> measured = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void registrationChanged(Account account, RegistrationSnapshot after) {
            if (after.state() == RegistrationState.REGISTERED) {
                registered.complete(null);
            }
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming.complete(call);
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            if (event.after().state() == CallState.ESTABLISHED) {
                established.complete(event.after());
            }
            if (event instanceof CallEvent.QualityChanged changed
                    && changed.after().quality() != null
                    && changed.after().quality().receiving().packets() > 0) {
                measured.complete(changed.after());
            }
            if (event instanceof CallEvent.Ended) {
                ended.complete(null);
            }
        }
    }
}
