// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.internal.account.login.GuardedContext;
import com.techpro.callclient.engine.internal.account.login.SecretCopy;
import com.techpro.callclient.engine.internal.account.login.SipOnlyPhoneSystem;
import com.techpro.callclient.engine.internal.account.login.StoredLogin;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's login, at most one at a time. A worker asks the phone system, and the login is kept in
 * the store; {@link Logout} ends it. State belongs to the loop.
 */
final class Logins {
    /** A logged-in user. */
    record Current(Session session, AccountState account, Policy policy, EgressGrant grant) {
        @Override
        public String toString() {
            return "Current[redacted]";
        }
    }

    private final EngineLoop loop;
    private final Executor workers;
    private final PendingAnswers answers;
    private final UserSession userSession;
    private final Policy hostPolicy;
    private final AccountFactory accounts;
    private final LoginEgress egress;
    private final CallRegistry registry;
    private final RememberedLogin remembered;
    private final Consumer<LoginResult> onlookers;
    /** Logouts and erasures asked for and not done, and the login under way, if any. */
    private final AtomicInteger busy = new AtomicInteger();

    private volatile @Nullable Current current;
    private @Nullable Logout logout;
    /** The login under way. */
    private @Nullable Attempt active;
    /** Counts logouts; an attempt begun before one is abandoned. */
    private int epoch;

    /** @param onlookers receives each result */
    Logins(
            ClientContext client,
            UserSession userSession,
            AccountFactory accounts,
            LoginEgress egress,
            CallRegistry registry,
            Consumer<LoginResult> onlookers) {
        this.loop = client.loop();
        this.workers = client.networkWorkers();
        this.answers = client.answers();
        this.userSession = userSession;
        this.hostPolicy = client.config().policy();
        this.accounts = accounts;
        this.egress = egress;
        this.registry = registry;
        this.remembered = new RememberedLogin(userSession.store());
        this.onlookers = onlookers;
    }

    @Nullable
    Current current() {
        return current;
    }

    CompletionStage<LoginResult> login(PhoneSystem system, Login given) {
        LoginResult refusal = begin();
        if (refusal != null) {
            return refused(refusal);
        }
        Login login = SecretCopy.of(given);
        Answer<LoginResult> result = owed();
        // Wipes the login even if it is never tried.
        var unused = result.stage().whenComplete((outcome, failure) -> SecretCopy.wipe(login));
        // A new login opens the lock. So in a locked app anybody could open it with their own.
        begin(result, false, userSession.lock()::whenOpen, attempt -> logIn(system, login, false, attempt));
        return result.stage();
    }

    CompletionStage<LoginResult> restore(List<PhoneSystem> systems) {
        LoginResult refusal = begin();
        if (refusal != null) {
            return refused(refusal);
        }
        Answer<LoginResult> result = owed();
        UserStore store = userSession.store();
        // Also in a locked app: after a restart, its account registers and rings behind the lock.
        begin(result, true, userSession.lock()::whenRead, attempt -> {
            if (store == null) {
                attempt.end(new LoginResult.NothingStored());
            } else {
                store.read(StoredName.ACCOUNT, attempt.next(stored -> restored(systems, stored, attempt)));
            }
        });
        return result.stage();
    }

    private Answer<LoginResult> owed() {
        return answers.open(new LoginResult.LoggedOut());
    }

    /** @param lock runs a task when the lock permits it, or says why its record cannot be read */
    private void begin(
            Answer<LoginResult> result,
            boolean restores,
            BiConsumer<Runnable, Consumer<SecureStoreException.Reason>> lock,
            Consumer<Attempt> task) {
        loop.execute(() -> {
            Attempt attempt = new Attempt(result, restores);
            lock.accept(
                    () -> attempt.next(task).accept(attempt),
                    attempt.next(reason -> attempt.end(new LoginResult.Unreadable(reason))));
        });
    }

