// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.permission.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeContactsContractTest extends ContactsPortContract {
    private final FakeContacts fake = new FakeContacts();

    @Override
    protected ContactsPort port() {
        return fake;
    }

    @Override
    protected void hold(List<Contact> contacts) {
        fake.replace(contacts);
    }

    @Override
    protected boolean addMalformed() {
        fake.addMalformed();
        return true;
    }

    @Override
    protected boolean breakBook() {
        fake.fail(true);
        return true;
    }

    @Test
    void C3_access_without_permission_fails_and_is_counted() throws Exception {
        FakePermissions permissions = new FakePermissions();
        FakeContacts guarded = new FakeContacts(permissions).add("Ada", "1001");
        assertThat(guarded.contacts()).hasSize(1);

        permissions.deny(Permission.CONTACTS);

        assertThatThrownBy(guarded::contacts).isInstanceOf(AssertionError.class);
        assertThatThrownBy(guarded::revision).isInstanceOf(AssertionError.class);
        assertThat(guarded.trespasses()).isEqualTo(2);
        assertThat(guarded.reads()).isEqualTo(1);
    }
}
