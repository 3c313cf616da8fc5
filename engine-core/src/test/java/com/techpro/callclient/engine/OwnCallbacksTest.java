// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that names no executor is told on a thread of the engine's own. */
class OwnCallbacksTest {
    private final PhoneScene scene = new PhoneScene(83);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_host_is_told_without_an_executor_of_its_own() {
        Phone alice = scene.phone("1001", "192.0.2.1", config -> config.callbacks(null));

        alice.registered();
        scene.until(() -> !alice.registrations.isEmpty());
        var closed = alice.client.shutdown(Duration.ofSeconds(5)).toCompletableFuture();
        scene.until(closed::isDone);

        assertThat(alice.registrations).last().satisfies(last -> assertThat(last.state())
                .isEqualTo(RegistrationState.UNREGISTERED));
    }

    @Test
    void its_thread_does_not_keep_the_app_from_ending_and_ends_with_the_client() throws Exception {
        CompletableFuture<Thread> told = new CompletableFuture<>();
        CallClient client = CallClient.create(CallClientConfig.builder().build());
        client.addListener(new CallClientListener() {
            @Override
            public void favoritesChanged(FavoritesSnapshot after) {
                told.complete(Thread.currentThread());
            }
        });

        Thread thread = told.get(10, TimeUnit.SECONDS);
        assertThat(thread.isDaemon()).isTrue();
        client.shutdown(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        thread.join(10_000);

        assertThat(thread.isAlive()).isFalse();
    }
}
