// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.internal.account.InstanceId;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.internal.notification.UserNotifications;
import com.techpro.callclient.engine.internal.store.LocalCache;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The engine's data of the user besides accounts and calls. */
final class UserSession {
    private final @Nullable UserStore store;
    private final InstanceId instance;
    private final Lock lock;
    private final DirectoryService people;
    private final TextStore texts;
    private final VoicemailService voicemail;
    private final ConferenceService conferences;
    private final IncomingCallSettings incomingCallSettings;
    private final @Nullable UserNotifications notifications;
    private final ClientContext client;
    private final EngineLoop loop;
    private final CurrentPolicy policy;
    /** Trimmed one after the other when the device runs out of space. */
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
            IncomingCallSettings incomingCallSettings,
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
        this.incomingCallSettings = incomingCallSettings;
        this.notifications = notifications;
        this.caches = List.of(people.history(), voicemail.player());
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

    ConferenceService conferences() {
        return conferences;
    }

    IncomingCallSettings incomingCallSettings() {
        return incomingCallSettings;
    }

    /** Returns null if the host gave no store; then nothing survives the client. */
    @Nullable
    UserStore store() {
        return store;
    }

    /**
     * Returns the host's policy, tightened by the phone system's while a user is logged in. From
     * any thread.
     */
    Policy policy() {
        return policy.now();
    }

    /** @param tightened the policies of host and phone system combined; on the loop */
    void loggedIn(Session session, Policy tightened, Account account) {
        loop.assertOnLoop();
        policy.tightened(tightened);
        people.loggedIn(session, tightened);
        texts.allow(tightened.allows(Policy.Feature.TEXT_STORE));
        voicemail.loggedIn(session, tightened, account);
        conferences.loggedIn(session);
        incomingCallSettings.allow(tightened::allows);
    }

    /**
     * Trims the caches. Works while the app is locked, because the system asks then and nothing is
     * shown. From any thread.
     */
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
     * Forgets the user's data in memory; the caller erases the store.
     *
     * @param favorites whether to forget the favourites too
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
        incomingCallSettings.forget();
        incomingCallSettings.allow(policy::allows);
        if (notifications != null) {
            notifications.forget();
        }
    }

    /**
     * Closes, then runs the task once no operation on the store, a mailbox or the voicemail cache
     * is pending; on the loop.
     */
    void close(Duration limit, Runnable task) {
        voicemail.forget();
        people.disconnect();
        voicemail.whenQuiet(
                limit, () -> people.whenQuiet(() -> texts.whenQuiet(() -> incomingCallSettings.whenQuiet(task))));
    }
}
