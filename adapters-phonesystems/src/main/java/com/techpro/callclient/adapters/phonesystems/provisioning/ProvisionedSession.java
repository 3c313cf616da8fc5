// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
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

/** A session of a document and perhaps a mailbox. It has nothing to revoke. */
public final class ProvisionedSession implements Session {
    private final Profile profile;
    private final SipAccount account;
    private final Policy policy;
    private final List<HostPort> hosts;
    private final @Nullable VoicemailAccess voicemail;
    private final @Nullable VoicemailBox box;

    private ProvisionedSession(
            Profile profile,
            SipAccount account,
            Policy policy,
            List<HostPort> hosts,
            @Nullable VoicemailAccess voicemail,
            @Nullable VoicemailBox box) {
        this.profile = profile;
        this.account = account;
        this.policy = policy;
        this.hosts = hosts;
        this.voicemail = voicemail;
        this.box = box;
    }

    /** Creates a session without a mailbox; see below. */
    public static ProvisionedSession of(
            Profile profile,
            SipAccount account,
            Policy policy,
            @Nullable HostPort server,
            @Nullable VoicemailAccess voicemail,
            LoginContext context)
            throws LoginRefusedException {
        return of(profile, account, policy, server, voicemail, null, context);
    }

    /**
     * Creates a session and applies the document's own policy.
     *
     * @param server the server that sent the document; null if there is only the account's own
     * @param mailbox the mailbox that the document names, or null
     * @throws LoginRefusedException if the policy forbids what the document itself sets
     */
    static ProvisionedSession of(
            Profile profile,
            SipAccount account,
            Policy policy,
            @Nullable HostPort server,
            @Nullable VoicemailAccess voicemail,
            @Nullable NamedMailbox mailbox,
            LoginContext context)
            throws LoginRefusedException {
        SipAccount permitted;
        try {
            permitted = policy.applyTo(account);
        } catch (IllegalArgumentException e) {
            throw new LoginRefusedException(Reason.POLICY);
        }
        List<HostPort> hosts = new ArrayList<>(hostsOf(permitted));
        if (server != null) {
            hosts.add(server);
        }
        boolean mayHear = policy.allows(Feature.VOICEMAIL);
        if (mailbox != null && mayHear) {
            hosts.add(mailbox.server());
        }
        for (HostPort host : hosts) {
            if (!policy.allowsHost(host.host())) {
                throw new LoginRefusedException(Reason.POLICY);
            }
        }
        if (!context.allow(hosts)) {
            throw new LoginRefusedException(Reason.POLICY);
        }
        return new ProvisionedSession(
                profile,
                permitted,
                policy,
                hosts,
                mayHear ? voicemail : null,
                mayHear && mailbox != null ? mailbox.opening().open(permitted, context) : null);
    }

    static List<HostPort> hostsOf(SipAccount account) {
        List<HostPort> hosts = new ArrayList<>();
        hosts.add(new HostPort(account.domain(), 0));
        hosts.addAll(account.outboundProxies());
        return hosts;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public SipAccount sipAccount() {
        return account;
    }

    @Override
    public Policy policy() {
        return policy;
    }

    @Override
    public List<HostPort> hosts() {
        return List.copyOf(hosts);
    }

    @Override
    public @Nullable VoicemailAccess voicemail() {
        return voicemail;
    }

    @Override
    public @Nullable VoicemailBox voicemailBox() {
        return box;
    }

    /**
     * Returns no rooms, only the address that creates new ones; null if the document names none.
     */
    @Override
    public @Nullable ConferenceDirectory conferences() {
        String factory = profile.further().get("conference_factory_uri");
        return factory == null ? null : ConferenceDirectory.of(List.of(), factory);
    }

    @Override
    public @Nullable RemoteCallHistory callHistory() {
        return null;
    }

    @Override
    public @Nullable RemoteDirectory directory() {
        return null;
    }

    @Override
    public void logOut() {
        if (box != null) {
            box.close();
        }
        account.password().wipe();
    }

    @Override
    public String toString() {
        return "ProvisionedSession[redacted]";
    }
}
