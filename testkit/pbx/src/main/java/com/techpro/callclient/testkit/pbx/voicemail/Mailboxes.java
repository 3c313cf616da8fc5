// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The extensions' mailboxes: folders of a real mail server. Users read and change them over IMAP,
 * the PBX internally. Methods may block, and are for the workers.
 */
public final class Mailboxes implements AutoCloseable {
    private final String domain;
    private final VoicemailSettings settings;
    private final MailServer server;
    private final AtomicInteger numbers = new AtomicInteger();

    /** @param passwords by extension */
    public Mailboxes(
            String domain,
            VoicemailSettings settings,
            InetAddress address,
            SSLContext context,
            Map<String, Secret> passwords)
            throws IOException {
        this.domain = domain;
        this.settings = settings;
        Map<String, Secret> users = new LinkedHashMap<>();
        passwords.forEach((extension, password) -> users.put(userOf(extension), password));
        this.server = MailServer.open(address, settings.port(), context, users);
    }

    /** The numbers of unheard and heard messages in a mailbox. */
    public record Counts(int unheard, int heard) {}

    public MailServer server() {
        return server;
    }

    /** Returns the login name of an extension's user. */
    public String userOf(String extension) {
        return extension + "@" + domain;
    }

    /**
     * Sets the listener for every change of a mailbox. It may run on any thread and must not block.
     */
    void whenChanged(Set<String> extensions, Consumer<String> changed) {
        for (String extension : extensions) {
            inbox(extension).addListener(new FolderListener() {
                @Override
                public void expunged(int number) {
                    changed.accept(extension);
                }

                @Override
                public void added(int number) {
                    changed.accept(extension);
                }

                @Override
                public void flagsUpdated(int number, Flags flags, @Nullable Long uid) {
                    changed.accept(extension);
                }

                @Override
                public void mailboxDeleted() {}
            });
        }
    }

    void deliver(VoiceMessage message) {
        try {
            server.deliver(
                    userOf(message.mailbox()), message.toMime(domain, numbers.getAndIncrement(), settings.encoding()));
        } catch (MessagingException e) {
            throw new IllegalStateException("a message that the PBX wrote is no message", e);
        }
    }

    public Counts counts(String extension) {
        int unheard = 0;
        int heard = 0;
        for (StoredMessage message : inbox(extension).getNonDeletedMessages()) {
            if (message.isSet(Flags.Flag.SEEN)) {
                heard++;
            } else {
                unheard++;
            }
        }
        return new Counts(unheard, heard);
    }

    /** Includes messages that are only marked as deleted. */
    public int stored(String extension) {
        return inbox(extension).getMessageCount();
    }

    /** Returns all messages of a mailbox by UID: unheard ones first, each group oldest first. */
    public List<Long> messages(String extension) {
        List<Long> unheard = new ArrayList<>();
        List<Long> heard = new ArrayList<>();
        for (StoredMessage message : inbox(extension).getNonDeletedMessages()) {
            (message.isSet(Flags.Flag.SEEN) ? heard : unheard).add(message.getUid());
        }
        unheard.addAll(heard);
        return unheard;
    }

    /** Returns the audio of a message and marks it as heard; empty if it is gone. */
    short[] hear(String extension, long uid) {
        MailFolder inbox = inbox(extension);
        StoredMessage message = inbox.getMessage(uid);
        if (message == null) {
            return new short[0];
        }
        try {
            short[] sound = VoiceMessage.soundIn(message.getMimeMessage());
            inbox.setFlags(new Flags(Flags.Flag.SEEN), true, uid, null, true);
            return sound;
        } catch (MessagingException | IOException | FolderException e) {
            // Another program put something into the mailbox that is no voice message.
            return new short[0];
        }
    }

    public void delete(String extension, long uid) {
        MailFolder inbox = inbox(extension);
        try {
            if (inbox.getMessage(uid) != null) {
                inbox.setFlags(new Flags(Flags.Flag.DELETED), true, uid, null, true);
                inbox.expunge();
            }
        } catch (FolderException e) {
            throw new IllegalStateException("the mailbox does not let go of a message", e);
        }
    }

    /** Presents another certificate. */
    public void restart(SSLContext context) throws IOException {
        server.restart(context);
    }

    @Override
    public void close() {
        server.close();
    }

    private MailFolder inbox(String extension) {
        return server.inbox(userOf(extension));
    }
}
