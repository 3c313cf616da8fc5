// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.internal.account.InstanceId;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.internal.notification.UserNotifications;
import com.techpro.callclient.engine.internal.store.LocalCache;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the engine holds of its user beside accounts and calls, and who of it hears of calls. */
final class UserSession {
    private final @Nullable UserStore store;
    private final InstanceId instance;
    private final Lock lock;
    private final DirectoryService people;
    private final TextStore texts;
    private final VoicemailService voicemail;
    private final ConferenceService conferences;
    private final Reachability reachability;
    private final @Nullable UserNotifications notifications;
    private final List<CallObserver> observers = new ArrayList<>();
    private final ClientContext client;
    private final EngineLoop loop;
    private final CurrentPolicy policy;
    /** Asked one after the other when the device runs out of space. */
    private final List<LocalCache> caches;

    UserSession(
            ClientContext client,
            @Nullable UserStore store,
            InstanceId instance,
            Lock lock,
            CurrentPolicy policy,
            DirectoryService people,
            TextStore texts,
            VoicemailService voicemail,
            ConferenceService conferences,
            Reachability reachability,
            @Nullable UserNotifications notifications) {
        this.client = client;
        this.loop = client.loop();
        this.store = store;
        this.instance = instance;
        this.lock = lock;
        this.policy = policy;
        this.people = people;
        this.texts = texts;
        this.voicemail = voicemail;
        this.conferences = conferences;
        this.reachability = reachability;
        this.notifications = notifications;
        this.caches = List.of(people.history(), voicemail.player());
        observers.addAll(people.observers());
        observers.addAll(voicemail.observers());
        observers.add(conferences);
    }

    Lock lock() {
        return lock;
    }

    DirectoryService people() {
        return people;
    }

    TextStore texts() {
        return texts;
    }

    VoicemailService voicemail() {
        return voicemail;
    }

    ConferenceService conferenceSide() {
        return conferences;
    }

    Reachability reachability() {
        return reachability;
    }

    /** Null where the host gave no store: then nothing survives the client. */
    @Nullable
    UserStore store() {
        return store;
    }

    /** The host's, tightened by the phone system's as long as its user is logged in. From any thread. */
    Policy policy() {
        return policy.now();
    }

    /** @param tightened the host's and the phone system's together; on the loop */
    void loggedIn(Session session, Policy tightened, Account account) {
        loop.assertOnLoop();
        policy.tightened(tightened);
        people.loggedIn(session, tightened);
        texts.allow(tightened.allows(Policy.Feature.TEXT_STORE));
        voicemail.loggedIn(session, tightened, account);
        conferences.loggedIn(session);
        reachability.allow(tightened::allows);
    }

    /** Also while the app is locked: that is when the system asks, and nothing is shown. From any thread. */
    CompletionStage<TrimmedStorage> trimStorage() {
        Answer<TrimmedStorage> outcome = client.answers().open(new TrimmedStorage(List.of()));
        loop.execute(() -> trim(caches, List.of(), outcome));
        return outcome.stage();
    }

    private void trim(List<LocalCache> left, List<Freed> freed, Answer<TrimmedStorage> outcome) {
        if (left.isEmpty()) {
            outcome.tell(new TrimmedStorage(freed));
            return;
        }
        left.get(0).trim(one -> {
            List<Freed> all = new ArrayList<>(freed);
            all.add(one);
            trim(left.subList(1, left.size()), all, outcome);
        });
    }

    /**
     * What is held in memory of a user who logs out; the store is erased by who calls this.
     *
     * @param favorites whether they go as well
     */
    void forget(boolean favorites) {
        policy.loggedOut();
        instance.forget();
        lock.erased();
        people.forget(favorites);
        texts.forget();
        texts.allow(policy.allows(Policy.Feature.TEXT_STORE));
        voicemail.forget();
        conferences.forget();
        reachability.forget();
        reachability.allow(policy::allows);
        if (notifications != null) {
            notifications.forget();
        }
    }

    /** The client closes: runs the task once nothing is under way to the store, a mailbox or the voicemail's cache; on the loop. */
    void close(Duration limit, Runnable task) {
        voicemail.forget();
        people.disconnect();
        voicemail.whenQuiet(limit, () -> people.whenQuiet(() -> texts.whenQuiet(() -> reachability.whenQuiet(task))));
    }

    /** Who hears of registrations and calls, on the loop, before the host does. */
    List<CallObserver> observers() {
        return observers;
    }
}
