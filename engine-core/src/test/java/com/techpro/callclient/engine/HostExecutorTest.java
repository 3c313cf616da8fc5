// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Promises told on an executor that belongs to the host, who may do with it what he likes. */
class HostExecutorTest {
    private final VirtualTime time = VirtualTime.seeded(9);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 9);
    private final List<Throwable> failures = new ArrayList<>();
    private final HostExecutor host = new HostExecutor();

    private CallClient client(CallClientListener listener) {
        return CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("192.0.2.1")).random(time.random("host")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
                .callbacks(host)
                .failures((thread, failure) -> failures.add(failure))
                .listener(listener)
                .build());
    }

    private static Account account(CallClient client) {
        return client.addAccount(SipAccount.builder("alice", "192.0.2.10", Secret.of("x"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
    }

    private void pass() {
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(1));
            host.runAll();
        }
    }

    @Test
    void a_client_closes_though_its_executor_was_shut_down_first() {
        CallClient client = client(new CallClientListener() {});
        CompletableFuture<?> told = client.privacy().trim().toCompletableFuture();
        host.shutdown();
        CompletableFuture<Void> closed = client.shutdown(Duration.ofSeconds(1)).toCompletableFuture();
        pass();

        assertThat(closed).isCompleted();
        assertThat(told).isCompleted();
    }

    @Test
    void a_client_closes_even_if_its_executor_dropped_its_tasks() {
        CallClient client = client(new CallClientListener() {});
        CompletableFuture<?> told = client.privacy().trim().toCompletableFuture();
        time.advance(Duration.ofSeconds(1));
        assertThat(host.tasks).isNotEmpty();
        host.shutdownNow();
        CompletableFuture<Void> closed = client.shutdown(Duration.ofSeconds(1)).toCompletableFuture();
        pass();

        assertThat(closed).isCompleted();
        assertThat(told).isCompleted();
    }

    @Test
    void waiting_for_a_stage_inside_a_callback_is_refused_and_not_for_ever() {
        assertRefused(client -> client.privacy().trim());
        assertRefused(client -> client.privacy().trim().thenApply(done -> "derived"));
        assertRefused(client -> client.shutdown(Duration.ZERO));
        assertRefused(client -> client.logout(LogoutOptions.EVERYTHING));
        assertRefused(client -> client.wake(WakeReason.values()[0], Duration.ofSeconds(5)));
    }

    private void assertRefused(Function<CallClient, CompletionStage<?>> question) {
        List<Throwable> thrown = new ArrayList<>();
        List<Object> told = new ArrayList<>();
        CallClient[] client = new CallClient[1];
        client[0] = client(new CallClientListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                if (thrown.isEmpty()) {
                    CompletionStage<?> stage = question.apply(client[0]);
                    var unused = stage.thenRun(() -> told.add("told"));
                    try {
                        stage.toCompletableFuture().join();
                    } catch (IllegalStateException e) {
                        thrown.add(e);
                    }
                }
            }
        });
        account(client[0]);
        pass();

        assertThat(thrown).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("callback"));
        assertThat(told).as("told all the same, after the callback").containsExactly("told");
        client[0].close();
        pass();
    }

    @Test
    void a_listeners_exception_is_reported_as_the_cause_of_a_host_callback_failure() {
        IllegalArgumentException thrown = new IllegalArgumentException("the host's own words");
        List<RegistrationState> heard = new ArrayList<>();
        CallClient client = client(new CallClientListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                heard.add(after.state());
                throw thrown;
            }
        });
        account(client);
        pass();
        pass();
        client.close();
        pass();

        assertThat(heard).as("the next event comes all the same").hasSizeGreaterThan(1);
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(HostCallbackException.class)
                        .hasCause(thrown));
    }

    /** Runs tasks when the test says so. */
    private static final class HostExecutor extends AbstractExecutorService {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private boolean shutDown;

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (shutDown) {
                throw new RejectedExecutionException();
            }
            tasks.add(task);
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            List<Runnable> dropped = new ArrayList<>(tasks);
            tasks.clear();
            return dropped;
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown && tasks.isEmpty();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isTerminated();
        }
    }
}
