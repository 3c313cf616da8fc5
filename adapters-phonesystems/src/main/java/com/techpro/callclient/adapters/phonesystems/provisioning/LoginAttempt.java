// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Session;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One login over HTTPS. It finds the server, runs the phone system's part, and leaves no connection
 * open.
 */
public final class LoginAttempt {
    /** After these reasons the next server is tried. Any other reason is final. */
    private static final Set<Reason> GO_ON =
            EnumSet.of(Reason.SERVER_NOT_FOUND, Reason.SERVER_UNREACHABLE, Reason.NOT_A_PHONE_SYSTEM);

    private LoginAttempt() {}

    /** The part of a login that differs between phone systems. */
    public interface Part {
        Session logIn(Login login, HostPort server, HttpsClient client, LoginContext context)
                throws LoginRefusedException;
    }

    public static LoginOutcome of(Login login, LoginContext context, Part part) {
        try (HttpsClient client = new HttpsClient(context, login.trust())) {
            HostPort named = login.server();
            if (named != null && !context.allow(List.of(named))) {
                throw new LoginRefusedException(Reason.POLICY);
            }
            List<HostPort> servers = named != null ? List.of(named) : new Discovery(context, client).servers(login);
            LoginRefusedException last = new LoginRefusedException(Reason.SERVER_NOT_FOUND);
            for (HostPort server : servers) {
                try {
                    return new LoginOutcome.LoggedIn(part.logIn(login, server, client, context));
                } catch (LoginRefusedException e) {
                    if (!GO_ON.contains(e.reason())) {
                        throw e;
                    }
                    last = e;
                }
            }
            throw last;
        } catch (LoginRefusedException e) {
            return e.outcome();
        }
    }
}
