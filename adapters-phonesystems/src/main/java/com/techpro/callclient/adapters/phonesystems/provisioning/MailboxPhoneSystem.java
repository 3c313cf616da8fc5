// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.adapters.phonesystems.imap.ImapAccount;
import com.techpro.callclient.adapters.phonesystems.imap.ImapVoicemailBox;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another phone system, with a mailbox that has the same credentials. */
public final class MailboxPhoneSystem implements PhoneSystem {
    private final PhoneSystem system;
    private final HostPort mailbox;

    public MailboxPhoneSystem(PhoneSystem system, HostPort mailbox) {
        this.system = system;
        this.mailbox = mailbox;
    }

    /**
     * Returns the other system's kind, so that a stored login is restored with or without the
     * mailbox.
     */
    @Override
    public String kind() {
        return system.kind();
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        LoginOutcome outcome = system.logIn(login, context);
        if (!(outcome instanceof LoginOutcome.LoggedIn loggedIn)) {
            return outcome;
        }
        Session session = loggedIn.session();
        Policy policy = session.policy();
        if (!policy.allows(Feature.VOICEMAIL)) {
            return outcome;
        }
        if (!policy.allowsHost(mailbox.host()) || !context.allow(List.of(mailbox))) {
            session.logOut();
            return new LoginOutcome.Refused(Reason.POLICY);
        }
        ImapAccount account =
                new ImapAccount(mailbox, login.user(), login.password().copy(), login.trust());
        return new LoginOutcome.LoggedIn(new MailboxSession(session, mailbox, new ImapVoicemailBox(account, context)));
    }

    /** The other system's session, with this mailbox. */
    private record MailboxSession(Session session, HostPort mailbox, VoicemailBox voicemailBox) implements Session {
        @Override
        public Profile profile() {
            return session.profile();
        }

        @Override
        public SipAccount sipAccount() {
            return session.sipAccount();
        }

        @Override
        public Policy policy() {
            return session.policy();
        }

        @Override
        public List<HostPort> hosts() {
            List<HostPort> hosts = new ArrayList<>(session.hosts());
            hosts.add(mailbox);
            return hosts;
        }

        @Override
        public @Nullable VoicemailAccess voicemail() {
            return session.voicemail();
        }

        @Override
        public @Nullable ConferenceDirectory conferences() {
            return session.conferences();
        }

        @Override
        public @Nullable RemoteCallHistory callHistory() {
            return session.callHistory();
        }

        @Override
        public @Nullable RemoteDirectory directory() {
            return session.directory();
        }

        @Override
        public void logOut() {
            voicemailBox.close();
            VoicemailBox others = session.voicemailBox();
            if (others != null) {
                others.close();
            }
            session.logOut();
        }

        @Override
        public String toString() {
            return "MailboxSession[redacted]";
        }
    }
}
