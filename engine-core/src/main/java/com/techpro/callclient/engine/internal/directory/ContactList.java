// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The device's contacts, as long as they may be read (promises C3, R2): whether they may is asked at each use, and again on the worker right
 * before they are read and on the loop before what was read is kept. Belongs to the loop.
 */
final class ContactList {
    private static final NameIndex NOTHING = NameIndex.empty();

    private final EngineLoop loop;
    private final Executor worker;
    private final ContactsPort port;
    private final PermissionPort permissions;
    private final Runnable changed;

    /** Whether the organisation permits it; read by the worker too. */
    private volatile boolean allowed;

    private NumberPlan plan;
    private NameIndex index = NOTHING;
    private long indexed;
    private boolean hasIndex;
    private boolean reading;

    ContactList(
            EngineLoop loop,
            Executor worker,
            ContactsPort port,
            PermissionPort permissions,
            NumberPlan plan,
            boolean allowed,
            Runnable changed) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
        this.permissions = permissions;
        this.plan = plan;
        this.allowed = allowed;
        this.changed = changed;
    }

    /** What is known now, at once; a newer address book is read meanwhile, and {@code changed} tells when it is there. */
    NameIndex now() {
        if (!granted()) {
            drop();
            return index;
        }
        try {
            long revision = port.revision();
            if (!reading && (!hasIndex || revision != indexed)) {
                read(revision);
            }
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e); // what is known stays
        }
        return index;
    }

    /** Lets go of everything, without a word. */
    void drop() {
        index = NOTHING;
        hasIndex = false;
    }

    void use(NumberPlan other) {
        plan = other;
        hasIndex = false;
    }

    /** The organisation's say (promise O1), which the user's permission does not overrule. */
    void allow(boolean permitted) {
        allowed = permitted;
    }

    private boolean granted() {
        return allowed && permissions.granted(Permission.CONTACTS);
    }

    private void read(long revision) {
        reading = true;
        NumberPlan itsPlan = plan;
        worker.execute(() -> {
            NameIndex read = null;
            try {
                if (granted()) {
                    read = NameIndex.of(itsPlan, people(port.contacts()));
                }
            } catch (IOException e) {
                // Asked again when a call needs it; until then numbers stand for themselves.
                read = null;
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                read = null;
            }
            NameIndex outcome = read;
            loop.execute(() -> {
                reading = false;
                if (outcome != null && granted() && itsPlan.equals(plan)) {
                    index = outcome;
                    indexed = revision;
                    hasIndex = true;
                    changed.run();
                }
            });
        });
    }

    private static List<Person> people(List<Contact> contacts) {
        List<Person> people = new ArrayList<>(contacts.size());
        for (Contact contact : contacts) {
            List<String> numbers = new ArrayList<>(contact.numbers().size());
            contact.numbers().forEach(number -> numbers.add(number.text()));
            people.add(new Person(Caller.Source.CONTACT, contact.displayName(), contact.organisation(), numbers));
        }
        return people;
    }
}
