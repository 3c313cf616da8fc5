// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.StorageStatus.State;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Promise O1, from the side that the features' own tests leave out: what they see switched off by the host, a login switches off here, and the
 * other way round.
 */
class SwitchedOffFeaturesTest {
    private final FakeContacts contacts = new FakeContacts().add("Bob Contact", "1002");
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PhoneScene scene;
    private Phone caller;

    @BeforeEach
    void open() {
        scene = new PhoneScene(20);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Phone phone(String user, String address, Policy policy) {
        return scene.phone(
                user,
                address,
                config -> config.platform(p -> p.contacts(contacts)
                                .permissions(new FakePermissions())
                                .store(new FakeSecureStore(disk)))
                        .policy(policy));
    }

    private static Policy off(Feature... features) {
        return new Policy(null, null, null, null, null, Set.of(features));
    }

    /** As alice, with what her phone system permits. */
    private void logIn(Phone phone, Policy policy) {
        var login = phone.client
                .login(new TestPhoneSystem("alice", policy), Login.of("alice@example.com", Secret.of("secret")))
                .toCompletableFuture();
        scene.until(login::isDone);
        Account account = ((LoginResult.LoggedIn) login.join()).account();
        scene.until(() -> account.registration().state() == RegistrationState.REGISTERED);
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }

    private void callAlice() {
        scene.phone("bob", "192.0.2.2").registered().account.dial("alice");
        scene.pass(Duration.ofSeconds(3));
    }

    @Test
    void O1_do_not_disturb_that_a_login_switches_off_lets_calls_ring() {
        Phone phone = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        assertThat(await(phone.client.incomingCalls().doNotDisturb().set(true)).isDone())
                .isTrue();
        logIn(phone, off(Feature.DO_NOT_DISTURB));

        callAlice();

        assertThat(phone.incoming).isNotNull();
        assertThat(phone.client.incomingCalls().doNotDisturb().snapshot().on()).isFalse();
        assertThat(phone.client.incomingCalls().doNotDisturb().snapshot().storage())
                .isEqualTo(StorageStatus.of(State.OFF));
        assertThat(await(phone.client.incomingCalls().doNotDisturb().set(true)))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
    }

    @Test
    void O1_forwarding_that_a_login_switches_off_lets_calls_ring() {
        Phone phone = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        assertThat(await(phone.client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("carol")))
                        .isDone())
                .isTrue();
        logIn(phone, off(Feature.CALL_FORWARDING));

        callAlice();

        assertThat(phone.incoming).isNotNull();
        assertThat(phone.client.incomingCalls().forwarding().snapshot().rules()).isEqualTo(ForwardingRules.NONE);
        assertThat(await(phone.client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("carol"))))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
    }

    @Test
    void O1_a_history_that_a_login_switches_off_is_emptied_and_gets_no_more_calls() {
        Phone phone = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        missedCallOf(phone, "owner");
        assertThat(phone.client.people().history().snapshot().entries()).hasSize(1);
        logIn(phone, off(Feature.HISTORY));

        missedCallOf(phone, "alice");

        assertThat(phone.client.people().history().snapshot().entries()).isEmpty();
        assertThat(phone.client.people().history().snapshot().storage()).isEqualTo(StorageStatus.of(State.OFF));
    }

    @Test
    void O1_a_history_that_a_login_bounds_keeps_the_latest_calls() {
        Phone phone = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        for (int i = 0; i < 3; i++) {
            missedCallOf(phone, "owner");
        }
        List<HistoryEntry> before = phone.client.people().history().snapshot().entries();
        assertThat(before).hasSize(3);

        logIn(phone, new Policy(null, null, null, 2, null, Set.of()));

        assertThat(phone.client.people().history().snapshot().entries()).isEqualTo(before.subList(0, 2));
    }

    @Test
    void O1_a_history_that_the_host_switches_off_is_not_even_read() {
        Phone before = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        missedCallOf(before, "owner");
        scene.pass(Duration.ofSeconds(1));
        before.client.close();
        scene.pass(Duration.ofSeconds(6));

        Phone phone = phone("owner", "192.0.2.3", off(Feature.HISTORY)).registered();
        missedCallOf(phone, "owner");

        assertThat(phone.client.people().history().snapshot().entries()).isEmpty();
        assertThat(phone.client.people().history().snapshot().storage()).isEqualTo(StorageStatus.of(State.OFF));
    }

    private void missedCallOf(Phone phone, String user) {
        if (caller == null) {
            caller = scene.phone("caller", "192.0.2.50").registered();
        }
        phone.incoming = null;
        Call call = caller.account.dial(user);
        scene.until(() -> phone.incoming != null);
        call.hangUp();
        scene.until(() -> phone.incoming.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(1));
    }

    @Test
    void O1_contacts_that_the_host_switches_off_are_not_read() {
        Phone phone = phone("owner", "192.0.2.1", off(Feature.CONTACTS)).registered();

        assertThat(await(phone.client.people().directory().lookUp("1002")).source())
                .isEqualTo(Caller.Source.NUMBER);
        assertThat(await(phone.client.people().directory().search("Bob", 9))).isEmpty();
        scene.pass(Duration.ofSeconds(5));
        assertThat(contacts.reads()).isZero();
    }

    @Test
    void O1_favourites_that_the_host_switches_off_are_neither_shown_nor_changed() {
        Phone before = phone("owner", "192.0.2.1", Policy.OPEN).registered();
        assertThat(await(before.client.people().favorites().add(new Favorite("1009", "Zoe")))
                        .isDone())
                .isTrue();
        scene.pass(Duration.ofSeconds(1));
        before.client.close();
        scene.pass(Duration.ofSeconds(6));

        Phone phone = phone("owner", "192.0.2.3", off(Feature.FAVORITES)).registered();

        assertThat(phone.client.people().favorites().snapshot().favorites()).isEmpty();
        assertThat(phone.client.people().favorites().snapshot().storage()).isEqualTo(StorageStatus.of(State.OFF));
        assertThat(await(phone.client.people().favorites().add(new Favorite("1003", "Carol"))))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
        assertThat(await(phone.client.people().directory().lookUp("1009")).source())
                .isEqualTo(Caller.Source.NUMBER);
    }
}
