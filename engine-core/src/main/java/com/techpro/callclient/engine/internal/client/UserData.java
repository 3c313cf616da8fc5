// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.internal.call.AudioStreams;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.lock.Biometrics;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.store.LocalCache;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the engine holds of its user beside accounts and calls, and who of it hears of calls. */
public final class UserData {
    private final @Nullable UserStore store;
    private final Lock lock;
    private final People people;
    private final VoicemailSide voicemail;
    private final ConferenceSide conferences;
    private final List<CallObserver> observers = new ArrayList<>();
    private final Policy hostPolicy;
    private final EngineLoop loop;
    private final Answers answers;
    /** Asked one after the other when the device runs out of space; on the loop. */
    private final List<LocalCache> caches = new ArrayList<>();
    /** What host and phone system together let this user do (promise O1). Written on the loop. */
    private volatile Policy policy;

    /** @param audioWorker opens and closes devices, one after the other */
    public UserData(
            CallClientConfig config,
            EngineLoop loop,
            Executor workers,
            Executor callbacks,
            Answers answers,
            Executor audioWorker,
            AudioStreams audioStreams) {
        this.loop = loop;
        this.answers = answers;
        this.hostPolicy = config.policy();
        this.policy = hostPolicy;
        SecureStorePort port = config.store();
        this.store = port == null ? null : new UserStore(loop, new SerialExecutor(workers, config.failures()), port);
        this.lock = new Lock(
                loop,
                workers,
                callbacks,
                config.random(),
                store,
                new Biometrics(
                        config.biometrics(), config.permissions(), () -> policy.allows(Policy.Feature.BIOMETRICS)),
                locked -> config.listener().lockChanged(locked));
        this.people = new People(config, loop, workers, callbacks, answers, store, lock);
        this.voicemail = new VoicemailSide(
                config, loop, workers, audioWorker, audioStreams, callbacks, answers, people.book(), lock);
        this.conferences = new ConferenceSide(
                config,
                loop,
                new SerialExecutor(workers, config.failures()),
                callbacks,
                answers,
                people,
                lock,
                () -> policy);
        observers.addAll(people.observers());
        observers.addAll(voicemail.observers());
        observers.add(conferences);
        loop.execute(() -> lock.whenUnlocked(people::retryStore));
        addCache(people.historyBook());
        addCache(voicemail.player());
    }

    public Lock lock() {
        return lock;
    }

    public People people() {
        return people;
    }

    public VoicemailSide voicemailSide() {
        return voicemail;
    }

    public ConferenceSide conferenceSide() {
        return conferences;
    }

    /** Null where the host gave no store: then nothing survives the client. */
    @Nullable
    public UserStore store() {
        return store;
    }

    /** The host's, tightened by the phone system's as long as its user is logged in. From any thread. */
    public Policy policy() {
        return policy;
    }

    /** @param tightened the host's and the phone system's together; on the loop */
    public void loggedIn(Session session, Policy tightened, Account account) {
        loop.assertOnLoop();
        policy = tightened;
        people.loggedIn(session, tightened);
        voicemail.loggedIn(session, tightened, account);
        conferences.loggedIn(session);
    }

    /** A cache that gives way when the device runs out of space. From any thread. */
    public void addCache(LocalCache cache) {
        loop.execute(() -> caches.add(cache));
    }

    /** Also while the app is locked: that is when the system asks, and nothing is shown. From any thread. */
    public CompletionStage<TrimmedStorage> trimStorage() {
        Answer<TrimmedStorage> outcome = answers.open(new TrimmedStorage(List.of()));
        loop.execute(() -> trim(List.copyOf(caches), List.of(), outcome));
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
    public void forget(boolean favorites) {
        policy = hostPolicy;
        lock.erased();
        people.forget(favorites);
        voicemail.forget();
        conferences.forget();
    }

    /** The client closes: runs the task once nothing is under way to the store, a mailbox or the voicemail's cache; on the loop. */
    public void close(Duration limit, Runnable task) {
        voicemail.forget();
        people.disconnect();
        voicemail.whenQuiet(limit, () -> people.whenQuiet(task));
    }

    /** Who hears of registrations and calls, on the loop, before the host does. */
    public List<CallObserver> observers() {
        return observers;
    }
}
