// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the end of a call that left a message to the listener of the user's phone, over loopback and a real mail server. Reports, and judges nothing. */
@Tag("benchmark")
class VoicemailBenchmark {
    private static final int MESSAGES = 20;

    @Test
    void from_hanging_up_to_the_notification() throws Exception {
        Ear caller = new Ear();
        Ear callee = new Ear();
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002")
                        .voicemail()
                        .start();
                CallClient one = client(caller);
                CallClient other = client(callee)) {
            Account account = one.addAccount(pbx.account("1001").build());
            other.addAccount(pbx.account("1002").subscribesToMessages(true).build());
            caller.registered.get(20, TimeUnit.SECONDS);
            callee.registered.get(20, TimeUnit.SECONDS);
            double[] millis = new double[MESSAGES];
            assertThat(callee.told.poll(20, TimeUnit.SECONDS)).isNotNull();
            for (int i = 0; i < MESSAGES; i++) {
                Call call = account.dial("*1002");
                assertThat(caller.answered.poll(20, TimeUnit.SECONDS)).isNotNull();
                // A key skips the greeting; a second one later would do nothing.
                call.sendDtmf("1");
                long heard = pbx.state().packetsIn();
                until(() -> pbx.state().packetsIn() > heard + 150);
                long before = System.nanoTime();
                call.hangUp();
                assertThat(callee.told.poll(20, TimeUnit.SECONDS)).isNotNull();
                millis[i] = (System.nanoTime() - before) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "from hang-up to the listener of the message lamp: median %.1f ms, slowest of %d %.1f ms%n",
                    millis[MESSAGES / 2], MESSAGES, millis[MESSAGES - 1]);
        }
    }

    private static void until(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(20));
    }

    private static CallClient client(Ear ear) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .listener(ear)
                .build());
    }

    private static final class Ear implements CallClientListener {
        private final CompletableFuture<Void> registered = new CompletableFuture<>();
        private final BlockingQueue<CallState> answered = new ArrayBlockingQueue<>(100);
        private final BlockingQueue<MessagesWaiting> told = new ArrayBlockingQueue<>(100);

        @Override
        public void registrationChanged(Account account, RegistrationSnapshot after) {
            if (after.state() == RegistrationState.REGISTERED) {
                registered.complete(null);
            }
        }

        @Override
        public void messagesWaitingChanged(Account account, MessagesWaiting after) {
            told.add(after);
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            if (event instanceof CallEvent.StateChanged && event.after().state() == CallState.ESTABLISHED) {
                answered.add(CallState.ESTABLISHED);
            }
        }
    }
}
