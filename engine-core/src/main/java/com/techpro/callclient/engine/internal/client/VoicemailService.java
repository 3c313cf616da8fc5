// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.voicemail.VoicemailList;
import com.techpro.callclient.engine.internal.voicemail.cache.VoicemailCache;
import com.techpro.callclient.engine.internal.voicemail.play.PlaybackParts;
import com.techpro.callclient.engine.internal.voicemail.play.Player;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The voicemail of the logged-in user: its list, its playback and its notifications. Belongs to the
 * loop.
 */
final class VoicemailService {
    /** Half an hour at 8 kHz: longer than phone systems record. */
    private static final long LARGEST_MESSAGE = 32L << 20;

    private final EngineLoop loop;
    private final VoicemailList messages;
    private final Player player;
    private final ClientContext client;
    private volatile @Nullable Account account;
    private final BiConsumer<String, VoicemailSnapshot> noticed;

    /**
     * @param audioWorker opens and closes devices, one after the other
     * @param noticed receives each change of the list with the account's id, on the loop
     */
    VoicemailService(
            ClientContext client,
            Executor audioWorker,
            AudioStreams streams,
            PeopleIndex people,
            BiConsumer<String, VoicemailSnapshot> noticed) {
        this.client = client;
        this.loop = client.loop();
        this.noticed = noticed;
        CallClientConfig config = client.config();
        Executor workers = client.workers();
        VoicemailCache cache = new VoicemailCache(
                config.voicemailCache(), LARGEST_MESSAGE, config.lab().random());
        workers.execute(cache::sweep);
        this.messages = new VoicemailList(
                loop,
                client.oneNetworkWorker(),
                client.networkWorkers(),
                party -> people.resolve(party, ""),
                snapshot -> {
                    client.listeners().tell(listener -> listener.voicemailChanged(snapshot));
                    tellNotices(snapshot);
                });
        this.player = new Player(
                new PlaybackParts(loop, workers, client.networkWorkers(), audioWorker, config.audio(), streams, cache),
                messages);
        loop.execute(() -> people.whenChanged(messages::callersChanged));
    }

    private void tellNotices(VoicemailSnapshot snapshot) {
        Account ours = account;
        if (ours != null) {
            noticed.accept(ours.id(), snapshot);
        }
    }

    VoicemailList messages() {
        return messages;
    }

    /** Returns the account of the login; from any thread. */
    @Nullable
    Account account() {
        return account;
    }

    /** On the loop. */
    void playbackChanged(Playback playback, PlaybackSnapshot after) {
        client.listeners().tell(listener -> listener.playbackChanged(playback, after));
    }

    Player player() {
        return player;
    }

    /** Uses the mailbox of a login; the policy is that of host and phone system combined. */
    void loggedIn(Session session, Policy policy, Account with) {
        loop.assertOnLoop();
        account = with;
        if (!policy.allows(Policy.Feature.VOICEMAIL)) {
            messages.use(null, null, Availability.OFF);
            return;
        }
        VoicemailAccess access = session.voicemail();
        String dialIn = access == null ? null : access.dialIn();
        VoicemailBox box = session.voicemailBox();
        messages.use(box, dialIn, dialIn == null ? Availability.ABSENT : Availability.DIAL_IN);
    }

    /** Forgets all messages, because the user logged out or the client closes. */
    void forget() {
        loop.assertOnLoop();
        account = null;
        player.close();
        messages.forget();
    }

    /**
     * Runs the task once no mailbox operation is pending and no message is left, or when the time
     * is up.
     */
    void whenQuiet(Duration limit, Runnable task) {
        AtomicBoolean ran = new AtomicBoolean();
        Timer impatience = loop.schedule(limit, () -> {
            if (ran.compareAndSet(false, true)) {
                task.run();
            }
        });
        player.whenQuiet(() -> messages.whenQuiet(() -> {
            impatience.cancel();
            if (ran.compareAndSet(false, true)) {
                task.run();
            }
        }));
    }

    void messagesWaiting(AccountSession accountSession, MessagesWaiting summary) {
        if (isOurs(accountSession)) {
            messages.messagesWaiting(summary);
        }
    }

    /** Refreshes a stale list: if the phone system is reachable again, the mailbox may be too. */
    void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        if (after.state() == RegistrationState.REGISTERED && isOurs(accountSession) && messages.isStale()) {
            messages.refresh();
        }
    }

    private boolean isOurs(AccountSession accountSession) {
        Account ours = account;
        return ours != null && ours.id().equals(accountSession.id());
    }
}
