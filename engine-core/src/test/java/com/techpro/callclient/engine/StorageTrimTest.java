// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Cache;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise S8: copies of what the phone system owns give way when the device runs out of space. */
class StorageTrimTest {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PhoneScene scene;
    private Phone alice;

    @BeforeEach
    void open() {
        scene = new PhoneScene(21);
        alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void S8_all_but_the_newest_calls_give_way_and_the_favourites_stay() throws Exception {
        logIn(200);
        alice.client.people().favorites().add(new Favorite("1002", "Bob"));
        scene.pass(Duration.ofSeconds(1));
        int before = new FakeSecureStore(disk).read("history").length;

        TrimmedStorage trimmed = await(alice.client.privacy().trim());

        assertThat(trimmed.freed()).contains(new Freed(Cache.HISTORY, 150, null));
        assertThat(alice.client.people().history().snapshot().entries()).hasSize(50);
        assertThat(new FakeSecureStore(disk).read("history").length).isLessThan(before / 3);
        assertThat(alice.client.people().favorites().snapshot().favorites()).hasSize(1);
    }

    @Test
    void S8_the_phone_systems_log_does_not_fill_the_space_again() {
        logIn(200);
        await(alice.client.privacy().trim());

        alice.client.people().history().refresh();
        scene.pass(Duration.ofMinutes(30));

        assertThat(alice.client.people().history().snapshot().entries()).hasSize(50);
    }

    @Test
    void S8_trimming_again_frees_nothing() {
        logIn(60);

        assertThat(await(alice.client.privacy().trim()).items(Cache.HISTORY)).isEqualTo(10);
        assertThat(await(alice.client.privacy().trim()).items(Cache.HISTORY)).isZero();
    }

    @Test
    void S8_a_failed_write_while_trimming_is_reported() {
        logIn(200);
        disk.fail(Reason.FULL);

        assertThat(await(alice.client.privacy().trim()).freed()).contains(new Freed(Cache.HISTORY, 150, Reason.FULL));
    }

    @Test
    void S8_works_while_the_app_is_locked() {
        logIn(200);
        var locked = alice.client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret")));
        await(locked);
        alice.client.lock().lockNow();
        scene.until(() -> alice.client.lock().isLocked());

        assertThat(await(alice.client.privacy().trim()).items(Cache.HISTORY)).isEqualTo(150);
    }

    @Test
    void S8_a_history_that_is_off_has_nothing_to_give() {
        Policy off = new Policy(null, null, null, null, null, Set.of(Policy.Feature.HISTORY));
        Phone bob = scene.phone("bob", "192.0.2.2", config -> config.policy(off));

        assertThat(await(bob.client.privacy().trim()).freed()).contains(new Freed(Cache.HISTORY, 0, null));
    }

    @Test
    void unlocking_reads_stores_that_the_platform_had_locked() {
        logIn(3);
        await(alice.client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret"))));
        alice.client.people().favorites().add(new Favorite("1002", "Bob"));
        scene.pass(Duration.ofSeconds(1));
        alice.client.close();
        scene.pass(Duration.ofSeconds(6));
        disk.fail(Reason.LOCKED);
        Phone again =
                scene.phone("alice", "192.0.2.3", config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
        scene.pass(Duration.ofSeconds(1));
        disk.fail(null);

        await(again.client.lock().unlock(Secret.of("secret")));
        scene.pass(Duration.ofSeconds(1));

        assertThat(again.client.people().favorites().snapshot().storage().state())
                .isEqualTo(StorageStatus.State.STORED);
        assertThat(again.client.people().favorites().snapshot().favorites()).hasSize(1);
        assertThat(again.client.people().history().snapshot().entries()).hasSize(3);
    }

    private TestPhoneSystem logIn(int calls) {
        TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN).withCalls(calls, scene.time.now());
        await(alice.client.login(system, Login.of("alice@example.com", Secret.of("secret"))));
        scene.until(() -> alice.client.people().history().snapshot().entries().size() == calls);
        return system;
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
