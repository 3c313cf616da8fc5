// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.wazo;

import com.techpro.callclient.engine.internal.account.HttpsClient;
import com.techpro.callclient.engine.internal.account.ProvisionedSession;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user logged in to a Wazo. */
final class WazoSession implements Session {
    private final ProvisionedSession provisioned;
    private final HttpsClient client;
    private final WazoTokens tokens;
    private final WazoTokens.Owner owner;

    WazoSession(ProvisionedSession provisioned, HttpsClient client, WazoTokens tokens, WazoTokens.Owner owner) {
        this.provisioned = provisioned;
        this.client = client;
        this.tokens = tokens;
        this.owner = owner;
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
    public @Nullable RemoteCallHistory callHistory() {
        return null;
    }

    @Override
    public @Nullable RemoteDirectory directory() {
        return null;
    }

    @Override
    public void logOut() {
        tokens.revoke(owner);
        client.close();
        provisioned.logOut();
    }

    @Override
    public String toString() {
        return "WazoSession[redacted]";
    }
}
