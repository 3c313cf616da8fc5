// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asked the client something is answered, also if it closes first, or was closed before. */
class ClosedClientTest {
    private final PhoneScene scene = new PhoneScene(63);
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final Phone alice = scene.phone("owner", "192.0.2.1", config -> config.store(new FakeSecureStore(disk)))
            .registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private Map<String, CompletionStage<?>> askEverything() {
        Map<String, CompletionStage<?>> asked = new LinkedHashMap<>();
        CallClient client = alice.client;
        asked.put("login", client.login(system(), login()));
        asked.put("logout", client.logout(LogoutOptions.EVERYTHING));
        asked.put("trimStorage", client.trimStorage());
        asked.put("exportMyData", client.exportMyData());
        asked.put("erase", client.erase());
        asked.put("checkForUpdate", client.checkForUpdate("1.0"));
        asked.put("wake", client.wake(WakeReason.PUSH, Duration.ofSeconds(20)));
        asked.put("lookUp", client.directory().lookUp("1002"));
        asked.put("search", client.directory().search("bob", 10));
        asked.put("favorite", client.favorites().add(new Favorite("1002", "Bob")));
        asked.put("rooms", client.conferences().rooms());
        asked.put("delete", client.voicemail().delete("m1"));
        asked.put("greetings", client.voicemail().greetings());
        asked.put("counters", client.counters());
        return asked;
    }

    private static TestPhoneSystem system() {
        return new TestPhoneSystem("alice", Policy.OPEN);
    }

    private static Login login() {
        return Login.of("alice@example.com", Secret.of("secret"));
    }

    private void assertAnswered(Map<String, CompletionStage<?>> asked) {
        scene.pass(Duration.ofSeconds(30));
        assertThat(asked)
                .allSatisfy((what, stage) ->
                        assertThat(stage.toCompletableFuture()).as(what).isCompleted());
    }

    @Test
    void what_is_under_way_when_it_closes_is_answered() {
        Map<String, CompletionStage<?>> asked = askEverything();

        alice.client.close();

        assertAnswered(asked);
    }

    @Test
    void asking_a_closed_client_is_answered() {
        alice.client.close();
        scene.pass(Duration.ofSeconds(10));

        assertAnswered(askEverything());
    }

    @Test
    void a_login_that_waits_for_the_lock_ends_as_logged_out() {
        await(alice.client.login(system(), login()));
        await(alice.client.lock().change(new AppLock.Settings(AppLock.Mode.PASSWORD, null, null), Secret.of("secret")));
        alice.client.close();
        scene.pass(Duration.ofSeconds(10));
        Phone again = scene.phone("again", "192.0.2.2", config -> config.store(new FakeSecureStore(disk)));
        CompletionStage<LoginResult> waiting = again.client.restore(system());
        scene.pass(Duration.ofSeconds(10));
        assertThat(waiting.toCompletableFuture()).isNotDone();

        again.client.close();

        assertThat(await(waiting)).isEqualTo(new LoginResult.LoggedOut());
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
