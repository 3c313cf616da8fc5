// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far favourites go, and what a permission taken back during a call does to it. */
class PeopleBoundsTest {
    private final PhoneScene scene = new PhoneScene(71);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void there_are_five_hundred_favourites_at_most() {
        Phone alice = scene.phone("alice", "192.0.2.1").registered();
        CompletionStage<CommandOutcome> last = null;
        for (int i = 0; i < 500; i++) {
            last = alice.client.people().favorites().add(new Favorite(Integer.toString(2000 + i), "F" + i));
        }
        assertThat(await(last).isDone()).isTrue();

        assertThat(await(alice.client.people().favorites().add(new Favorite("9999", "One More"))))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.TOO_MANY_FAVORITES));
        assertThat(await(alice.client.people().favorites().add(new Favorite("2499", "New Name")))
                        .isDone())
                .isTrue();
        assertThat(alice.client.people().favorites().snapshot().favorites())
                .hasSize(500)
                .endsWith(new Favorite("2499", "New Name"));
        assertThat(await(alice.client.people().favorites().remove("2000")).isDone())
                .isTrue();
        assertThat(await(alice.client.people().favorites().add(new Favorite("9999", "One More")))
                        .isDone())
                .isTrue();
    }

    @Test
    void R2_contacts_taken_back_during_a_call_take_the_name_with_them() {
        FakePermissions permissions = new FakePermissions();
        FakeContacts contacts = new FakeContacts(permissions).add("Bob Contact", "bob", "1002");
        Phone alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.contacts(contacts).permissions(permissions)))
                .registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        Call call = scene.talk(alice, bob);
        scene.until(() -> call.snapshot().caller().source() == Caller.Source.CONTACT);
        int reads = contacts.reads();

        permissions.deny(Permission.CONTACTS);
        call.hold();
        scene.until(() -> call.snapshot().caller().source() != Caller.Source.CONTACT);

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.told(CallEvent.CallerChanged.class)).isNotEmpty();
        permissions.grant(Permission.CONTACTS);
        call.resume();
        scene.until(() -> call.snapshot().caller().source() == Caller.Source.CONTACT);
        assertThat(contacts.reads()).isEqualTo(reads + 1);
        assertThat(contacts.trespasses()).isZero();
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
