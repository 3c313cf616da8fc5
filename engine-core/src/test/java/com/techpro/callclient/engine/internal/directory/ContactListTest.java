// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises C3, R2 and O1 between the moment when contacts are asked for and the moment when they are used. */
class ContactListTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    /** Runs when the test says so. */
    private final Queue<Runnable> worker = new ArrayDeque<>();

    private final FakePermissions permissions = new FakePermissions().grant(Permission.CONTACTS);
    private final FakeContacts contacts = new FakeContacts(permissions).add("Philomena", "1002");
    private int changes;
    private final ContactList list =
            new ContactList(loop, worker::add, contacts, permissions, NumberPlan.of(null), true, () -> changes++);

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void they_are_read_by_the_worker_and_kept() {
        assertThat(found()).isEmpty();
        assertThat(worker).hasSize(1);
        work();
        assertThat(found()).containsExactly("Philomena");
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void C3_a_permission_taken_back_before_the_worker_comes_to_it_leaves_them_unread() {
        assertThat(found()).isEmpty();
        permissions.deny(Permission.CONTACTS);
        work();
        assertThat(contacts.trespasses() + contacts.reads()).isZero();
        assertThat(changes).isZero();
    }

    @Test
    void O1_a_policy_that_forbids_them_before_the_worker_comes_to_it_leaves_them_unread() {
        assertThat(found()).isEmpty();
        list.allow(false);
        work();
        assertThat(contacts.reads()).isZero();
        assertThat(changes).isZero();
    }

    @Test
    void R2_contacts_are_dropped_if_the_permission_is_revoked_during_the_read() {
        assertThat(found()).isEmpty();
        worker.remove().run();
        assertThat(contacts.reads()).isEqualTo(1);
        permissions.deny(Permission.CONTACTS);
        time.settle();
        assertThat(changes).isZero();
        permissions.grant(Permission.CONTACTS);
        assertThat(found()).as("read anew first").isEmpty();
        work();
        assertThat(found()).containsExactly("Philomena");
    }

    @Test
    void O1_contacts_are_dropped_if_the_policy_forbids_them_during_the_read() {
        assertThat(found()).isEmpty();
        worker.remove().run();
        list.allow(false);
        time.settle();
        assertThat(changes).isZero();
        assertThat(found()).isEmpty();
    }

    private void work() {
        worker.remove().run();
        time.settle();
    }

    private List<String> found() {
        List<String> names = new ArrayList<>();
        loop.execute(() -> {
            List<Person> people = new ArrayList<>();
            list.now().search("Phil", 5, people);
            people.forEach(person -> names.add(person.name()));
        });
        time.settle();
        return names;
    }
}
