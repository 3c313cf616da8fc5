// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.adapters.phonesystems.imap.ImapAccount;
import com.techpro.callclient.adapters.phonesystems.imap.ImapVoicemailBox;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Session;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Linphone's remote provisioning: a document for each user, for which the web server authenticates.
 */
public final class LpConfigPhoneSystem implements PhoneSystem {
    private static final Map<String, String> HEADERS =
            Map.of("X-Linphone-Provisioning", "1", "Accept", "application/xml, text/xml");

    private final String path;
    private final Random random;

    /** @param path the document's path on its server, with a leading slash */
    public LpConfigPhoneSystem(String path, Random random) {
        this.path = path;
        this.random = random;
    }

    @Override
    public String kind() {
        return "lpconfig";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        return LoginAttempt.of(login, context, this::logIn);
    }

    private Session logIn(Login login, HostPort server, HttpsClient client, LoginContext context)
            throws LoginRefusedException {
        HttpAnswer answer = new HttpAuthentication(client, login, random).get(server, path, HEADERS);
        LpConfigAccount document = new LpConfigAccount(LpConfig.parse(answer.body()));
        return ProvisionedSession.of(
                document.profile(),
                document.sipAccount(login.trust()),
                document.policy(),
                server,
                document.voicemail(),
                mailbox(document, login),
                context);
    }

    private @Nullable NamedMailbox mailbox(LpConfigAccount document, Login login) throws LoginRefusedException {
        ImapAccount imap = document.mailbox(login);
        if (imap != null) {
            return new NamedMailbox(imap.server(), (account, context) -> new ImapVoicemailBox(imap, context));
        }
        String manager = document.accountManager();
        if (manager == null) {
            return null;
        }
        HostPort at = FlexisipVoicemailBox.server(manager);
        if (at == null) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        return new NamedMailbox(at, (account, context) -> FlexisipVoicemailBox.at(manager, account, context, random));
    }
}
