// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How the phone system answers logins. It accepts every login at once unless the test says otherwise;
 * the part of the user name before the at sign is then the extension. The {@code PhoneSystem} that the
 * app gives is not asked. All methods may be called from any thread.
 */
public final class FakeLogins {
    private static final String DOMAIN = "pbx.example";

    private final FakeContext context;
    private final FakeParts parts;
    private final FakeClientState state;
    private final FakeVoicemail voicemail;
    private final FakeAppLock lock;
    private @Nullable Profile accepted;
    private LoginResult.@Nullable Refused refused;
    private boolean answersLater;

    private @Nullable Profile remembered;
    private volatile @Nullable Profile profile;
    /** Of a login that is under way. */
    private @Nullable Answer<LoginResult> pending;

    private boolean waitsForUnlocking;

    private Profile asked = Profile.ofExtension("1001");

    FakeLogins(FakeParts parts, FakeClientState state, FakeVoicemail voicemail, FakeAppLock lock) {
        this.context = parts.context();
        this.parts = parts;
        this.state = state;
        this.voicemail = voicemail;
        this.lock = lock;
    }

    /** The phone system accepts the login that is under way, and the next ones, as this user. */
    public void accept(Profile user) {
        Objects.requireNonNull(user, "user");
        context.run(() -> {
            accepted = user;
            refused = null;
            answersLater = false;
            answer();
        });
    }

    /** As {@link #refuse(LoginOutcome.Reason, Duration)} without a time to wait. */
    public void refuse(LoginOutcome.Reason reason) {
        refuse(reason, null);
    }

    /**
     * The phone system refuses the login that is under way, and the next ones.
     *
     * @param retryAfter how long it asks to wait before the next attempt, or null
     */
    public void refuse(LoginOutcome.Reason reason, @Nullable Duration retryAfter) {
        Objects.requireNonNull(reason, "reason");
        context.run(() -> {
            refused = new LoginResult.Refused(reason, retryAfter);
            answersLater = false;
            answer();
        });
    }

    /** From now on, logins stay under way until {@link #accept} or {@link #refuse}. */
    public void answerLater() {
        context.run(() -> answersLater = true);
    }

    /** The user had logged in before the app was started: {@code restore} finds this login. */
    public void remember(Profile user) {
        Objects.requireNonNull(user, "user");
        context.run(() -> remembered = user);
    }

    /** Returns the profile of the user who is logged in, or null. */
    @Nullable
    Profile profile() {
        return profile;
    }

    /** Logs in the user whom the app named. */
    CompletionStage<LoginResult> login(String user) {
        int at = user.indexOf('@');
        return begin(Profile.ofExtension(at < 0 ? user : user.substring(0, at)), true);
    }

    CompletionStage<LoginResult> restore() {
        return context.get(() -> {
            Profile stored = remembered;
            return stored == null
                    ? context.<LoginResult>answered(new LoginResult.NothingStored())
                    : begin(stored, false);
        });
    }

    private CompletionStage<LoginResult> begin(Profile user, boolean waits) {
        return context.get(() -> {
            if (profile != null) {
                return context.answered(new LoginResult.AlreadyLoggedIn());
            }
            if (pending != null) {
                return context.answered(new LoginResult.InProgress());
            }
            Answer<LoginResult> opened = context.open(new LoginResult.LoggedOut());
            pending = opened;
            asked = user;
            waitsForUnlocking = waits;
            answer();
            return opened.stage();
        });
    }

    /** The app was unlocked: a login that waited for that goes on. Under the context's lock. */
    void unlocked() {
        answer();
    }

    private void answer() {
        Answer<LoginResult> open = pending;
        if (open == null || answersLater || (waitsForUnlocking && context.isLocked())) {
            return;
        }
        pending = null;
        LoginResult.Refused refusal = refused;
        if (refusal == null) {
            Profile user = accepted == null ? asked : accepted;
            FakeAccount created = enter(user);
            context.tell(open, new LoginResult.LoggedIn(created, user, Policy.OPEN, true));
        } else {
            context.tell(open, refusal);
        }
    }

    /** Logs a user in. Under the context's lock. */
    FakeAccount enter(Profile user) {
        if (profile != null) {
            throw new IllegalStateException("a user is logged in; log out first");
        }
        profile = user;
        remembered = user;
        FakeAccount created = state.add(SipAccount.builder(user.extension(), DOMAIN, Secret.of("not a secret"))
                .displayName(user.displayName())
                .build());
        state.setOfLogin(created);
        voicemail.availabilityIs(VoicemailSnapshot.Availability.AVAILABLE);
        return created;
    }

    /** Logs out and erases. Under the context's lock. */
    void leave(LogoutOptions options) {
        Answer<LoginResult> open = pending;
        pending = null;
        if (open != null) {
            context.tell(open, new LoginResult.LoggedOut());
        }
        boolean fromLocked = context.isLocked();
        FakeAccount left = state.ofLogin();
        state.setOfLogin(null);
        if (left != null) {
            left.removeNow();
        }
        if (fromLocked) {
            state.removeAccounts();
        }
        profile = null;
        remembered = null;
        parts.people().history().forget();
        parts.textMessages().forget();
        voicemail.forget();
        parts.incomingCalls().forget();
        if (options.eraseFavorites() || fromLocked) {
            parts.people().favorites().forget();
        }
        lock.forget();
    }
}
