// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.ProvisionedSession;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A login at a Wazo. */
final class WazoSession implements Session {
    private final ProvisionedSession provisioned;
    private final HttpsClient client;
    private final WazoTokens tokens;
    private final WazoTokens.Owner owner;
    private final WazoEvents events;
    private final @Nullable WazoVoicemailBox box;
    private final WazoCallLog calls;
    private final WazoContacts contacts;

    /** @param ofBox serves the mailbox alone; null if the user has none */
    WazoSession(
            ProvisionedSession provisioned,
            HttpsClient client,
            @Nullable HttpsClient ofBox,
            HostPort server,
            WazoTokens tokens,
            WazoTokens.Owner owner,
            String pbxUser,
            LoginContext context,
            Random random) {
        WazoApi api = new WazoApi(client, server, tokens);
        this.provisioned = provisioned;
        this.client = client;
        this.tokens = tokens;
        this.owner = owner;
        this.events = new WazoEvents(api, tokens, context, random);
        this.box = ofBox == null ? null : new WazoVoicemailBox(ofBox, new WazoApi(ofBox, server, tokens), events);
        this.calls = new WazoCallLog(api, pbxUser, events);
        this.contacts = new WazoContacts(api);
    }

    @Override
    public Profile profile() {
        return provisioned.profile();
    }

    @Override
    public SipAccount sipAccount() {
        return provisioned.sipAccount();
    }

    @Override
    public Policy policy() {
        return provisioned.policy();
    }

    @Override
    public List<HostPort> hosts() {
        return provisioned.hosts();
    }

    @Override
    public @Nullable VoicemailAccess voicemail() {
        return provisioned.voicemail();
    }

    @Override
    public @Nullable VoicemailBox voicemailBox() {
        return box;
    }

    @Override
    public @Nullable ConferenceDirectory conferences() {
        return policy().allows(Feature.CONFERENCES) ? contacts.conferences() : null;
    }

    @Override
    public @Nullable RemoteCallHistory callHistory() {
        return calls;
    }

    @Override
    public @Nullable RemoteDirectory directory() {
        return contacts.directory();
    }

    @Override
    public void logOut() {
        events.close();
        if (box != null) {
            box.close();
        }
        tokens.revoke(owner);
        client.close();
        provisioned.logOut();
    }

    @Override
    public String toString() {
        return "WazoSession[redacted]";
    }
}
