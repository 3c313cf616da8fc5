// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phone system with nothing but SIP: what the user types is the account, and what REGISTER says is the phone system's decision (promise
 * U2). This login therefore succeeds as soon as there is an account to register; the registration that follows tells whether the password
 * was right, as it would after every later change of it too. Asking twice, once to look and once to stay, would cost a user with a wrong
 * password two of the attempts before a lock-out.
 */
public final class SipOnlyPhoneSystem implements PhoneSystem {
    /** The one kind whose login is the account: user, password and server are those that register. */
    public static final String KIND = "sip";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        // As it is copied from an address.
        String user = login.user().replaceFirst("(?i)^sips?:", "");
        int at = user.lastIndexOf('@');
        String extension = at < 0 ? user : user.substring(0, at);
        HostPort server = login.server();
        if (server == null && (at <= 0 || at == user.length() - 1)) {
            return new Refused(Reason.ADDRESS_INCOMPLETE);
        }
        try {
            HostPort domain = at < 0 ? server : HostPort.parse(user.substring(at + 1));
            if (domain == null || extension.isEmpty()) {
                return new Refused(Reason.SERVER_NOT_FOUND);
            }
            boolean proxied = server != null && !server.host().equals(domain.host());
            HostPort home = server != null && !proxied && server.port() != 0 ? server : domain;
            SipAccount account = SipAccount.builder(
                            extension, home.toString(), login.password().copy())
                    .outboundProxy(proxied ? server : null)
                    .tlsTrust(login.trust())
                    .build();
            Profile profile = new Profile(extension, null, null, null, null, null, Map.of());
            Set<HostPort> hosts = new LinkedHashSet<>();
            hosts.add(new HostPort(account.domain(), 0));
            hosts.addAll(account.outboundProxies());
            if (server != null) {
                hosts.add(server);
            }
            return context.allow(List.copyOf(hosts))
                    ? new LoggedIn(new RegistrarSession(profile, account, List.copyOf(hosts)))
                    : new Refused(Reason.POLICY);
        } catch (IllegalArgumentException e) {
            return new Refused(Reason.SERVER_NOT_FOUND);
        }
    }

    private record RegistrarSession(Profile profile, SipAccount sipAccount, List<HostPort> hosts) implements Session {
        @Override
        public Policy policy() {
            return Policy.OPEN;
        }

        @Override
        public @Nullable VoicemailAccess voicemail() {
            return null;
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
            sipAccount.password().wipe();
        }

        @Override
        public String toString() {
            return "RegistrarSession[redacted]";
        }
    }
}
