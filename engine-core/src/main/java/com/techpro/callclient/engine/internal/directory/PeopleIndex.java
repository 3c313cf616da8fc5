// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everybody the user can know, from all sources, and who of them is in a call. A call is resolved from memory before the host hears of it;
 * what is read later is told by {@link CallEvent.CallerChanged}. Belongs to the loop.
 */
public final class PeopleIndex {
    private static final NameIndex NO_CONTACTS = NameIndex.empty();
    private static final int MOST_COLLEAGUES = 10_000;

    private final EngineLoop loop;
    private final Executor networkWorker;
    private final @Nullable ContactList contacts;
    private final Map<CallSession, AccountSession> calls = new HashMap<>();
    private NumberPlan plan;
    private NameIndex colleagues = NameIndex.empty();
    private NameIndex favorites = NameIndex.empty();
    private NameIndex seen = NO_CONTACTS;
    private List<Person> favoritePeople = List.of();
    private @Nullable RemoteDirectory remote;
    private boolean colleaguesRead;
    private boolean readingColleagues;
    private final List<Consumer<Boolean>> refreshing = new ArrayList<>();
    private Runnable changed = () -> {};

    /**
     * @param worker runs one task at a time, in order
     * @param networkWorker likewise, for tasks that wait for the phone system
     * @param contacts null where there is no address book, or none may be used
     * @param permissions null where nothing optional is granted
     * @param region of the account, or null
     * @param allowed whether the organisation permits the use of the address book
     */
    public PeopleIndex(
            EngineLoop loop,
            Executor worker,
            Executor networkWorker,
            @Nullable ContactsPort contacts,
            @Nullable PermissionPort permissions,
            @Nullable String region,
            boolean allowed) {
        this.loop = loop;
        this.networkWorker = networkWorker;
        this.plan = NumberPlan.of(region);
        this.contacts = contacts == null || permissions == null
                ? null
                : new ContactList(loop, worker, contacts, permissions, plan, allowed, this::resolveCalls);
    }

    /** Reads what may be read, so that the first caller is known. */
    public void start() {
        contactsNow();
    }

    public NumberPlan plan() {
        return plan;
    }

    /**
     * The user logged in: the phone system says where it is, and who works there.
     *
     * @param allowed whether the organisation permits the use of the address book
     */
    public void use(@Nullable String region, @Nullable RemoteDirectory directory, boolean allowed) {
        loop.assertOnLoop();
        remote = directory;
        colleaguesRead = false;
        colleagues = NameIndex.empty();
        if (contacts != null) {
            contacts.allow(allowed);
        }
        if (region != null) {
            plan = NumberPlan.of(region);
            if (contacts != null) {
                contacts.use(plan);
            }
            favorites = NameIndex.of(plan, favoritePeople);
        }
        resolveCalls();
        readColleagues();
    }

    /**
     * The user logged out.
     *
     * @param allowed as for {@link #use}, without the phone system's say
     */
    public void forget(boolean allowed) {
        remote = null;
        colleagues = NameIndex.empty();
        favorites = NameIndex.empty();
        favoritePeople = List.of();
        if (contacts != null) {
            contacts.drop();
            contacts.allow(allowed);
        }
        resolveCalls();
    }

    /** @param task runs on the loop whenever somebody may be known by another name */
    public void whenChanged(Runnable task) {
        changed = task;
    }

    public void favorites(List<Person> people) {
        favoritePeople = people;
        favorites = NameIndex.of(plan, people);
        resolveCalls();
    }

    /**
     * Reads the phone system's directory again, and the contacts if they changed.
     *
     * @param done called with whether the phone system's directory could be read, or there is none
     */
    public void refresh(Consumer<Boolean> done) {
        refreshing.add(done);
        colleaguesRead = false;
        contactsNow();
        readColleagues();
    }

    /** @param domain the account's own */
    public Caller resolve(PartyIdentity party, String domain) {
        loop.assertOnLoop();
        return new CallerResolver(plan, List.of(contactsNow(), favorites, colleagues)).resolve(party, domain);
    }

    public List<Person> search(String text, int limit) {
        loop.assertOnLoop();
        List<Person> found = new ArrayList<>();
        if (!text.trim().isEmpty()) {
            for (NameIndex source : List.of(favorites, contactsNow(), colleagues)) {
                source.search(text, limit, found);
            }
        }
        return found;
    }

    private NameIndex contactsNow() {
        return contacts == null ? NO_CONTACTS : contacts.now();
    }

    private void readColleagues() {
        RemoteDirectory directory = remote;
        if (directory == null) {
            refreshed(true);
        }
        if (directory == null || readingColleagues || colleaguesRead) {
            return;
        }
        readingColleagues = true;
        NumberPlan itsPlan = plan;
        networkWorker.execute(() -> {
            NameIndex read;
            try {
                read = NameIndex.of(itsPlan, people(directory.entries(MOST_COLLEAGUES)));
            } catch (IOException e) {
                // Out of reach for now: the next registration tries again.
                read = null;
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                read = null;
            }
            NameIndex outcome = read;
            loop.execute(() -> {
                readingColleagues = false;
                if (!directory.equals(remote)) {
                    readColleagues();
                } else {
                    if (outcome != null) {
                        colleagues = outcome;
                        colleaguesRead = true;
                        resolveCalls();
                    }
                    refreshed(outcome != null);
                }
            });
        });
    }

    private void refreshed(boolean read) {
        List<Consumer<Boolean>> asked = List.copyOf(refreshing);
        refreshing.clear();
        asked.forEach(done -> done.accept(read));
    }

    private static List<Person> people(List<RemoteDirectory.Entry> entries) {
        List<Person> people = new ArrayList<>(entries.size());
        for (RemoteDirectory.Entry entry : entries) {
            List<String> numbers = new ArrayList<>();
            if (entry.extension() != null) {
                numbers.add(entry.extension());
            }
            numbers.addAll(entry.numbers());
            people.add(new Person(Caller.Source.COLLEAGUE, entry.displayName(), null, numbers));
        }
        return people;
    }

    public void registrationChanged(RegistrationSnapshot after) {
        if (after.state() == RegistrationState.REGISTERED) {
            readColleagues();
        }
    }

    public void began(AccountSession accountSession, CallSession call) {
        calls.put(call, accountSession);
        resolve(accountSession, call);
    }

    public void identified(CallSession call) {
        AccountSession accountSession = calls.get(call);
        if (accountSession != null) {
            resolve(accountSession, call);
        }
    }

    /** A permission taken back during a call takes the contact's name with it (promise R2). */
    public void changed(CallSession call, CallEvent event) {
        if (event instanceof CallEvent.Ended) {
            calls.remove(call);
        } else if (!(event instanceof CallEvent.CallerChanged) && contactsNow() != seen) {
            resolveCalls();
        }
    }

    public void released(CallSession call) {
        calls.remove(call);
    }

    private void resolveCalls() {
        seen = contactsNow();
        new HashMap<>(calls).forEach((call, accountSession) -> resolve(accountSession, call));
        changed.run();
    }

    private void resolve(AccountSession accountSession, CallSession call) {
        seen = contactsNow();
        call.resolved(resolve(call.snapshot().remote(), accountSession.account().domain()));
    }
}
