// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Session;
import java.util.Map;

/**
 * Acrobits' external provisioning: the user's e-mail and password go in the body of a POST, and an {@code <account>} comes back. A refusal
 * is an answer other than 2xx, with a {@code <message>} for people: it is not shown, since it could be anybody's text.
 */
public final class AcrobitsPhoneSystem implements PhoneSystem {
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/xml, text/xml");

    private final String path;

    /** @param path where the service is on its server, with a slash before it */
    public AcrobitsPhoneSystem(String path) {
        this.path = path;
    }

    @Override
    public String kind() {
        return "acrobits";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        return LoginAttempt.of(login, context, this::logIn);
    }

    private Session logIn(Login login, HostPort server, HttpsClient client, LoginContext context)
            throws LoginRefusedException {
        HttpAnswer answer;
        try (AcrobitsForm form = new AcrobitsForm(login)) {
            answer = client.send("POST", server, path, HEADERS, form.body());
        }
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
        AcrobitsAccount account = new AcrobitsAccount(answer.body());
        return ProvisionedSession.of(
                account.profile(), account.sipAccount(login.trust()), account.policy(), server, null, context);
    }

    /** Servers say no with 401 or 403 as they like; with a message of this format it is theirs, and means the credentials. */
    private static LoginRefusedException refusal(HttpAnswer answer) {
        boolean locked = answer.header("Retry-After") != null;
        return answer.status() == 403 && !locked && AcrobitsAccount.isMessage(answer.body())
                ? new LoginRefusedException(Reason.WRONG_CREDENTIALS)
                : answer.refusal();
    }
}
