// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was written is read, in whatever order reads, writes and failures come. */
class UserStoreTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeSecureStore port = new FakeSecureStore();
    private final EngineLoop loop = new EngineLoop(time.openLoop("signalling", (thread, failure) -> {
        throw new AssertionError(failure);
    }));
    private final UserStore store = new UserStore(
            loop,
            new SerialExecutor(time.workers(), (thread, failure) -> {
                throw new AssertionError(failure);
            }),
            port);
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_written_value_is_read_again_and_is_on_the_disk() throws Exception {
        onLoop(() -> {
            store.write(StoredName.FAVORITES, bytes("one"), this::outcome);
            store.read(StoredName.FAVORITES, this::found);
        });

        assertThat(heard).containsExactlyInAnyOrder("one", "stored");
        assertThat(new FakeSecureStore(port.disk()).read("favorites")).isEqualTo(bytes("one"));
        assertThat(store.settled()).isTrue();
    }

    @Test
    void an_Error_of_the_store_is_a_failure_that_is_told_and_the_next_write_goes_through() throws Exception {
        List<Error> errors = List.of(
                new AssertionError("test"),
                new StackOverflowError(),
                new OutOfMemoryError("test"),
                new NoClassDefFoundError("test"));
        for (Error error : errors) {
            Error[] thrown = {error};
            SecureStorePort throwing = (SecureStorePort) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {SecureStorePort.class}, (proxy, method, given) -> {
                        if (thrown[0] != null) {
                            throw thrown[0];
                        }
                        return method.invoke(port, given);
                    });
            UserStore faulty = new UserStore(
                    loop,
                    new SerialExecutor(time.workers(), (thread, failure) -> {
                        throw new AssertionError(failure);
                    }),
                    throwing);
            heard.clear();
            onLoop(() -> {
                faulty.write(StoredName.FAVORITES, bytes("one"), this::outcome);
                faulty.read(StoredName.HISTORY, stored -> heard.add(stored.toString()));
                faulty.readAll((values, reason) -> heard.add("all " + reason));
            });
            assertThat(heard).containsExactlyInAnyOrder("FAILED", "Unreadable[reason=FAILED]", "all FAILED");

            thrown[0] = null;
            heard.clear();
            onLoop(() -> faulty.write(StoredName.HISTORY, bytes("two"), this::outcome));
            assertThat(heard).containsExactly("stored");
            assertThat(port.read("favorites")).isEqualTo(bytes("one"));
        }
    }

    @Test
    void writes_that_come_while_one_is_under_way_are_joined_and_the_newest_wins() throws Exception {
        onLoop(() -> {
            for (int i = 0; i < 10; i++) {
                store.write(StoredName.HISTORY, bytes("v" + i), this::outcome);
            }
        });

        assertThat(heard).hasSize(10).containsOnly("stored");
        assertThat(port.disk().writes()).isEqualTo(2);
        assertThat(port.read("history")).isEqualTo(bytes("v9"));
    }

    @Test
    void a_value_that_could_not_be_stored_is_still_read_and_goes_with_the_next_write() throws Exception {
        port.disk().fail(Reason.LOCKED);
        onLoop(() -> store.write(StoredName.FAVORITES, bytes("one"), this::outcome));
        onLoop(() -> store.read(StoredName.FAVORITES, this::found));
        assertThat(heard).containsExactly("LOCKED", "one");
        assertThat(store.settled()).isFalse();

        port.disk().fail(null);
        onLoop(() -> store.write(StoredName.HISTORY, bytes("two"), this::outcome));

        assertThat(port.read("favorites")).isEqualTo(bytes("one"));
        assertThat(port.read("history")).isEqualTo(bytes("two"));
        assertThat(store.settled()).isTrue();
    }

    @Test
    void a_retry_stores_the_pending_writes() throws Exception {
        port.disk().fail(Reason.FULL);
        onLoop(() -> store.write(StoredName.FAVORITES, bytes("one"), this::outcome));
        port.disk().fail(null);

        onLoop(store::retry);

        assertThat(port.read("favorites")).isEqualTo(bytes("one"));
    }

    @Test
    void an_unreadable_store_says_why() {
        port.disk().fail(Reason.CORRUPT);

        onLoop(() -> store.read(StoredName.FAVORITES, this::found));

        assertThat(heard).containsExactly("CORRUPT");
    }

    @Test
    void erasing_removes_stored_and_pending_data() {
        onLoop(() -> store.write(StoredName.FAVORITES, bytes("one"), this::outcome));
        port.disk().fail(Reason.LOCKED);
        onLoop(() -> store.write(StoredName.HISTORY, bytes("two"), this::outcome));
        port.disk().fail(null);

        onLoop(() -> store.erase(this::outcome));
        onLoop(() -> store.read(StoredName.HISTORY, this::found));

        assertThat(heard).containsExactly("stored", "LOCKED", "stored", "nothing");
        assertThat(port.disk().size()).isZero();
    }

    private void onLoop(Runnable task) {
        loop.execute(task);
        time.advance(Duration.ofSeconds(1));
    }

    private void found(UserStore.Stored stored) {
        if (stored instanceof UserStore.Stored.Found found) {
            heard.add(found.value() == null ? "nothing" : new String(found.value(), StandardCharsets.UTF_8));
        } else if (stored instanceof UserStore.Stored.Unreadable unreadable) {
            heard.add(unreadable.reason().name());
        }
    }

    private void outcome(@Nullable Reason reason) {
        heard.add(reason == null ? "stored" : reason.name());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
