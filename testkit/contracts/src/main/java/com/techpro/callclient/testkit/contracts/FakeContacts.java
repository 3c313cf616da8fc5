// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address book in memory. It can check that nobody reads it without permission (promise C3). */
public final class FakeContacts implements ContactsPort {
    private final @Nullable PermissionPort guard;
    private List<Contact> contacts = new ArrayList<>();
    private long revision = 1;
    private boolean broken;
    private int reads;
    private int trespasses;

    /** Creates an address book without a permission check. */
    public FakeContacts() {
        this.guard = null;
    }

    /**
     * @param guard while it does not grant {@link Permission#CONTACTS}, calls throw an
     *     {@link AssertionError} and are counted
     */
    public FakeContacts(PermissionPort guard) {
        this.guard = guard;
    }

    public synchronized FakeContacts add(String name, String... numbers) {
        List<Contact.PhoneNumber> typed = new ArrayList<>();
        for (String number : numbers) {
            typed.add(new Contact.PhoneNumber(number, null));
        }
        List<Contact> more = new ArrayList<>(contacts);
        more.add(new Contact(Integer.toString(more.size() + 1), name, null, typed));
        return replace(more);
    }

    /** Replaces the contents, as the user would. */
    public synchronized FakeContacts replace(List<Contact> all) {
        contacts = List.copyOf(all);
        revision++;
        return this;
    }

    /** Adds a malformed entry, until the contents are replaced. */
    public synchronized FakeContacts addMalformed() {
        List<Contact> more = new ArrayList<>(contacts);
        more.add(new Contact("malformed", "", null, List.of()));
        return replace(more);
    }

    /** Makes it unreadable from now on, or readable again. */
    public synchronized void fail(boolean unreadable) {
        broken = unreadable;
        revision++;
    }

    /** Returns how often the whole book was read. */
    public synchronized int reads() {
        return reads;
    }

    /** Returns how many calls were made without permission. */
    public synchronized int trespasses() {
        return trespasses;
    }

    @Override
    public synchronized List<Contact> contacts() throws IOException {
        check();
        if (broken) {
            throw new IOException("the address book cannot be read");
        }
        reads++;
        return contacts.stream().filter(contact -> !contact.numbers().isEmpty()).toList();
    }

    @Override
    public synchronized long revision() {
        check();
        return revision;
    }

    private void check() {
        if (guard != null && !guard.granted(Permission.CONTACTS)) {
            trespasses++;
            throw new AssertionError("C3: contacts are touched although they are not granted now");
        }
    }
}
