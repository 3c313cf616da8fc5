// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a login (promise S6), or erases the user's data without one. Calls are hung up and the
 * device is erased at once, whatever the phone system does. Meanwhile the account unregisters; then
 * the session is revoked and its secrets are wiped. Data written in between, such as the history of
 * an incoming call, is erased at the end.
 *
 * <p>A logout of a locked app leaves nothing: the favourites and the host's own accounts go too. So
 * a forgotten PIN gives nobody access to what it locked. Belongs to the loop.
 */
final class Logout {
    /** A phone system that takes longer does not keep the user from logging in again. */
    private static final Duration LONGEST_REVOCATION = Duration.ofSeconds(15);

    private final EngineLoop loop;
    private final Executor workers;
    private final UserSession userSession;
    private final CallRegistry registry;
    private final LogoutOptions options;
    private final Logins.@Nullable Current user;
    private final Consumer<LogoutResult> done;
    private final List<Runnable> next = new ArrayList<>();
    private final boolean everything;
    private final boolean eraseFavorites;

    private boolean unregistered;
    private @Nullable Timer impatience;

    /** @param everything whether the host's own accounts and the favourites go, too */
    Logout(
            EngineLoop loop,
            Executor workers,
            UserSession userSession,
            CallRegistry registry,
            LogoutOptions options,
            boolean everything,
            Logins.@Nullable Current user,
            Consumer<LogoutResult> done) {
        this.loop = loop;
        this.workers = workers;
        this.userSession = userSession;
        this.registry = registry;
        this.options = options;
        this.everything = everything || userSession.lock().isLocked();
        this.eraseFavorites = options.eraseFavorites() || this.everything;
        this.user = user;
        this.done = done;
    }

    void start() {
        if (everything) {
            removeOtherAccounts();
        }
        if (user == null) {
            unregistered = true;
            erase(this::end);
            return;
        }
        AccountState account = user.account();
        if (registry.account(account.session()) == null) {
            unregistered = true;
            erase(reason -> {});
            revoke(user);
        } else {
            impatience = loop.schedule(options.grace(), () -> {
                impatience = null;
                account.session().dispose();
            });
            account.whenGone(() -> gone(user));
            account.session().unregister();
            // After the calls have hung up, so that their history entries are erased too.
            erase(reason -> {});
        }
    }

    /**
     * Removes the other accounts. Their calls hang up before the device and its history are erased.
     */
    private void removeOtherAccounts() {
        for (AccountSession account : List.copyOf(registry.accountSessions())) {
            if (user == null || user.account().session() != account) {
                account.unregister();
            }
        }
    }

    /** Adds a task that runs after the logout. */
    void then(Runnable task) {
        next.add(task);
    }

    private void gone(Logins.Current logged) {
        RegistrationSnapshot last = logged.account().account().registration();
        if (impatience != null) {
            impatience.cancel();
            impatience = null;
            unregistered = last.state() == RegistrationState.UNREGISTERED && last.failure() == null;
        }
        revoke(logged);
    }

    private void revoke(Logins.Current logged) {
        // The session is revoked only after deleted messages are purged, because the mailbox must
        // be reachable for that.
        userSession.voicemail().whenQuiet(options.grace(), () -> {
            impatience = loop.schedule(LONGEST_REVOCATION, () -> revoked(logged));
            workers.execute(() -> {
                logged.session().logOut();
                loop.execute(() -> revoked(logged));
            });
        });
    }

    private void revoked(Logins.Current logged) {
        if (impatience == null) {
            return;
        }
        impatience.cancel();
        impatience = null;
        logged.session().sipAccount().password().wipe();
        logged.grant().close();
        erase(this::end);
    }

    private void erase(Consumer<SecureStoreException.@Nullable Reason> then) {
        userSession.forget(eraseFavorites);
        UserStore store = userSession.store();
        if (store == null) {
            then.accept(null);
        } else if (eraseFavorites) {
            store.erase(then);
        } else {
            store.read(StoredName.FAVORITES, stored -> {
                byte[] kept = stored instanceof UserStore.Stored.Found found ? found.value() : null;
                store.erase(reason -> {
                    if (reason == null && kept != null) {
                        store.write(StoredName.FAVORITES, kept, then);
                    } else {
                        then.accept(reason);
                    }
                });
            });
        }
    }

    private void end(SecureStoreException.@Nullable Reason leftover) {
        done.accept(new LogoutResult(unregistered, leftover));
        next.forEach(Runnable::run);
    }
}
