// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.stack.log.Loggers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phone system's session, read once at login. If it throws then, the login fails; it cannot throw
 * on the loop later.
 *
 * @param origin the session to log out of
 */
record SessionSnapshot(
        Session origin,
        Profile profile,
        SipAccount sipAccount,
        Policy policy,
        List<HostPort> hosts,
        @Nullable VoicemailAccess voicemail,
        @Nullable VoicemailBox voicemailBox,
        @Nullable ConferenceDirectory conferences,
        @Nullable RemoteCallHistory callHistory,
        @Nullable RemoteDirectory directory)
        implements Session {
    private static SessionSnapshot of(Session session) {
        return new SessionSnapshot(
                session,
                session.profile(),
                session.sipAccount(),
                session.policy(),
                List.copyOf(session.hosts()),
                session.voicemail(),
                session.voicemailBox(),
                session.conferences(),
                session.callHistory(),
                session.directory());
    }

    /** Logs in. A phone system that breaks its contract (PSY-4) does not keep the user waiting. */
    static LoginOutcome logIn(PhoneSystem system, Login login, LoginContext context) {
        Session begun = null;
        try {
            LoginOutcome outcome = system.logIn(login, context);
            if (!(outcome instanceof LoginOutcome.LoggedIn loggedIn)) {
                return outcome;
            }
            begun = loggedIn.session();
            return new LoginOutcome.LoggedIn(of(begun));
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            if (begun != null) {
                logOut(begun);
            }
            return new LoginOutcome.Refused(LoginOutcome.Reason.SERVER_FAILED);
        }
    }

    /**
     * Logs out of the phone system, on a worker. If that fails, the session is forgotten here
     * anyway.
     */
    @Override
    public void logOut() {
        logOut(origin);
    }

    private static void logOut(Session session) {
        try {
            session.logOut();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    @Override
    public String toString() {
        return "SessionSnapshot[redacted]";
    }
}
