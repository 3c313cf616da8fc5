// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.testkit.pbx.voicemail.MailServer;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.VoiceMessage;
import com.techpro.callclient.testkit.pbx.voicemail.Voicemail;
import java.net.InetAddress;
import java.util.Map;

/** The voicemail of an {@link EmbeddedPbx}, as its operator sees it. From any thread. */
public final class PbxVoicemail {
    private final Voicemail voicemail;
    private final Mailboxes mailboxes;
    private final InetAddress host;
    private final Map<String, Secret> passwords;
    private final Scheduler clock;

    PbxVoicemail(
            Voicemail voicemail,
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

    /** Where messages are fetched over IMAPS, trusting what the rest of the PBX is trusted by. */
    public HostPort address() {
        return new HostPort(host.getHostAddress(), mailboxes.server().port());
    }

    /** The name with which an extension's user logs in there. */
    public String user(String extension) {
        password(extension);
        return mailboxes.userOf(extension);
    }

    /** The password of that: the one of the extension's provisioning, or of its SIP account where accounts are not served. */
    public Secret password(String extension) {
        Secret password = passwords.get(extension);
        if (password == null) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return password;
    }

    /** The server itself, to be stopped and to come back. */
    public MailServer server() {
        return mailboxes.server();
    }

    /** Puts a message into an extension's box, as if somebody had called and spoken: samples at 8000 Hz, half a second at least. */
    public void leave(String extension, String callerNumber, String callerName, short[] samples) {
        password(extension);
        voicemail.keep(new VoiceMessage(extension, callerNumber, callerName, clock.now(), samples.clone()));
    }

    /** How many messages a box stores, those included that are only marked as deleted. */
    public int stored(String extension) {
        password(extension);
        return mailboxes.stored(extension);
    }

    /** How many messages of a box nobody has heard yet. */
    public int unheard(String extension) {
        password(extension);
        return mailboxes.counts(extension).unheard();
    }

    /** Throws all messages of a box away, as another program of its user may. */
    public void empty(String extension) {
        password(extension);
        mailboxes.messages(extension).forEach(uid -> mailboxes.delete(extension, uid));
    }
}
