// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

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
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the phone system answers logins, and what a user who is logged in has. It accepts every
 * password unless the test says otherwise; the part of the user name before the at sign is then the
 * extension. The {@code PhoneSystem} that the app gives is not asked.
 */
public final class FakeLogins {
    private final UnaryOperator<SipAccount> reaching;
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private @Nullable Profile accepted;
    private LoginOutcome.@Nullable Refused refused;
    private Policy policy = Policy.OPEN;
    private List<ConferenceDirectory.Room> rooms = List.of();
    private @Nullable String dialIn;

    /** @param reaching adds to an account what it takes to reach the phone system */
    FakeLogins(UnaryOperator<SipAccount> reaching) {
        this.reaching = reaching;
    }

    /** The phone system accepts logins from now on, as this user. */
    public void accept(Profile user) {
        accepted = Objects.requireNonNull(user, "user");
        refused = null;
    }

    /** As {@link #refuse(LoginOutcome.Reason, Duration)} without a time to wait. */
    public void refuse(LoginOutcome.Reason reason) {
        refuse(reason, null);
    }

    /**
     * The phone system refuses logins from now on, also those that prove a password to the app
     * lock.
     *
     * @param retryAfter how long it asks to wait before the next attempt, or null
     */
    public void refuse(LoginOutcome.Reason reason, @Nullable Duration retryAfter) {
        refused = new LoginOutcome.Refused(Objects.requireNonNull(reason, "reason"), retryAfter);
    }

    /** Sets the restrictions of the organisation for the next logins; none unless set. */
    public void policyIs(Policy restrictions) {
        policy = Objects.requireNonNull(restrictions, "restrictions");
    }

    /** Sets the conference rooms; none unless set. */
    public void roomsAre(List<ConferenceDirectory.Room> all) {
        rooms = List.copyOf(all);
    }

    /** Sets the number to dial for voicemail, for the next logins; null, the default, if there is none. */
    public void voicemailNumberIs(@Nullable String number) {
        dialIn = number;
    }

    /** Returns the mailbox of the user, with which the test delivers messages. */
    public FakeVoicemailBox.Mailbox mailbox() {
        return mailbox;
    }

    /** Returns the phone system to which the client logs in. */
    PhoneSystem phoneSystem() {
        return new PhoneSystem() {
            @Override
            public String kind() {
                return "fake";
            }

            @Override
            public LoginOutcome logIn(Login login, LoginContext context) {
                LoginOutcome.Refused refusal = refused;
                return refusal == null ? new LoginOutcome.LoggedIn(new User(login.user())) : refusal;
            }
        };
    }

    private final class User implements Session {
        private final Profile profile;
        private final FakeVoicemailBox box = new FakeVoicemailBox(mailbox);

        User(String name) {
            int at = name.indexOf('@');
            Profile known = accepted;
            profile = known == null ? Profile.ofExtension(at < 0 ? name : name.substring(0, at)) : known;
        }

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public SipAccount sipAccount() {
            return reaching.apply(SipAccount.builder(profile.extension(), Addresses.DOMAIN, Secret.of("not a secret"))
                    .displayName(profile.displayName())
                    .build());
        }

        @Override
        public Policy policy() {
            return policy;
        }

        @Override
        public List<HostPort> hosts() {
            return List.of();
        }

        @Override
        public @Nullable VoicemailAccess voicemail() {
            String number = dialIn;
            return number == null ? null : new VoicemailAccess(number, null);
        }

        @Override
        public VoicemailBox voicemailBox() {
            return box;
        }

        @Override
        public ConferenceDirectory conferences() {
            return ConferenceDirectory.of(rooms, null);
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
            box.close();
        }
    }
}
