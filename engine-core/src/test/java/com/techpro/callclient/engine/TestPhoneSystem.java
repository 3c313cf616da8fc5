// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phone system that lets everybody in as one user, with what the test gives the session. */
class TestPhoneSystem implements PhoneSystem, Session, RemoteCallHistory, RemoteDirectory {
    private final String user;
    private final Policy policy;
    final List<RemoteCall> log = new ArrayList<>();
    final List<Entry> colleagues = new ArrayList<>();
    int loggedOut;
    boolean unreachable;
    private @Nullable VoicemailBox mailbox;
    private @Nullable String number;

    TestPhoneSystem(String user, Policy policy) {
        this.user = user;
        this.policy = policy;
    }

    /** Calls that somebody else's device took, the newest first. */
    TestPhoneSystem withCalls(int count, Instant newest) {
        for (int i = 0; i < count; i++) {
            log.add(new RemoteCall(
                    "r" + i,
                    true,
                    "1" + (100 + i),
                    null,
                    newest.minus(Duration.ofMinutes(i)),
                    true,
                    Duration.ofSeconds(20)));
        }
        return this;
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        return new LoginOutcome.LoggedIn(this);
    }

    @Override
    public Profile profile() {
        return Profile.ofExtension(user);
    }

    @Override
    public SipAccount sipAccount() {
        return PhoneScene.account(user);
    }

    @Override
    public Policy policy() {
        return policy;
    }

    @Override
    public List<HostPort> hosts() {
        return List.of();
    }

    /** A mailbox, and what to dial for it; either may be null. */
    TestPhoneSystem withVoicemail(@Nullable VoicemailBox box, @Nullable String dialIn) {
        mailbox = box;
        number = dialIn;
        return this;
    }

    @Override
    public @Nullable VoicemailAccess voicemail() {
        return number == null ? null : new VoicemailAccess(number, null);
    }

    @Override
    public @Nullable VoicemailBox voicemailBox() {
        return mailbox;
    }

    @Override
    public RemoteCallHistory callHistory() {
        return this;
    }

    @Override
    public RemoteDirectory directory() {
        return this;
    }

    @Override
    public void logOut() {
        loggedOut++;
        if (mailbox != null) {
            mailbox.close();
        }
    }

    @Override
    public List<RemoteCall> recent(int limit) throws IOException {
        requireReachable();
        return List.copyOf(log.subList(0, Math.min(limit, log.size())));
    }

    @Override
    public boolean deletable() {
        return false;
    }

    @Override
    public void delete(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> entries(int limit) throws IOException {
        requireReachable();
        return List.copyOf(colleagues);
    }

    private void requireReachable() throws IOException {
        if (unreachable) {
            throw new IOException("no answer");
        }
    }
}
