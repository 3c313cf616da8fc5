// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import jakarta.mail.Flags;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/**
 * A box's one connection for commands. One caller at a time uses it for a short exchange. If the
 * connection died since its last use, it is replaced once.
 */
final class MailboxAccess {
    /** VMB-1 allows 30 s; the last answer may take 10 s after this. */
    private static final Duration WHOLE = Duration.ofSeconds(19);

    private final ImapAccount account;
    private final LoginContext context;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Mailbox inbox = new Mailbox();
    private final Mailbox greetings = new Mailbox();
    private @Nullable ImapConnection connection;
    private @Nullable Mailbox selected;
    /** The INBOX's permissions. */
    private ImapConnection.@Nullable Selected permitted;

    private boolean lookedForGreetings;
    private @Nullable String greetingsFolder;
    private volatile Set<Capability> capabilities =
            Set.of(Capability.MARK_HEARD, Capability.DELETE, Capability.UNDELETE, Capability.WATCH);
    private volatile boolean closed;
    private volatile @Nullable Runnable abort;

    MailboxAccess(ImapAccount account, LoginContext context) {
        this.account = account;
        this.context = context;
    }

    /** An exchange with the selected folder. */
    interface Use<T> {
        T run(ImapConnection connection, Mailbox mailbox) throws VoicemailException;
    }

    /** An exchange about an existing message. */
    interface MessageUse<T> {
        T run(ImapConnection connection, Mailbox mailbox, Mailbox.Entry entry) throws VoicemailException;
    }

    /** A task under the lock, which may contain an exchange. */
    interface Local {
        void run() throws VoicemailException;
    }

    /** A message and a value that was fetched for it. */
    record Found<T>(Summary summary, T value) {
        @Override
        public String toString() {
            return "Found[redacted]";
        }
    }

    Set<Capability> capabilities() {
        return capabilities;
    }

    boolean isClosed() {
        return closed;
    }

    void check() throws VoicemailException {
        if (closed) {
            throw new VoicemailException(Reason.CLOSED, "this box was closed");
        }
    }

    <T> T inbox(Use<T> use) throws VoicemailException {
        return with(false, use);
    }

    /** Returns an empty list if there is no such folder. */
    <T> List<T> greetings(Use<List<T>> use) throws VoicemailException {
        return greetingsFolder == null ? List.of() : with(true, use);
    }

    <T> T message(MessageId id, MessageUse<T> use) throws VoicemailException {
        return with(id.greetings(), (connected, mailbox) -> {
            Mailbox.Entry entry = id.validity() == mailbox.validity() ? mailbox.find(connected, id.uid()) : null;
            if (entry == null || entry.summary == null) {
                throw MessageId.noSuch();
            }
            return use.run(connected, mailbox, entry);
        });
    }

    void local(Local action) throws VoicemailException {
        acquire(TimeBudget.in(WHOLE, context::now));
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T with(boolean greeting, Use<T> use) throws VoicemailException {
        TimeBudget deadline = TimeBudget.in(WHOLE, context::now);
        acquire(deadline);
        try {
            boolean used = connection != null && !connection.broken();
            try {
                return exchange(greeting, use, deadline);
            } catch (VoicemailException e) {
                // A late response to a caller that gave up may look like a protocol error.
                boolean over =
                        e.reason() == Reason.UNREACHABLE || (e.reason() == Reason.PROTOCOL && connection == null);
                if (!used || !over || deadline.passed() || closed) {
                    throw e;
                }
                return exchange(greeting, use, deadline);
            }
        } catch (VoicemailException e) {
            check();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void acquire(TimeBudget deadline) throws VoicemailException {
        check();
        try {
            if (!lock.tryLock(deadline.millis(WHOLE), TimeUnit.MILLISECONDS)) {
                throw new VoicemailException(Reason.UNREACHABLE, "the mailbox is busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VoicemailException(Reason.UNREACHABLE, "interrupted", e);
        }
    }

    private <T> T exchange(boolean greeting, Use<T> use, TimeBudget deadline) throws VoicemailException {
        ImapConnection ready = null;
        try {
            ready = connected(deadline);
            Mailbox mailbox = select(ready, greeting);
            know(ready);
            T result = use.run(ready, mailbox);
            know(ready);
            return result;
        } finally {
            if (ready != null && ready.broken()) {
                drop();
            }
        }
    }

    private ImapConnection connected(TimeBudget deadline) throws VoicemailException {
        ImapConnection kept = connection;
        if (kept == null) {
            selected = null;
            kept = ImapConnection.open(account, context, deadline, this::begun, this::observe);
            connection = kept;
        }
        kept.limit(deadline);
        return kept;
    }

    private boolean begun(Runnable close) {
        abort = close;
        return !closed;
    }

    private void observe(Response response) {
        if (selected != null) {
            selected.observe(response);
        }
    }

    private void drop() {
        if (connection != null) {
            connection.abort();
        }
        connection = null;
        selected = null;
    }

    private Mailbox select(ImapConnection ready, boolean greeting) throws VoicemailException {
        if (!lookedForGreetings) {
            greetingsFolder = ready.greetingsFolder();
            lookedForGreetings = true;
        }
        String folder = greeting ? greetingsFolder : ImapVoicemailBox.INBOX;
        if (folder == null) {
            throw MessageId.noSuch();
        }
        Mailbox mailbox = greeting ? greetings : inbox;
        if (!ready.isSelected(folder)) {
            selected = null;
            ImapConnection.Selected state = ready.select(folder, greeting);
            mailbox.selected(state);
            selected = mailbox;
            if (!greeting) {
                permitted = state;
            }
        }
        return mailbox;
    }

    /** Stores the mailbox's capabilities. */
    private void know(ImapConnection ready) {
        ImapConnection.Selected state = permitted;
        Set<Capability> known = EnumSet.noneOf(Capability.class);
        if (state != null && state.keeps(Flags.Flag.SEEN)) {
            known.add(Capability.MARK_HEARD);
        }
        if (state != null && state.keeps(Flags.Flag.DELETED) && ready.can("UIDPLUS")) {
            known.add(Capability.DELETE);
            known.add(Capability.UNDELETE);
        }
        if (ready.can("IDLE")) {
            known.add(Capability.WATCH);
        }
        if (greetingsFolder != null) {
            known.add(Capability.GREETINGS);
            known.add(Capability.DRIVES_MESSAGE_WAITING);
        }
        for (Mailbox.Entry entry : inbox.known()) {
            if (entry.summary != null && entry.summary.greeting() != null) {
                known.add(Capability.GREETINGS);
            }
            if (entry.summary != null && entry.summary.dialect().drivesMessageWaiting()) {
                known.add(Capability.DRIVES_MESSAGE_WAITING);
            }
        }
        capabilities = Set.copyOf(known);
    }

    /** Closes the connection from any thread. A caller that waits for an answer gets a failure. */
    void close() {
        closed = true;
        Runnable close = abort;
        if (close != null) {
            close.run();
        }
    }
}
