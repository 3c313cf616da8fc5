// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
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
    static SessionSnapshot of(Session session) {
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

    @Override
    public void logOut() {
        origin.logOut();
    }

    @Override
    public String toString() {
        return "SessionSnapshot[redacted]";
    }
}
