// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.testkit.pbx.voicemail.MailServer;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.VoiceMessage;
import com.techpro.callclient.testkit.pbx.voicemail.VoicemailServer;
import java.net.InetAddress;
import java.util.Map;

/** The voicemail of an {@link EmbeddedPbx}, as its operator sees it. Callable from any thread. */
public final class PbxVoicemail {
    private final VoicemailServer voicemail;
    private final Mailboxes mailboxes;
    private final InetAddress host;
    private final Map<String, Secret> passwords;
    private final Scheduler clock;

    PbxVoicemail(
            VoicemailServer voicemail,
            Mailboxes mailboxes,
            InetAddress host,
            Map<String, Secret> passwords,
            Scheduler clock) {
        this.voicemail = voicemail;
        this.mailboxes = mailboxes;
        this.host = host;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Returns the IMAPS address for fetching messages. The PBX's trust applies there too. */
    public HostPort address() {
        return new HostPort(host.getHostAddress(), mailboxes.server().port());
    }

    /** Returns the IMAP user name of an extension. */
    public String user(String extension) {
        password(extension);
        return mailboxes.userOf(extension);
    }

    /**
     * Returns the IMAP password: the provisioning password, or the SIP account's if the PBX has no
     * provisioning.
     */
    public Secret password(String extension) {
        Secret password = passwords.get(extension);
        if (password == null) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return password;
    }

    /** Returns the mail server itself, which tests can stop and start again. */
    public MailServer server() {
        return mailboxes.server();
    }

    /**
     * Stores a message in an extension's mailbox, as if a caller had left it. Samples at 8,000 Hz,
     * at least half a second.
     */
    public void leave(String extension, String callerNumber, String callerName, short[] samples) {
        password(extension);
        voicemail.keep(new VoiceMessage(extension, callerNumber, callerName, clock.now(), samples.clone()));
    }

    /** Returns how many messages a mailbox stores, including those only marked as deleted. */
    public int stored(String extension) {
        password(extension);
        return mailboxes.stored(extension);
    }

    /** Returns how many messages of a mailbox are unheard. */
    public int unheard(String extension) {
        password(extension);
        return mailboxes.counts(extension).unheard();
    }

    /** Deletes all messages of a mailbox, as another mail program of the user may. */
    public void empty(String extension) {
        password(extension);
        mailboxes.messages(extension).forEach(uid -> mailboxes.delete(extension, uid));
    }
}