    /** A login under way; after a logout, none of its further steps run. On the loop. */
    private final class Attempt {
        private final Answer<LoginResult> result;
        private final boolean restores;
        private final int begun = epoch;

        Attempt(Answer<LoginResult> result, boolean restores) {
            this.result = result;
            this.restores = restores;
            active = this;
        }

        /** Lets another login begin. */
        void release() {
            if (active == this) {
                active = null;
                busy.decrementAndGet();
            }
        }

        /**
         * Ends a restoring as logged out. A login ends at its next step: its end wipes the password,
         * which the phone system may still be reading.
         */
        void abandon() {
            if (restores) {
                result.tell(new LoginResult.LoggedOut());
            }
        }

        /** Whether its next step may be taken. If not, it has ended as logged out. */
        boolean goesOn() {
            if (begun != epoch) {
                result.tell(new LoginResult.LoggedOut());
            }
            return begun == epoch;
        }

        <T> Consumer<T> next(Consumer<T> step) {
            return value -> {
                if (goesOn()) {
                    step.accept(value);
                }
            };
        }

        void end(LoginResult outcome) {
            release();
            onlookers.accept(outcome);
            result.tell(outcome);
        }
    }

    private void restored(List<PhoneSystem> systems, UserStore.Stored stored, Attempt attempt) {
        if (stored instanceof UserStore.Stored.Unreadable unreadable) {
            attempt.end(new LoginResult.Unreadable(unreadable.reason()));
            return;
        }
        byte[] bytes = stored instanceof UserStore.Stored.Found found ? found.value() : null;
        StoredLogin login;
        try {
            login = bytes == null ? null : StoredLogin.decode(bytes);
        } catch (UnreadableException e) {
            attempt.end(new LoginResult.Unreadable(e.reason()));
            return;
        }
        PhoneSystem system = null;
        for (PhoneSystem candidate : systems) {
            if (login != null && login.kind().equals(RememberedLogin.kindOf(candidate))) {
                system = candidate;
            }
        }
        if (login == null || system == null) {
            attempt.end(new LoginResult.NothingStored());
        } else {
            logIn(system, login.login(), true, attempt);
        }
    }

    private void logIn(PhoneSystem system, Login login, boolean stored, Attempt attempt) {
        EgressGrant grant = egress.newGrant();
        GuardedContext context = egress.newContext(grant);
        workers.execute(() -> {
            LoginOutcome outcome = SessionSnapshot.logIn(system, login, context);
            if (answers.closed()) {
                // The loop takes no more tasks, so nobody else would log out.
                end(login, outcome, grant);
            } else if (outcome instanceof LoginOutcome.LoggedIn loggedIn) {
                Session session = loggedIn.session();
                loop.execute(() -> {
                    if (attempt.goesOn()) {
                        loggedIn(system, login, stored, session, grant, attempt);
                    } else {
                        drop(login, session, grant);
                    }
                });
            } else {
                LoginOutcome.Refused refused = (LoginOutcome.Refused) outcome;
                LoginResult result = new LoginResult.Refused(refused.reason(), refused.retryAfter());
                loop.execute(() -> {
                    end(login, outcome, grant);
                    if (attempt.goesOn()) {
                        attempt.end(result);
                    }
                });
            }
        });
    }

