// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

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
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A phone system that keeps a call log in which calls can be deleted, and is out of reach when the test says so. */
final class CallLogPhoneSystem implements PhoneSystem, RemoteCallHistory {
    final List<RemoteCall> log = new CopyOnWriteArrayList<>();
    volatile boolean reachable = true;
    private final PhoneSystem system;

    /** @param system does everything else */
    CallLogPhoneSystem(PhoneSystem system) {
        this.system = system;
    }

    @Override
    public String kind() {
        return "with-a-log";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        LoginOutcome outcome = system.logIn(login, context);
        return outcome instanceof LoginOutcome.LoggedIn user
                ? new LoginOutcome.LoggedIn(new WithLog(user.session()))
                : outcome;
    }

    @Override
    public List<RemoteCall> recent(int limit) throws IOException {
        check();
        return log.stream().limit(limit).toList();
    }

    @Override
    public boolean deletable() {
        return true;
    }

    @Override
    public void delete(String id) throws IOException {
        check();
        log.removeIf(call -> call.id().equals(id));
    }

    private void check() throws IOException {
        if (!reachable) {
            throw new IOException("out of reach");
        }
    }

    private final class WithLog implements Session {
        private final Session session;

        WithLog(Session session) {
            this.session = session;
        }

        @Override
        public Profile profile() {
            return session.profile();
        }

        @Override
        public SipAccount sipAccount() {
            return session.sipAccount();
        }

        @Override
        public Policy policy() {
            return session.policy();
        }

        @Override
        public List<HostPort> hosts() {
            return session.hosts();
        }

        @Override
        public VoicemailAccess voicemail() {
            return session.voicemail();
        }

        @Override
        public RemoteCallHistory callHistory() {
            return CallLogPhoneSystem.this;
        }

        @Override
        public RemoteDirectory directory() {
            return session.directory();
        }

        @Override
        public void logOut() {
            session.logOut();
        }
    }
}
