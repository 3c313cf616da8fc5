// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored of a user: every document declares what of it may be shown, and says when it cannot be read. */
class StoredDataTest {
    /** Texts need encrypted signalling, which this scene has not: {@link KeptTextsTest}. */
    private static final Set<StoredName> NAMES = EnumSet.complementOf(EnumSet.of(StoredName.TEXT_MESSAGES));

    private final FakeSecureStore store = new FakeSecureStore();
    private PhoneScene scene;

    @BeforeEach
    void open() {
        scene = new PhoneScene(51);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void R1_every_stored_field_is_declared_shown_or_secret_and_exported_accordingly() throws Exception {
        Phone alice = withEverythingStored();
        JsonObject exported = JsonParser.parseString(
                        ((DataExport.Exported) await(alice.client.privacy().export())).json())
                .getAsJsonObject()
                .getAsJsonObject("stored");

        assertThat(store.names())
                .as("the names declared are the names in the store")
                .isEqualTo(NAMES.stream().map(StoredName::text).collect(Collectors.toSet()));
        for (StoredName name : NAMES) {
            JsonObject stored = document(name);
            Set<String> declared = new HashSet<>(name.shown());
            declared.addAll(name.secret());
            assertThat(declared).as(name.text()).containsAll(stored.keySet());
            assertThat(name.shown()).as(name.text()).noneMatch(name.secret()::contains);
            JsonObject shown = exported.getAsJsonObject(name.text());
            assertThat(shown.keySet()).isEqualTo(stored.keySet());
            assertThat(name != StoredName.LOCK || stored.has("pinHash")).isTrue();
            for (String field : stored.keySet()) {
                assertThat(shown.get(field))
                        .as(name.text() + "." + field)
                        .isEqualTo(
                                name.shown().contains(field)
                                        ? stored.get(field)
                                        : new JsonPrimitive("(kept secret, not shown)"));
            }
        }
        assertThat(exported.toString()).contains("Bob", "alice@example.com").doesNotContain("the secret", "274913");
    }

    @Test
    void a_login_of_a_newer_version_is_not_taken_for_none() throws Exception {
        withEverythingStored().client.close();
        scene.pass(Duration.ofSeconds(6));
        write("lock", null);
        write("account", "{\"version\":2,\"kind\":\"test\"}");

        assertThat(restored("192.0.2.2")).isEqualTo(new LoginResult.Unreadable(Reason.TOO_NEW));
        write("account", "{\"version\":1,\"kind\":\"test\"}");
        assertThat(restored("192.0.2.3")).isEqualTo(new LoginResult.Unreadable(Reason.CORRUPT));
        write("account", null);
        assertThat(restored("192.0.2.4")).isEqualTo(new LoginResult.NothingStored());
    }

    @Test
    void a_lock_of_a_newer_version_keeps_the_app_locked_and_says_why() throws Exception {
        write("lock", "{\"version\":3}");

        assertThat(restored("192.0.2.2")).isEqualTo(new LoginResult.Unreadable(Reason.TOO_NEW));
        assertThat(new String(store.read("lock"), StandardCharsets.UTF_8)).isEqualTo("{\"version\":3}");
    }

    /** As another process does until it ends. */
    @Test
    void a_store_in_use_says_so_each_time_and_the_app_goes_on_once_it_is_free() {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        disk.fail(Reason.IN_USE);
        Phone alice =
                scene.phone("1001", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
        scene.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            assertThat(await(alice.client.restore(new TestPhoneSystem("alice", Policy.OPEN))))
                    .isEqualTo(new LoginResult.Unreadable(Reason.IN_USE));
            assertInUse(alice);
        }

        disk.fail(null);
        assertInUse(alice);
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.locks).last().isEqualTo(false);
        assertThat(await(alice.client.people().favorites().add(new Favorite("1002", "Bob")))
                        .isDone())
                .isTrue();
    }

    private void assertInUse(Phone alice) {
        assertThatThrownBy(() -> alice.client.people().directory().search("Bob", 1))
                .isInstanceOfSatisfying(
                        LockedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.IN_USE))
                .hasMessageContaining(Reason.IN_USE.advice());
        scene.pass(Duration.ofSeconds(1));
    }

    private Phone withEverythingStored() {
        Phone alice = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)));
        alice.registered();
        TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN).withCalls(2, scene.time.now());
        await(alice.client.login(
                system,
                Login.of("alice@example.com", Secret.of("the secret")).at(HostPort.parse("pbx.example.com:443"))));
        await(alice.client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, Duration.ofHours(1), Duration.ofHours(2)),
                        new AppLock.Proof.Password(Secret.of("the secret"))));
        await(alice.client
                .lock()
                .setPin(
                        Secret.of("274913"),
                        new AppLock.Settings(AppLock.Mode.PIN, Duration.ofHours(1), Duration.ofHours(2)),
                        new AppLock.Proof.Password(Secret.of("the secret"))));
        await(alice.client.people().favorites().add(new Favorite("1002", "Bob")));
        await(alice.client.incomingCalls().doNotDisturb().set(true));
        await(alice.client.incomingCalls().forwarding().set(ForwardingRules.NONE.withBusy("1003")));
        scene.pass(Duration.ofSeconds(2));
        return alice;
    }

    private LoginResult restored(String address) {
        Phone again = scene.phone("owner", address, config -> config.platform(p -> p.store(store)));
        return await(again.client.restore(new TestPhoneSystem("alice", Policy.OPEN)));
    }

    private JsonObject document(StoredName name) throws Exception {
        return JsonParser.parseString(new String(store.read(name.text()), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private void write(String name, String document) throws Exception {
        Map<String, byte[]> changes = new HashMap<>();
        changes.put(name, document == null ? null : document.getBytes(StandardCharsets.UTF_8));
        store.write(changes);
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