    private void loggedIn(
            PhoneSystem system, Login login, boolean stored, Session session, EgressGrant grant, Attempt attempt) {
        Policy policy;
        SipAccount account;
        try {
            policy = hostPolicy.tightenedBy(session.policy());
            account = policy.applyTo(session.sipAccount());
            if (!grantable(session, policy)) {
                throw new IllegalArgumentException("a host is not permitted");
            }
        } catch (IllegalArgumentException e) {
            drop(login, session, grant);
            attempt.end(new LoginResult.Refused(Reason.POLICY, null));
            return;
        }
        AccountState added;
        try {
            added = accounts.add(account, policy);
        } catch (IllegalStateException e) {
            // The client was closed meanwhile.
            drop(login, session, grant);
            attempt.end(new LoginResult.LoggedOut());
            return;
        }
        Current user = new Current(session, added, policy, grant);
        current = user;
        userSession.loggedIn(session, policy, added.account());
        if (SipOnlyPhoneSystem.KIND.equals(RememberedLogin.kindOf(system))) {
            added.whenPasswordAccepted(password -> remembered.replace(password, () -> isLoggedIn(added)));
        }
        userSession.lock().proved(login.password(), !stored);
        // Registers at once, because storing may take long. The host gets the account in the login's
        // result, before any event of its registration.
        added.holdBack();
        loop.execute(added.session()::start);
        remembered.write(system, login, stored, kept -> {
            SecretCopy.wipe(login);
            if (attempt.goesOn()) {
                attempt.end(new LoginResult.LoggedIn(added.account(), session.profile(), policy, kept));
                accounts.announce(added);
            }
        });
    }

    private boolean isLoggedIn(AccountState account) {
        Current user = current;
        return user != null && user.account().equals(account);
    }

    private void drop(Login login, Session session, EgressGrant grant) {
        workers.execute(() -> end(login, new LoginOutcome.LoggedIn(session), grant));
    }

    private static void end(Login login, LoginOutcome outcome, EgressGrant grant) {
        SecretCopy.wipe(login);
        if (outcome instanceof LoginOutcome.LoggedIn loggedIn) {
            loggedIn.session().logOut();
        }
        grant.close();
    }

    private static boolean grantable(Session session, Policy policy) {
        return session.hosts().stream().allMatch(host -> policy.allowsHost(host.host()));
    }

    /**
     * Logs out. Also works while the app is locked, and during a login, which is then abandoned.
     */
    CompletionStage<LogoutResult> logout(LogoutOptions options) {
        Answer<LogoutResult> result = answers.open(new LogoutResult(false, SecureStoreException.Reason.FAILED));
        prevent();
        loop.execute(() -> logout(options, false, outcome -> {
            permit();
            result.tell(outcome);
        }));
        return result.stage();
    }

    /** Lets nobody log in until {@link #permit}. Callable from any thread. */
    void prevent() {
        busy.incrementAndGet();
    }

    void permit() {
        busy.decrementAndGet();
    }

    /**
     * Logs out, also of a login under way, and removes the host's own accounts. The caller prevents
     * logins meanwhile.
     *
     * @param done called on the loop
     */
    void logoutOfEverything(LogoutOptions options, Consumer<LogoutResult> done) {
        loop.assertOnLoop();
        logout(options, true, done);
    }

    private void logout(LogoutOptions options, boolean everything, Consumer<LogoutResult> done) {
        epoch++;
        Attempt overtaken = active;
        if (overtaken != null) {
            overtaken.release();
            overtaken.abandon();
        }
        Logout before = logout;
        if (before != null) {
            before.then(() -> logoutNow(options, everything, done));
        } else {
            logoutNow(options, everything, done);
        }
    }

    private void logoutNow(LogoutOptions options, boolean everything, Consumer<LogoutResult> done) {
        Current user = current;
        current = null;
        Logout begun = new Logout(loop, workers, userSession, registry, options, everything, user, outcome -> {
            logout = null;
            done.accept(outcome);
        });
        logout = begun;
        begun.start();
    }

    /** Returns why nobody can log in now, or null if a login has begun. */
    private @Nullable LoginResult begin() {
        if (current != null) {
            return new LoginResult.AlreadyLoggedIn();
        }
        return busy.compareAndSet(0, 1) ? null : new LoginResult.InProgress();
    }

    private CompletionStage<LoginResult> refused(LoginResult refusal) {
        Answer<LoginResult> result = answers.open(refusal);
        loop.execute(() -> {
            onlookers.accept(refusal);
            result.tell(refusal);
        });
        return result.stage();
    }
}
