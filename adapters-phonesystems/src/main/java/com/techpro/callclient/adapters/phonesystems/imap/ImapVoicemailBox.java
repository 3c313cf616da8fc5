// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Voicemail in the INBOX of an IMAP account. {@code \Seen} means heard, and {@code \Deleted} means
 * deleted. UID EXPUNGE (RFC 4315) removes only the messages that this box deleted. On a server
 * without that command the box never deletes, because EXPUNGE would also remove what other clients
 * have marked. It ignores greetings and mail without sound.
 */
public final class ImapVoicemailBox implements VoicemailBox {
    static final String INBOX = "INBOX";

    private final ImapAccount account;
    private final LoginContext context;
    private final MailboxAccess access;
    /** Owned by the thread that has access. */
    private final Set<MessageId> deletedHere = new HashSet<>();

    private @Nullable MailboxWatch watch;

    /** Creates a box that connects at its first use. */
    public ImapVoicemailBox(ImapAccount account, LoginContext context) {
        this.account = account;
        this.context = context;
        this.access = new MailboxAccess(account, context);
    }

    @Override
    public Set<Capability> capabilities() {
        return access.capabilities();
    }

    @Override
    public VoicemailPage list(int offset, int limit) throws VoicemailException {
        if (offset < 0 || limit < 1 || limit > 500) {
            throw new IllegalArgumentException("a page has 1 to 500 messages, from 0 on");
        }
        return access.inbox((connection, inbox) -> {
            inbox.refresh(connection, offset > Integer.MAX_VALUE - limit ? Integer.MAX_VALUE : offset + limit);
            List<Mailbox.Entry> all = inbox.messages();
            int from = Math.min(offset, all.size());
            List<Mailbox.Entry> page = all.subList(from, from + Math.min(limit, all.size() - from));
            Transcriptions.fetch(connection, page);
            List<VoicemailMessage> messages = new ArrayList<>(page.size());
            for (Mailbox.Entry entry : page) {
                messages.add(message(inbox, entry));
            }
            return new VoicemailPage(messages, inbox.total(), inbox.unheard());
        });
    }

    private static VoicemailMessage message(Mailbox inbox, Mailbox.Entry entry) {
        Summary summary = entry.summary;
        if (summary == null) {
            throw new IllegalStateException("only voicemail is listed");
        }
        return new VoicemailMessage(
                new MessageId(false, inbox.validity(), entry.uid).toString(),
                summary.callerNumber(),
                summary.callerName(),
                summary.received(),
                summary.duration(),
                entry.heard,
                summary.urgent(),
                summary.audio().decodedSize(),
                entry.words);
    }

    @Override
    public VoicemailAudio open(String text) throws VoicemailException {
        access.check();
        MessageId id = MessageId.parse(text);
        MailboxAccess.Found<byte[]> begun = access.message(id, (connection, mailbox, entry) -> {
            Summary summary = entry.summary;
            if (summary == null || entry.deleted) {
                throw MessageId.noSuch();
            }
            return new MailboxAccess.Found<>(summary, piece(connection, id, summary, 0, PartStream.FIRST));
        });
        Summary summary = begun.summary();
        PartStream encoded = new PartStream(
                begun.value(),
                summary.audio().size(),
                (offset, length) -> access.message(
                        id, (connection, mailbox, entry) -> piece(connection, id, summary, offset, length)));
        MimePart part = summary.audio();
        return new VoicemailAudio(part.type(), part.decodedSize(), PartStream.decoded(part, encoded));
    }

    private static byte[] piece(ImapConnection connection, MessageId id, Summary summary, long offset, int length)
            throws VoicemailException {
        int size = summary.audio().size();
        try {
            byte[] piece = connection.piece(id.uid(), summary.audio().section(), offset, length);
            if (piece == null) {
                throw MessageId.noSuch();
            }
            return piece;
        } catch (VoicemailException e) {
            // If the size is a multiple of a piece's, the read after the end may get NO from a
            // server.
            if (e.reason() == Reason.PROTOCOL && !connection.broken() && size >= 0 && offset >= size) {
                return new byte[0];
            }
            throw e;
        }
    }

