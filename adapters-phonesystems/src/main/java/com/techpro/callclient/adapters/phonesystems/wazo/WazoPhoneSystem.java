// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginAttempt;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.ProvisionedSession;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import java.util.Random;

/**
 * A Wazo (wazo-platform.org). It exchanges e-mail address and password for tokens, and uses these
 * for everything else.
 */
public final class WazoPhoneSystem implements PhoneSystem {
    /**
     * Wazo's default feature code of the caller's own mailbox. A user may not read a changed one.
     */
    private static final String OWN_MAILBOX = "*98";

    private final String clientId;
    private final Random random;

    /**
     * @param clientId names this installation; a user has at most one refresh token for each name
     */
    public WazoPhoneSystem(String clientId, Random random) {
        this.clientId = clientId;
        this.random = random;
    }

    @Override
    public String kind() {
        return "wazo";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        return LoginAttempt.of(login, context, this::logIn);
    }

    private Session logIn(Login login, HostPort server, HttpsClient attempt, LoginContext context)
            throws LoginRefusedException {
        WazoTokens.requireWazo(attempt, server);
        HttpsClient client = HttpsClient.lasting(context, login.trust());
        client.limitAs(attempt);
        WazoTokens tokens = WazoTokens.of(client, server, context, clientId);
        WazoTokens.Owner owner = null;
        Session session = null;
        try {
            owner = tokens.logIn(login);
            String pbxUser = owner.pbxUser();
            if (pbxUser == null) {
                throw new LoginRefusedException(Reason.NOT_ALLOWED);
            }
            WazoApi api = new WazoApi(client, server, tokens);
            WazoUser user = WazoUser.read(api, pbxUser);
            ProvisionedSession provisioned = ProvisionedSession.of(
                    user.profile(),
                    user.sipAccount(server, login.trust()),
                    Policy.OPEN,
                    server,
                    user.hasVoicemail() ? new VoicemailAccess(OWN_MAILBOX, null) : null,
                    context);
            client.unlimited();
            HttpsClient ofBox = provisioned.voicemail() == null ? null : HttpsClient.lasting(context, login.trust());
            session = new WazoSession(provisioned, client, ofBox, server, tokens, owner, pbxUser, context, random);
            return session;
        } finally {
            if (session == null) {
                tokens.revoke(owner);
                client.close();
            }
        }
    }
}
