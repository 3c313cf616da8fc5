// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises R1 and R3: to see what is held, and to have it gone. */
class UserRightsTest {
    private final FakeSecureStore store = new FakeSecureStore();
    private PhoneScene scene;

    @BeforeEach
    void scene() throws SecureStoreException {
        scene = new PhoneScene(11);
        Map<String, byte[]> values = new HashMap<>();
        values.put("favorites", bytes("{\"version\": 1, \"favorites\": [{\"name\": \"Ada\", \"number\": \"1002\"}]}"));
        values.put(
                "account",
                bytes("{\"version\": 1, \"user\": \"ada@example.com\", \"password\": \"pw\", \"innocent\":"
                        + " [\"t0p\"]}"));
        values.put("refresh-token", bytes("[\"t0p\"]"));
        values.put("history", new byte[] {1, -1, 2});
        values.put("note", bytes("just text"));
        store.write(values);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void R1_every_stored_name_appears_and_no_secret_does() throws SecureStoreException {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        String json = ((DataExport.Exported) await(alice.client.privacy().export())).json();
        JsonObject document = JsonParser.parseString(json).getAsJsonObject();

        assertThat(document.getAsJsonObject("stored").keySet()).isEqualTo(store.names());
        assertThat(document.getAsJsonArray("accounts")
                        .get(0)
                        .getAsJsonObject()
                        .get("extension")
                        .getAsString())
                .isEqualTo("alice");
        assertThat(json)
                .contains("Ada", "1002", "ada@example.com")
                .doesNotContain("pw-alice", "t0p", "\"pw\"", "just text");
        assertThat(new DataExport.Exported(json).toString()).doesNotContain("Ada");
    }

    @Test
    void R1_a_store_that_cannot_be_read_says_why() {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        store.disk().fail(SecureStoreException.Reason.LOCKED);
        assertThat(await(alice.client.privacy().export()))
                .isEqualTo(new DataExport.Unreadable(SecureStoreException.Reason.LOCKED));
    }

    @Test
    void O1_an_organisation_can_switch_the_export_off() {
        Policy policy = new Policy(null, null, null, null, null, Set.of(Policy.Feature.EXPORT));
        Phone alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.store(store)).policy(policy))
                .registered();
        assertThat(await(alice.client.privacy().export())).isEqualTo(new DataExport.NotAllowed());
    }

    @Test
    void R3_erasing_leaves_nothing_here_and_nothing_at_the_registrar() throws SecureStoreException {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        scene.talk(alice, bob);
        assertThat(await(alice.client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());

        assertThat(store.names()).isEmpty();
        assertThat(alice.client.accounts()).isEmpty();
        assertThat(alice.client.calls()).isEmpty();
        assertThat(scene.proxy.knows("alice")).isFalse();
        assertThat(alice.client.people().favorites().snapshot().favorites()).isEmpty();
        scene.pass(Duration.ofMinutes(5));
        assertThat(store.names()).as("nothing is written again").isEmpty();
    }

    @Test
    void R3_erasing_ends_the_login_as_well() throws SecureStoreException {
        Phone alice = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
        Login login = Login.of("alice@example.com", Secret.of("the secret"));
        assertThat(await(alice.client.login(system, login)).code()).isEqualTo("logged-in");
        assertThat(await(alice.client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());

        assertThat(alice.client.profile()).isNull();
        assertThat(system.loggedOut).isEqualTo(1);
        assertThat(alice.client.accounts()).isEmpty();
        assertThat(store.names()).isEmpty();
        assertThat(await(alice.client.login(system, login)).code()).isEqualTo("logged-in");
    }

    @Test
    void R3_a_login_under_way_writes_nothing_after_an_erasure() throws SecureStoreException {
        Phone alice = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        var login = alice.client
                .login(
                        new TestPhoneSystem("alice", Policy.OPEN),
                        Login.of("alice@example.com", Secret.of("the secret")))
                .toCompletableFuture();
        assertThat(await(alice.client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());
        scene.pass(Duration.ofMinutes(1));

        assertThat(login.join()).isEqualTo(new LoginResult.LoggedOut());
        assertThat(alice.client.accounts()).isEmpty();
        assertThat(store.names()).isEmpty();
    }

    @Test
    void R3_nobody_logs_in_during_an_erasure() {
        Phone alice = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        scene.network.partition("192.0.2.1", PhoneScene.DOMAIN);
        TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
        Login login = Login.of("alice@example.com", Secret.of("the secret"));
        var erased = alice.client.privacy().erase().toCompletableFuture();
        var atOnce = alice.client.login(system, login);
        scene.pass(Duration.ofSeconds(2));
        assertThat(erased).as("the owner's account still unregisters").isNotDone();
        var during = alice.client.login(system, login);

        assertThat(await(atOnce)).isEqualTo(new LoginResult.InProgress());
        assertThat(await(during)).isEqualTo(new LoginResult.InProgress());
        assertThat(await(erased)).isEqualTo(new ErasureOutcome.Erased());
        assertThat(await(alice.client.login(system, login)).code()).isEqualTo("logged-in");
    }

    @Test
    void R3_a_text_that_was_being_sent_is_not_stored_again() throws SecureStoreException {
        Phone alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.store(store)).keepTextMessages(100))
                .registered();
        scene.network.partition("192.0.2.1", PhoneScene.DOMAIN);
        var unused = alice.account.sendMessage("1002", "see you");
        assertThat(await(alice.client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());
        scene.pass(Duration.ofMinutes(1));

        assertThat(store.names()).isEmpty();
    }

    @Test
    void R3_a_phone_system_out_of_reach_does_not_keep_the_data_alive() throws SecureStoreException {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        scene.network.partition("192.0.2.1", PhoneScene.DOMAIN);
        assertThat(await(alice.client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());
        assertThat(store.names()).isEmpty();
    }

    @Test
    void R3_a_failed_erasure_is_reported() throws SecureStoreException {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
        store.disk().fail(SecureStoreException.Reason.FAILED);
        assertThat(await(alice.client.privacy().erase()))
                .isEqualTo(new ErasureOutcome.NotErased(SecureStoreException.Reason.FAILED));
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
