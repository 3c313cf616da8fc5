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
 * Acrobits' external provisioning. A POST carries the user's e-mail address and password in its
 * body, and the answer is an {@code <account>}. Any status other than 2xx is a refusal. Its
 * {@code <message>} is never shown, because the server could write any text.
 */
public final class AcrobitsPhoneSystem implements PhoneSystem {
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/xml, text/xml");

    private final String path;

    /** @param path the service's path on its server, with a leading slash */
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

    /**
     * Servers refuse by 401 or 403. A refusal with a message of this format means wrong
     * credentials.
     */
    private static LoginRefusedException refusal(HttpAnswer answer) {
        boolean locked = answer.header("Retry-After") != null;
        return answer.status() == 403 && !locked && AcrobitsAccount.isMessage(answer.body())
                ? new LoginRefusedException(Reason.WRONG_CREDENTIALS)
                : answer.refusal();
    }
}