    @Override
    public void setHeard(String text, boolean heard) throws VoicemailException {
        flag(text, Capability.MARK_HEARD, heard ? "+" : "-", "\\Seen");
    }

    @Override
    public void delete(String text) throws VoicemailException {
        flag(text, Capability.DELETE, "+", "\\Deleted");
    }

    @Override
    public void undelete(String text) throws VoicemailException {
        flag(text, Capability.UNDELETE, "-", "\\Deleted");
    }

    private void flag(String text, Capability needed, String sign, String flag) throws VoicemailException {
        access.check();
        MessageId id = MessageId.parse(text);
        access.message(id, (connection, mailbox, entry) -> {
            boolean message = entry.summary != null && entry.summary.greeting() == null && !id.greetings();
            if (!message || !access.capabilities().contains(needed)) {
                throw new VoicemailException(Reason.UNSUPPORTED, "this mailbox does not permit it here");
            }
            if (needed == Capability.DELETE) {
                // Noted before the command: if its answer is lost, purging the message is still
                // right.
                deletedHere.add(id);
            }
            connection.ask("UID STORE " + id.uid() + " " + sign + "FLAGS.SILENT (" + flag + ")");
            if (mailbox.confirm(connection, id.uid()) == null) {
                deletedHere.remove(id);
                throw MessageId.noSuch();
            }
            if (needed == Capability.UNDELETE) {
                deletedHere.remove(id);
            }
            return true;
        });
    }

    @Override
    public void purge() throws VoicemailException {
        access.check();
        access.local(() -> {
            if (deletedHere.isEmpty()) {
                return;
            }
            access.inbox((connection, inbox) -> {
                List<Long> uids = new ArrayList<>();
                for (MessageId id : deletedHere) {
                    if (id.validity() == inbox.validity()) {
                        uids.add(id.uid());
                    }
                }
                if (!uids.isEmpty()) {
                    // The server removes those that are still marked: another client may have
                    // removed a mark.
                    connection.ask("UID EXPUNGE " + UidSet.of(uids));
                    inbox.forget(uids);
                }
                deletedHere.clear();
                return true;
            });
        });
    }

    @Override
    public List<Greeting> greetings() throws VoicemailException {
        List<Greeting> greetings = new ArrayList<>(access.inbox((connection, inbox) -> {
            inbox.refresh(connection, Integer.MAX_VALUE);
            return greetings(inbox, false);
        }));
        greetings.addAll(access.greetings((connection, folder) -> {
            folder.refresh(connection, Integer.MAX_VALUE);
            return greetings(folder, true);
        }));
        return List.copyOf(greetings);
    }

    private static List<Greeting> greetings(Mailbox mailbox, boolean folder) {
        List<Greeting> greetings = new ArrayList<>();
        for (Mailbox.Entry entry : mailbox.all()) {
            Summary summary = entry.summary;
            if (summary != null && !entry.deleted && (folder || summary.greeting() != null)) {
                String kind = summary.greeting() == null ? "greeting" : summary.greeting();
                String id = new MessageId(folder, mailbox.validity(), entry.uid).toString();
                greetings.add(new Greeting(id, kind, summary.active()));
            }
        }
        return greetings;
    }

    @Override
    public synchronized void watch(@Nullable Runnable changed) {
        if (watch != null) {
            watch.stop();
            watch = null;
        }
        if (changed != null && !access.isClosed()) {
            watch = new MailboxWatch(account, context, changed);
            watch.start();
        }
    }

    @Override
    public void close() {
        access.close();
        watch(null);
        account.password().wipe();
    }

    @Override
    public String toString() {
        return "ImapVoicemailBox[redacted]";
    }
}
