// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.log.Loggers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The list of messages, and what is done with them. The mailbox is asked first, and the list follows what it did (promise S7). Belongs to the
 * loop, but for {@link #snapshot} and {@link #dialIn}.
 */
public final class VoicemailList {
    private static final int PAGE = 50;

    /** More than anybody scrolls through, and less than hurts. */
    private static final int MOST = 5_000;

    /** How often the list is read because the mailbox says that it has changed. */
    private static final Duration NEWS_INTERVAL = Duration.ofSeconds(2);

    private static final long NEVER = Long.MIN_VALUE;

    /** How long the user can think better of it. */
    private static final Duration UNDO = Duration.ofSeconds(30);

    private final EngineLoop loop;
    private final MailboxRequests calls;
    private final UnlistedMessages unlisted;
    /** Who is behind a number takes a while to find out, and a list is told often. */
    private final Map<PartyIdentity, Caller> known = new HashMap<>();

    private final Function<PartyIdentity, Caller> callers;
    private final Consumer<VoicemailSnapshot> changed;
    private @Nullable VoicemailBox box;
    private Availability availability = Availability.NOT_LOGGED_IN;
    private MailboxContents contents = MailboxContents.EMPTY;
    private @Nullable VoicemailProblem problem;
    private int wanted = PAGE;
    private boolean reading;
    private boolean again;
    /** Whether the next reading is because the mailbox says that it has changed. */
    private boolean forNews;

    private long newsRead = NEVER;
    private @Nullable Timer news;
    private @Nullable Timer purging;
    private volatile @Nullable String dialIn;
    private volatile VoicemailSnapshot snapshot = VoicemailSnapshot.empty(Availability.NOT_LOGGED_IN);

    /**
     * @param worker runs tasks in order; what is asked of the mailbox may block it
     * @param workers for closing the mailbox, which waits for nothing
     * @param callers tells who is behind a number, as of now
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
        this.callers = callers;
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

    /** Null where there is none to ask. */
    public @Nullable VoicemailBox box() {
        return box;
    }

    /**
     * The user logged in.
     *
     * @param given null where the phone system has none, or it may not be used
     * @param without what this is, where there is none
     */
    public void use(@Nullable VoicemailBox given, @Nullable String number, Availability without) {
        loop.assertOnLoop();
        box = given;
        dialIn = number;
        availability = given == null ? without : Availability.UNREAD;
        tell();
        if (given != null) {
            calls.ask(given, this::watched, (done, wrong) -> {});
            refresh();
        }
    }

    /** What the mailbox says again and again is heard once: until it was listened to, nothing more is posted. */
    private boolean watched(VoicemailBox given) {
        AtomicBoolean told = new AtomicBoolean();
        given.watch(() -> {
            if (told.compareAndSet(false, true)) {
                loop.execute(() -> mailboxChanged(given, told));
            }
        });
        return true;
    }

    /** The first news is read at once, and what follows it closely together. What comes from here on is told anew, so that the last counts. */
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

    /** The phone system says how many messages wait (RFC 3842). */
    public void messagesWaiting(MessagesWaiting summary) {
        if (box != null) {
            unlisted.waiting(summary);
            refresh();
        }
    }

    /** The user logged out, or the client closes: what was deleted goes for good, and the rest is forgotten here. */
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
        known.clear();
        wanted = PAGE;
        reading = false;
        again = false;
        tell();
    }

    /** Runs the task once nothing is under way to the mailbox. */
    public void whenQuiet(Runnable task) {
        calls.whenQuiet(task);
    }

    /** Reads the list again. Asked while it is being read, it is read once more after that, and no more than once. */
    public void refresh() {
        VoicemailBox asked = box;
        if (asked == null) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        int count = wanted;
        boolean news = forNews;
        forNews = false;
        calls.ask(asked, reader -> MailboxRequests.newest(reader, count), (page, wrong) -> {
            if (asked != box) {
                return;
            }
            reading = false;
            problem = wrong;
            known.clear();
            MailboxContents before = contents;
            if (page != null) {
                availability = Availability.AVAILABLE;
                contents = contents.read(page);
            }
            tell();
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

    /** Whether the last reading failed, so that a connection that came back is worth another. */
    public boolean isStale() {
        return problem != null;
    }

    public void more() {
        wanted = Math.min(MOST, Math.max(PAGE, contents.messages().size()) + PAGE);
        refresh();
    }

    /** Who is behind the numbers may be told otherwise now. */
    public void callersChanged() {
        known.clear();
        tell();
    }

    public void setHeard(String id, boolean heard, Consumer<@Nullable VoicemailProblem> done) {
        change(asked -> asked.setHeard(id, heard), () -> contents = contents.heard(id, heard), done);
    }

    /** A message was played to its end. Where the mailbox cannot mark it, it stays as it is. */
    public void playedToEnd(String id) {
        boolean listed =
                contents.messages().stream().anyMatch(message -> message.id().equals(id) && !message.heard());
        if (listed && capabilities().contains(Capability.MARK_HEARD)) {
            setHeard(id, true, wrong -> {});
        }
    }

    /** A mailbox that always does marked it as its audio was opened. */
    public void opened(String id) {
        if (capabilities().contains(Capability.READ_ON_FETCH)) {
            contents = contents.heard(id, true);
            tell();
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
                            tell();
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

    /** A change is told once: of two ways to hear of a message, the second finds nothing new. */
    private void tell() {
        VoicemailSnapshot now = new VoicemailSnapshot(
                availability,
                items(contents.messages()),
                items(contents.deleted()),
                contents.total(),
                contents.unheard(),
                capabilities(),
                problem);
        if (!now.equals(snapshot)) {
            snapshot = now;
            changed.accept(now);
        }
    }

    private List<VoicemailItem> items(List<VoicemailMessage> messages) {
        List<VoicemailItem> items = new ArrayList<>(messages.size());
        for (VoicemailMessage message : messages) {
            String number = message.callerNumber();
            String name = message.callerName();
            PartyIdentity party = number == null && name == null
                    ? PartyIdentity.anonymous("")
                    : new PartyIdentity(name, number == null ? "" : number, "");
            items.add(new VoicemailItem(message, known.computeIfAbsent(party, callers)));
        }
        return items;
    }
}
