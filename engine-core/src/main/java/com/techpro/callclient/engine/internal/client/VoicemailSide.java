// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.internal.call.AudioStreams;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.internal.directory.PhoneBook;
import com.techpro.callclient.engine.internal.lock.LockGate;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.voicemail.VoicemailBook;
import com.techpro.callclient.engine.internal.voicemail.cache.VoicemailCache;
import com.techpro.callclient.engine.internal.voicemail.play.PlaybackParts;
import com.techpro.callclient.engine.internal.voicemail.play.Player;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The voicemail of whoever is logged in: its list, what is played of it, and who tells that there is more. Belongs to the loop. */
public final class VoicemailSide implements CallObserver {
    /** Half an hour at 8 kHz: longer than phone systems record. */
    private static final long LARGEST_MESSAGE = 32L << 20;

    private final EngineLoop loop;
    private final VoicemailBook book;
    private final Player player;
    private final Voicemail voicemail;
    private volatile @Nullable Account account;
    private BiConsumer<String, VoicemailSnapshot> noticed = (id, snapshot) -> {};

    /** @param audioWorker opens and closes devices, one after the other */
    public VoicemailSide(
            CallClientConfig config,
            EngineLoop loop,
            Executor workers,
            Executor audioWorker,
            AudioStreams streams,
            Executor callbacks,
            Answers answers,
            PhoneBook people,
            LockGate lock) {
        this.loop = loop;
        VoicemailCache cache = new VoicemailCache(config.voicemailCache(), LARGEST_MESSAGE, config.random());
        workers.execute(cache::sweep);
        this.book = new VoicemailBook(
                loop,
                new SerialExecutor(workers, config.failures()),
                workers,
                party -> people.resolve(party, ""),
                snapshot -> {
                    callbacks.execute(() -> config.listener().voicemailChanged(snapshot));
                    tellNotices(snapshot);
                });
        this.player = new Player(new PlaybackParts(loop, workers, audioWorker, config.audio(), streams, cache), book);
        this.voicemail = new Voicemail(
                loop,
                book,
                player,
                lock,
                (playback, snapshot) ->
                        callbacks.execute(() -> config.listener().playbackChanged(playback, snapshot)),
                answers,
                () -> account);
        loop.execute(() -> people.whenChanged(book::callersChanged));
    }

    /** Who tells the user of new messages: hears of each change of the list, and whose account it is, on the loop. Before anybody logs in. */
    public void whenChanged(BiConsumer<String, VoicemailSnapshot> notices) {
        noticed = notices;
    }

    private void tellNotices(VoicemailSnapshot snapshot) {
        Account ours = account;
        if (ours != null) {
            noticed.accept(ours.id(), snapshot);
        }
    }

    public Voicemail voicemail() {
        return voicemail;
    }

    public Player player() {
        return player;
    }

    public List<CallObserver> observers() {
        return List.of(player, this);
    }

    /** The user logged in; the policy is that of host and phone system together. */
    public void loggedIn(Session session, Policy policy, Account with) {
        loop.assertOnLoop();
        account = with;
        if (!policy.allows(Policy.Feature.VOICEMAIL)) {
            book.use(null, null, Availability.OFF);
            return;
        }
        VoicemailAccess access = session.voicemail();
        String dialIn = access == null ? null : access.dialIn();
        VoicemailBox box = session.voicemailBox();
        book.use(box, dialIn, dialIn == null ? Availability.ABSENT : Availability.DIAL_IN);
    }

    /** The user logged out, or the client closes: nothing of any message stays here. */
    public void forget() {
        loop.assertOnLoop();
        account = null;
        player.close();
        book.forget();
    }

    /** Runs the task once nothing is under way to the mailbox and nothing is left of any message, or when the time is up. */
    public void whenQuiet(Duration limit, Runnable task) {
        AtomicBoolean ran = new AtomicBoolean();
        Timer impatience = loop.schedule(limit, () -> {
            if (ran.compareAndSet(false, true)) {
                task.run();
            }
        });
        player.whenQuiet(() -> book.whenQuiet(() -> {
            impatience.cancel();
            if (ran.compareAndSet(false, true)) {
                task.run();
            }
        }));
    }

    @Override
    public void messagesWaiting(Line line, MessagesWaiting summary) {
        if (isOurs(line)) {
            book.refresh();
        }
    }

    /** The way to the phone system is open again: so may be that to the mailbox. */
    @Override
    public void registrationChanged(Line line, RegistrationSnapshot after) {
        if (after.state() == RegistrationState.REGISTERED && isOurs(line) && book.isStale()) {
            book.refresh();
        }
    }

    private boolean isOurs(Line line) {
        Account ours = account;
        return ours != null && ours.id().equals(line.id());
    }
}
