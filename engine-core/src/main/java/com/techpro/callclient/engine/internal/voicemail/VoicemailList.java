// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The list of voicemail messages, and operations on it. The mailbox is changed first, then the list
 * (promise S7). Belongs to the loop, except for {@link #snapshot} and {@link #dialIn}.
 */
public final class VoicemailList {
    private static final int PAGE = 50;

    /** More than anybody scrolls through, but still cheap. */
    private static final int MOST = 5_000;

    /** Minimum interval between readings that the mailbox's change notices cause. */
    private static final Duration NEWS_INTERVAL = Duration.ofSeconds(2);

    private static final long NEVER = Long.MIN_VALUE;

    /** How long the user can undo a deletion. */
    private static final Duration UNDO = Duration.ofSeconds(30);

    private final EngineLoop loop;
    private final MailboxRequests calls;
    private final UnlistedMessages unlisted;
    private final MessageCallers callers;
    private final Consumer<VoicemailSnapshot> changed;
    private @Nullable VoicemailBox box;
    private Availability availability = Availability.NOT_LOGGED_IN;
    private MailboxContents contents = MailboxContents.EMPTY;
    private @Nullable VoicemailProblem problem;
    private int wanted = PAGE;
    private boolean reading;
    private boolean again;
    /** Callers that wait for the next reading to end. */
    private List<Consumer<@Nullable VoicemailProblem>> waiting = new ArrayList<>();
    /** Whether a change notice of the mailbox causes the next reading. */
    private boolean forNews;

    private long newsRead = NEVER;
    private @Nullable Timer news;
    private @Nullable Timer purging;
    private volatile @Nullable String dialIn;
    private volatile VoicemailSnapshot snapshot = VoicemailSnapshot.empty(Availability.NOT_LOGGED_IN);

    /**
     * @param worker runs tasks in order; requests to the mailbox may block it
     * @param workers for closing the mailbox without waiting
     * @param callers looks up the caller of a number
     * @param changed on the loop
     */
    public VoicemailList(
            EngineLoop loop,
            Executor worker,
            Executor workers,
            Function<PartyIdentity, Caller> callers,
            Consumer<VoicemailSnapshot> changed) {
        this.loop = loop;
        this.calls = new MailboxRequests(loop, worker, workers);
        this.unlisted = new UnlistedMessages(loop, NEWS_INTERVAL, this::refresh);
        this.callers = new MessageCallers(callers);
        this.changed = changed;
    }

    /** From any thread. */
    public VoicemailSnapshot snapshot() {
        return snapshot;
    }

    /** From any thread. */
    public @Nullable String dialIn() {
        return dialIn;
    }

    /** Returns null if there is no mailbox. */
    public @Nullable VoicemailBox box() {
        return box;
    }

    /**
     * Uses the mailbox of a login.
     *
     * @param given null if the phone system has none, or it may not be used
     * @param without the availability if there is none
     */
    public void use(@Nullable VoicemailBox given, @Nullable String number, Availability without) {
        loop.assertOnLoop();
        box = given;
        dialIn = number;
        availability = given == null ? without : Availability.UNREAD;
        publish();
        if (given != null) {
            calls.ask(given, this::watched, (done, wrong) -> {});
            refresh();
        }
    }

    /** Watches the mailbox. Repeated change notices are combined until the first is handled. */
    private boolean watched(VoicemailBox given) {
        AtomicBoolean told = new AtomicBoolean();
        given.watch(() -> {
            if (told.compareAndSet(false, true)) {
                loop.execute(() -> mailboxChanged(given, told));
            }
        });
        return true;
    }

    /**
     * Handles a change notice: reads at once, or combines notices that follow closely. Later
     * notices count again, so that the last is not lost.
     */
    private void mailboxChanged(VoicemailBox given, AtomicBoolean told) {
        Duration since = Duration.ofNanos(loop.nanoTime() - newsRead);
        if (given != box) {
            return;
        }
        if (newsRead != NEVER && since.compareTo(NEWS_INTERVAL) < 0) {
            news = loop.schedule(NEWS_INTERVAL.minus(since), () -> {
                news = null;
                mailboxChanged(given, told);
            });
            return;
        }
        newsRead = loop.nanoTime();
        told.set(false);
        forNews = true;
        refresh();
    }

    /** Handles the phone system's message count (RFC 3842). */
    public void messagesWaiting(MessagesWaiting summary) {
        if (box != null) {
            unlisted.waiting(summary);
            refresh();
        }
    }

    /**
     * Purges deleted messages and forgets the rest, because the user logged out or the client
     * closes.
     */
    public void forget() {
        loop.assertOnLoop();
        VoicemailBox left = box;
        if (left != null) {
            if (purging == null) {
                calls.close(left);
            } else {
                calls.ask(left, MailboxRequests::purgedAndClosed, (done, wrong) -> {});
            }
        }
        stopPurging();
        if (news != null) {
            news.cancel();
            news = null;
        }
        unlisted.reset();
        forNews = false;
        newsRead = NEVER;
        box = null;
        dialIn = null;
        availability = Availability.NOT_LOGGED_IN;
        contents = MailboxContents.EMPTY;
        problem = null;
        callers.forget();
        wanted = PAGE;
        reading = false;
        again = false;
        publish();
        waiting().forEach(done -> done.accept(VoicemailProblem.NOT_AVAILABLE));
    }

    /** Runs the task once no mailbox operation is pending. */
    public void whenQuiet(Runnable task) {
        calls.whenQuiet(task);
    }

    /** @param done called when a reading that begins now or later has ended */
    public void refresh(Consumer<@Nullable VoicemailProblem> done) {
        waiting.add(done);
        refresh();
    }

    /** Reads the list again. Calls during a reading cause one more reading after it. */
    public void refresh() {
        VoicemailBox asked = box;
        if (asked == null) {
            waiting().forEach(done -> done.accept(VoicemailProblem.NOT_AVAILABLE));
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        int count = wanted;
        List<Consumer<@Nullable VoicemailProblem>> answered = waiting();
        boolean news = forNews;
        forNews = false;
        calls.ask(asked, reader -> MailboxRequests.newest(reader, count), (page, wrong) -> {
            if (asked != box) {
                answered.forEach(done -> done.accept(VoicemailProblem.NOT_AVAILABLE));
                return;
            }
            reading = false;
            problem = wrong;
            callers.forget();
            MailboxContents before = contents;
            if (page != null) {
                availability = Availability.AVAILABLE;
                contents = contents.read(page);
            }
            publish();
            answered.forEach(done -> done.accept(wrong));
            boolean nothingNew = news && wrong == null && contents.equals(before);
            if (again) {
                again = false;
                forNews |= nothingNew;
                refresh();
                return;
            }
            unlisted.read(contents.unheard(), wrong);
            if (nothingNew) {
                unlisted.nothingNew();
            }
        });
    }

    /**
     * Whether the last reading failed, so that it is worth repeating once the connection is back.
     */
    public boolean isStale() {
        return problem != null;
    }

    public void more(Consumer<@Nullable VoicemailProblem> done) {
        wanted = Math.min(MOST, Math.max(PAGE, contents.messages().size()) + PAGE);
        refresh(done);
    }

    private List<Consumer<@Nullable VoicemailProblem>> waiting() {
        List<Consumer<@Nullable VoicemailProblem>> now = waiting;
        waiting = new ArrayList<>();
        return now;
    }

    /** Resolves the callers again. */
    public void callersChanged() {
        callers.forget();
        publish();
    }

    public void setHeard(String id, boolean heard, Consumer<@Nullable VoicemailProblem> done) {
        change(asked -> asked.setHeard(id, heard), () -> contents = contents.heard(id, heard), done);
    }

    /** Marks a message as heard after it was played to its end, if the mailbox can. */
    public void playedToEnd(String id) {
        boolean listed =
                contents.messages().stream().anyMatch(message -> message.id().equals(id) && !message.heard());
        if (listed && capabilities().contains(Capability.MARK_HEARD)) {
            setHeard(id, true, wrong -> {});
        }
    }

    /** Marks a message as heard if the mailbox did so when its audio was opened. */
    public void opened(String id) {
        if (capabilities().contains(Capability.READ_ON_FETCH)) {
            contents = contents.heard(id, true);
            publish();
        }
    }

    public void delete(String id, Consumer<@Nullable VoicemailProblem> done) {
        change(
                asked -> asked.delete(id),
                () -> {
                    boolean forGood = !capabilities().contains(Capability.UNDELETE);
                    contents = contents.without(id, forGood);
                    if (!forGood) {
                        stopPurging();
                        purging = loop.schedule(UNDO, () -> {
                            purging = null;
                            purge(problem -> {});
                        });
                    }
                },
                done);
    }

    public void undelete(String id, Consumer<@Nullable VoicemailProblem> done) {
        change(asked -> asked.undelete(id), () -> contents = contents.with(id), done);
    }

    public void purge(Consumer<@Nullable VoicemailProblem> done) {
        stopPurging();
        change(VoicemailBox::purge, () -> contents = contents.purged(), done);
    }

    public void greetings(Consumer<GreetingsOutcome> done) {
        VoicemailBox asked = box;
        if (asked == null) {
            done.accept(new GreetingsOutcome.Failed(VoicemailProblem.NOT_AVAILABLE));
            return;
        }
        calls.ask(
                asked,
                VoicemailBox::greetings,
                (found, wrong) -> done.accept(
                        found == null
                                ? new GreetingsOutcome.Failed(wrong == null ? VoicemailProblem.PROTOCOL : wrong)
                                : new GreetingsOutcome.Found(found)));
    }

    private interface Change {
        void to(VoicemailBox box) throws VoicemailException;
    }

    private void change(Change change, Runnable done, Consumer<@Nullable VoicemailProblem> then) {
        VoicemailBox asked = box;
        if (asked == null) {
            then.accept(VoicemailProblem.NOT_AVAILABLE);
            return;
        }
        calls.ask(
                asked,
                changed -> {
                    change.to(changed);
                    return Boolean.TRUE;
                },
                (answer, wrong) -> {
                    if (asked == box) {
                        if (wrong == null) {
                            done.run();
                            publish();
                        } else if (wrong == VoicemailProblem.NO_SUCH_MESSAGE) {
                            refresh();
                        }
                    }
                    then.accept(wrong);
                });
    }

    private void stopPurging() {
        if (purging != null) {
            purging.cancel();
            purging = null;
        }
    }

    private Set<Capability> capabilities() {
        try {
            return box == null ? Set.of() : box.capabilities();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return Set.of();
        }
    }

    /** Publishes the list if it changed; a message announced in two ways is published once. */
    private void publish() {
        VoicemailSnapshot now = new VoicemailSnapshot(
                availability,
                callers.of(contents.messages()),
                callers.of(contents.deleted()),
                contents.total(),
                contents.unheard(),
                capabilities(),
                problem);
        if (!now.equals(snapshot)) {
            snapshot = now;
            changed.accept(now);
        }
    }
}
