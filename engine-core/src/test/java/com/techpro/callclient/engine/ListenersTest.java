// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallListener;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that come and go while the client runs, and stages that wait for a call. */
class ListenersTest {
    private final PhoneScene scene = new PhoneScene(82);
    private final Phone alice = scene.phone("1001", "192.0.2.1").registered();
    private final Phone bob = scene.phone("1002", "192.0.2.2").registered();
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        scene.close();
    }

    /** Writes down what it hears. */
    private static final class Heard implements CallClientListener {
        private final List<String> words = new ArrayList<>();

        @Override
        public void registrationChanged(Account account, RegistrationSnapshot after) {
            words.add("registration " + after.state());
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            words.add("incoming " + snapshot.state());
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            words.add(event.getClass().getSimpleName() + " " + event.after().state());
        }

        @Override
        public void favoritesChanged(FavoritesSnapshot after) {
            words.add("favorites");
        }
    }

    private void soon() {
        scene.pass(Duration.ofMillis(100));
    }

    @Test
    void a_late_listener_of_the_client_hears_first_how_things_stand() {
        scene.talk(alice, bob);

        bob.client.addListener(heard);
        soon();

        assertThat(heard.words).containsExactly("registration REGISTERED", "StateChanged ESTABLISHED", "favorites");
    }

    @Test
    void a_listener_that_comes_while_it_rings_hears_of_the_call() {
        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);

        bob.client.addListener(heard);
        soon();

        assertThat(heard.words).contains("incoming INCOMING");
    }

    @Test
    void a_listener_gets_later_events_until_it_is_removed() {
        alice.client.addListener(heard);
        alice.client.addListener(heard);
        Call call = scene.talk(alice, bob);
        assertThat(heard.words).containsOnlyOnce("StateChanged ESTABLISHED");

        alice.client.removeListener(heard);
        call.hangUp();
        soon();

        assertThat(heard.words).doesNotContain("Ended ENDED");
        assertThat(alice.told(CallEvent.Ended.class)).hasSize(1);
    }

    @Test
    void a_listener_of_an_account_hears_of_that_account_alone() {
        List<String> words = new ArrayList<>();
        AccountListener listener = new AccountListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                words.add(account.id() + " " + after.state());
            }

            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                words.add("call");
            }
        };
        bob.account.addListener(listener);
        soon();
        assertThat(words).containsExactly("a1 REGISTERED");

        alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        Account second = bob.client.addAccount(PhoneScene.account("1003"));
        scene.until(() -> second.registration().state() == RegistrationState.REGISTERED);

        assertThat(words).containsExactly("a1 REGISTERED", "call");
    }

    @Test
    void a_call_listener_gets_the_current_state_first_and_then_the_changes() {
        Call call = scene.talk(alice, bob);
        List<String> words = new ArrayList<>();
        CallListener listener = (of, event) ->
                words.add(event.getClass().getSimpleName() + " " + event.after().state());
        call.addListener(listener);
        soon();
        assertThat(words).containsExactly("StateChanged ESTABLISHED");

        call.hangUp();
        scene.pass(Duration.ofMinutes(1));
        assertThat(words).endsWith("Ended ENDED");

        words.clear();
        call.removeListener(listener);
        call.addListener(listener);
        soon();
        assertThat(words).containsExactly("Ended ENDED");
    }

    @Test
    void a_listener_that_throws_keeps_nothing_from_the_others() {
        List<Throwable> failures = new ArrayList<>();
        Phone carol = scene.phone(
                        "1003", "192.0.2.3", config -> config.failures((thread, failure) -> failures.add(failure)))
                .registered();
        carol.client.addListener(new CallClientListener() {
            @Override
            public void callChanged(Call call, CallEvent event) {
                throw new IllegalStateException("of the host");
            }
        });
        carol.client.addListener(heard);

        scene.talk(carol, bob);

        assertThat(heard.words).contains("StateChanged ESTABLISHED");
        assertThat(failures).isNotEmpty();
    }

    @Test
    void waiting_for_a_call_completes_when_it_is_established() {
        Call call = alice.account.dial("1002");
        var waiting = call.whenEstablished().toCompletableFuture();
        scene.until(() -> bob.incoming != null);
        assertThat(waiting).isNotDone();

        bob.incoming.answer();
        scene.until(waiting::isDone);

        assertThat(waiting.join()).isInstanceOf(EstablishmentOutcome.Established.class);
        assertThat(waiting.join().after().state()).isEqualTo(CallState.ESTABLISHED);
        var late = call.whenEstablished().toCompletableFuture();
        soon();
        assertThat(late.join()).isInstanceOf(EstablishmentOutcome.Established.class);
    }

    @Test
    void waiting_for_a_call_that_ends_first_reports_the_reason() {
        Call call = alice.account.dial("1002");
        var waiting = call.whenEstablished().toCompletableFuture();
        scene.until(() -> bob.incoming != null);

        call.hangUp();
        scene.until(waiting::isDone);

        assertThat(waiting.join())
                .isInstanceOfSatisfying(
                        EstablishmentOutcome.Ended.class,
                        ended -> assertThat(ended.ending().code()).isEqualTo("cancelled"));
    }

    @Test
    void waiting_for_a_call_completes_when_the_client_closes() {
        Call call = alice.account.dial("1002");
        var waiting = call.whenEstablished().toCompletableFuture();

        alice.client.close();
        scene.pass(Duration.ofSeconds(10));

        assertThat(waiting.join()).isInstanceOf(EstablishmentOutcome.Ended.class);
    }
}
