// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.StorageStatus.State;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises S6 and O1: what a log-out leaves in memory of the user and of the phone system's policy, which the erased store does not show. */
class ForgottenAtLogOutTest {
    private final FakeSecureStore store = new FakeSecureStore();
    private PhoneScene scene;
    private Phone phone;

    @BeforeEach
    void open() {
        scene = new PhoneScene(6);
        phone = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                .registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void logIn(Policy policy) {
        LoginResult result = await(phone.client.login(
                new TestPhoneSystem("alice", policy), Login.of("alice@example.com", Secret.of("secret"))));
        Account account = ((LoginResult.LoggedIn) result).account();
        scene.until(() -> account.registration().state() == RegistrationState.REGISTERED);
    }

    private void logOut() throws Exception {
        await(phone.client.logout(LogoutOptions.EVERYTHING));
        assertThat(store.names()).isEmpty();
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }

    @Test
    void S6_whether_calls_ring_and_where_they_are_sent_on_to_is_forgotten() throws Exception {
        logIn(Policy.OPEN);
        await(phone.client.incomingCalls().doNotDisturb().set(true));
        await(phone.client.incomingCalls().forwarding().set(ForwardingRules.NONE.withBusy("carol")));
        scene.pass(Duration.ofSeconds(1));

        logOut();

        assertThat(phone.client.incomingCalls().doNotDisturb().snapshot().on()).isFalse();
        assertThat(phone.client.incomingCalls().forwarding().snapshot().rules()).isEqualTo(ForwardingRules.NONE);
        logIn(Policy.OPEN);
        scene.phone("bob", "192.0.2.2").registered().account.dial("alice");
        scene.pass(Duration.ofSeconds(3));
        assertThat(phone.incoming).as("it rings for the next user").isNotNull();
    }

    @Test
    void O1_features_that_the_phone_system_switched_off_are_on_again() throws Exception {
        logIn(new Policy(
                null,
                null,
                null,
                null,
                null,
                Set.of(Feature.DO_NOT_DISTURB, Feature.CALL_FORWARDING, Feature.FAVORITES, Feature.HISTORY)));
        assertThat(await(phone.client.incomingCalls().doNotDisturb().set(true)))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));

        logOut();

        assertThat(await(phone.client.incomingCalls().doNotDisturb().set(true)).isDone())
                .isTrue();
        assertThat(await(phone.client.incomingCalls().forwarding().set(ForwardingRules.NONE.withBusy("carol")))
                        .isDone())
                .isTrue();
        assertThat(await(phone.client.people().favorites().add(new Favorite("1002", "Bob")))
                        .isDone())
                .isTrue();
        assertThat(phone.client.people().history().snapshot().storage()).isNotEqualTo(StorageStatus.of(State.OFF));
    }
}
