// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is calling, and what is remembered of it, through the PBX in virtual time. */
class PeopleTest implements CallClientListener {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PbxScene scene;
    private Phone alice;
    private CallClient bob;
    private Call ringing;
    private CallSnapshot firstHeard;
    private HistorySnapshot told;
    private final FakePermissions permissions = new FakePermissions();
    private final FakeContacts contacts = new FakeContacts(permissions).add("Alice Example", "10-01");
    private final List<String> allTold = new ArrayList<>();
    private int phones;

    @BeforeEach
    void open() {
        scene = new PbxScene(1, this::profile);
        alice = scene.phone("1001").registered();
        bob = start();
    }

    @AfterEach
    void close() {
        bob.close();
        scene.close();
        assertThat(contacts.trespasses()).as("C3").isZero();
    }

    @Test
    void U4_a_contact_is_known_at_the_first_ring() {
        ring();

        assertThat(firstHeard.caller().source()).isEqualTo(Caller.Source.CONTACT);
        assertThat(firstHeard.caller().name()).isEqualTo("Alice Example");
    }

    @Test
    void R2_a_revoked_permission_removes_the_name_at_the_next_call_without_a_read() {
        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(2));
        permissions.deny(Permission.CONTACTS);

        ring();

        assertThat(firstHeard.caller().source()).isNotEqualTo(Caller.Source.CONTACT);
        assertThat(firstHeard.caller().display()).isEqualTo("1001");
    }

    @Test
    void U6_favorites_survive_a_restart_in_their_order_and_name_callers() {
        permissions.deny(Permission.CONTACTS);
        bob.people().favorites().add(new Favorite("1001", "Al"));
        bob.people().favorites().add(new Favorite("1003", "Carol"));
        bob.people().favorites().move("1003", 0);
        restart();

        assertThat(bob.people().favorites().snapshot().favorites())
                .containsExactly(new Favorite("1003", "Carol"), new Favorite("1001", "Al"));
        ring();
        assertThat(firstHeard.caller().source()).isEqualTo(Caller.Source.FAVORITE);
    }

    @Test
    void C5_the_history_keeps_calls_of_every_outcome_across_a_restart() {
        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(5));
        ring();
        ringing.reject(RejectReason.DECLINED);
        scene.pass(Duration.ofSeconds(5));
        ring();
        ringing.answer();
        scene.pass(Duration.ofSeconds(10));
        ringing.hangUp();
        scene.pass(Duration.ofSeconds(5));
        bob.accounts().get(0).dial("602");
        scene.pass(Duration.ofSeconds(5));
        Call given = bob.accounts().get(0).dial("1001");
        scene.pass(Duration.ofSeconds(3));
        given.hangUp();
        scene.pass(Duration.ofSeconds(5));
        restart();

        assertThat(bob.people().history().snapshot().entries())
                .extracting(entry -> ((CallRecord) entry).outcome())
                .containsExactly(
                        CallOutcome.CANCELLED,
                        CallOutcome.BUSY,
                        CallOutcome.ANSWERED,
                        CallOutcome.DECLINED,
                        CallOutcome.MISSED);
        CallRecord answered =
                (CallRecord) bob.people().history().snapshot().entries().get(2);
        assertThat(answered.number()).isEqualTo("1001");
        assertThat(answered.duration()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
    }

    @Test
    void U6_the_event_that_reports_stored_data_contains_it() {
        bob.people().favorites().add(new Favorite("1003", "Carol"));
        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(5));
        allTold.clear();
        restart();

        assertThat(allTold)
                .filteredOn(status -> status.contains("STORED"))
                .isNotEmpty()
                .allMatch(status -> status.startsWith("1 "));
    }

    @Test
    void S2_an_unreadable_history_is_not_overwritten_and_is_merged_when_readable() {
        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(5));
        int writes = disk.writes();
        disk.fail(Reason.LOCKED);
        restart();
        assertThat(told.storage()).isEqualTo(new StorageStatus(StorageStatus.State.UNREADABLE, Reason.LOCKED));

        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(5));
        assertThat(told.entries()).hasSize(1);
        assertThat(disk.writes()).isEqualTo(writes);
        disk.fail(null);
        ring();
        alice.client.calls().forEach(Call::hangUp);
        scene.pass(Duration.ofSeconds(5));
        restart();

        assertThat(bob.people().history().snapshot().entries()).hasSize(3);
    }

    private CallClient start() {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(scene.time)
                        .network(scene.network.host("10.9.0." + ++phones))
                        .random(scene.time.random("bob" + phones)))
                .callbacks(Runnable::run)
                .listener(this)
                .platform(p -> p.contacts(contacts).permissions(permissions).store(new FakeSecureStore(disk)))
                .failures((thread, failure) -> {
                    throw new AssertionError("a task of the engine failed", failure);
                })
                .build());
        Account account = client.addAccount(scene.pbx.account("1002").build());
        scene.until(() -> account.registration().state() == RegistrationState.REGISTERED);
        return client;
    }

    private void restart() {
        var closed = bob.shutdown(Duration.ofSeconds(3)).toCompletableFuture();
        scene.until(closed::isDone);
        bob = start();
        scene.pass(Duration.ofSeconds(1));
    }

    private void ring() {
        ringing = null;
        alice.account.dial("1002");
        scene.until(() -> ringing != null);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        ringing = call;
        firstHeard = snapshot;
    }

    @Override
    public void historyChanged(HistorySnapshot after) {
        told = after;
        allTold.add(after.entries().size() + " calls, " + after.storage().state());
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        allTold.add(after.favorites().size() + " favourites, " + after.storage().state());
    }
}
