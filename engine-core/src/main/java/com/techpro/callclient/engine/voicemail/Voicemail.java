// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.internal.lock.LockGate;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.voicemail.VoicemailBook;
import com.techpro.callclient.engine.internal.voicemail.play.Player;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages that callers left for the user who is logged in (promise C6). They belong to the phone system (promise S7): what is done here is
 * done there, and what happens there is told by {@link com.techpro.callclient.engine.CallClientListener#voicemailChanged}. Whether there is voicemail at all is
 * {@link VoicemailSnapshot#availability}. Methods may be called from any thread and return at once; outcomes come on the callbacks' executor,
 * never exceptionally. While the app is locked they throw {@link LockedException}.
 */
public final class Voicemail {
    private final EngineLoop loop;
    private final VoicemailBook book;
    private final Player player;
    private final LockGate lock;
    private final BiConsumer<Playback, PlaybackSnapshot> playbackChanged;
    private final Answers answers;
    private final Supplier<@Nullable Account> account;

    /**
     * @param playbackChanged on the loop
     * @param account of the login, from any thread
     */
    public Voicemail(
            EngineLoop loop,
            VoicemailBook book,
            Player player,
            LockGate lock,
            BiConsumer<Playback, PlaybackSnapshot> playbackChanged,
            Answers answers,
            Supplier<@Nullable Account> account) {
        this.loop = loop;
        this.book = book;
        this.player = player;
        this.lock = lock;
        this.playbackChanged = playbackChanged;
        this.answers = answers;
        this.account = account;
    }

    public VoicemailSnapshot snapshot() {
        lock.requireOpen();
        return book.snapshot();
    }

    /** Asks the mailbox for what is new. New messages are found without it where the phone system tells of them. */
    public void refresh() {
        lock.requireOpen();
        loop.execute(book::refresh);
    }

    /** Asks for the next older messages: fifty more than there are in the list. */
    public void more() {
        lock.requireOpen();
        loop.execute(book::more);
    }

    public CompletionStage<VoicemailOutcome> markHeard(String id, boolean heard) {
        return asked(done -> book.setHeard(id, heard, done));
    }

    /** Deletes a message. It can be brought back until {@link #purge}, which comes by itself half a minute later, if the mailbox permits that. */
    public CompletionStage<VoicemailOutcome> delete(String id) {
        return asked(done -> book.delete(id, done));
    }

    /** Brings back one of {@link VoicemailSnapshot#deleted}. */
    public CompletionStage<VoicemailOutcome> undelete(String id) {
        return asked(done -> book.undelete(id, done));
    }

    /** Removes for good what was deleted here. */
    public CompletionStage<VoicemailOutcome> purge() {
        return asked(book::purge);
    }

    /** What callers hear before they leave a message. */
    public CompletionStage<GreetingsOutcome> greetings() {
        lock.requireOpen();
        Answer<GreetingsOutcome> answer = answers.open(new GreetingsOutcome.Failed(VoicemailProblem.NOT_AVAILABLE));
        loop.execute(() -> book.greetings(answer::tell));
        return answer.stage();
    }

    /** As {@link #play(String, PlaybackOptions)} with {@link PlaybackOptions#DEFAULT}. */
    public Playback play(String id) {
        return play(id, PlaybackOptions.DEFAULT);
    }

    /**
     * Plays a message or a greeting while it arrives. One is played at a time: another that was is closed. What cannot be played is a playback that
     * {@link PlaybackSnapshot.State#FAILED}. Opening a message does not mark it heard, unless the mailbox is one that always does.
     *
     * @throws LockedException if the app is locked
     */
    public Playback play(String id, PlaybackOptions options) {
        lock.requireOpen();
        return player.play(id, options, session -> new Playback(loop, session, lock), playbackChanged);
    }

    /**
     * Calls who left a message, with the login's account.
     *
     * @return empty where there is nobody to call: the number was withheld, or the message is not in the list
     * @throws LockedException if the app is locked
     */
    public Optional<Call> callBack(String id) {
        lock.requireOpen();
        for (VoicemailItem item : book.snapshot().messages()) {
            if (item.id().equals(id)) {
                return dial(item.message().callerNumber());
            }
        }
        return Optional.empty();
    }

    /** What to dial for hearing the messages on the phone, such as {@code *97}; null where the phone system names nothing. */
    public @Nullable String dialIn() {
        lock.requireOpen();
        return book.dialIn();
    }

    /**
     * Calls the voicemail, with the login's account.
     *
     * @return empty where there is no {@link #dialIn}
     * @throws LockedException if the app is locked
     */
    public Optional<Call> dialVoicemail() {
        return dial(dialIn());
    }

    private Optional<Call> dial(@Nullable String number) {
        Account caller = account.get();
        if (number == null || caller == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(caller.dial(number));
        } catch (IllegalArgumentException e) {
            // The phone system's word for a caller need not be a number.
            return Optional.empty();
        }
    }

    private CompletionStage<VoicemailOutcome> asked(Consumer<Consumer<@Nullable VoicemailProblem>> task) {
        lock.requireOpen();
        Answer<VoicemailOutcome> answer = answers.open(new VoicemailOutcome(VoicemailProblem.NOT_AVAILABLE));
        loop.execute(() -> task.accept(
                problem -> answer.tell(problem == null ? VoicemailOutcome.DONE : new VoicemailOutcome(problem))));
        return answer.stage();
    }
}
