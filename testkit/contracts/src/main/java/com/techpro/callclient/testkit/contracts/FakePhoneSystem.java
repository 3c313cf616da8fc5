// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

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
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phone system and the session of its one user. It accepts any password, and has an account and a
 * mailbox only.
 */
public record FakePhoneSystem(SipAccount sipAccount, VoicemailBox voicemailBox) implements PhoneSystem, Session {
    /** Creates one with a mailbox only; nothing serves its account. */
    public static FakePhoneSystem ofMailbox(VoicemailBox box) {
        return new FakePhoneSystem(
                SipAccount.builder("1001", "pbx.invalid", Secret.of("not asked for"))
                        .build(),
                box);
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
        return Profile.ofExtension(sipAccount.user());
    }

    @Override
    public Policy policy() {
        return Policy.OPEN;
    }

    @Override
    public List<HostPort> hosts() {
        return List.of();
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
        voicemailBox.close();
    }
}
