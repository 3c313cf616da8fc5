// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.privacy.Export;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The user's rights to the stored data: to see it (promise R1) and to erase it (promise R3). */
final class UserRights {
    /** How long unregistering may take before the data here is erased anyway. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final ClientContext client;
    private final CallRegistry registry;
    private final UserSession userSession;
    private final Logins logins;

    UserRights(ClientContext client, CallRegistry registry, UserSession userSession, Logins logins) {
        this.client = client;
        this.registry = registry;
        this.userSession = userSession;
        this.logins = logins;
    }

    CompletionStage<DataExport> export() {
        Answer<DataExport> outcome =
                client.answers().open(new DataExport.Unreadable(SecureStoreException.Reason.FAILED));
        if (!userSession.policy().allows(Policy.Feature.EXPORT)) {
            outcome.tell(new DataExport.NotAllowed());
            return outcome.stage();
        }
        client.loop().execute(() -> {
            List<SipAccount> held = new ArrayList<>();
            registry.accounts().forEach(account -> held.add(account.sipAccount()));
            UserStore stored = userSession.store();
            if (stored == null) {
                answer(outcome, held, Map.of());
            } else {
                stored.readAll((values, reason) -> {
                    if (reason == null) {
                        answer(outcome, held, values);
                    } else {
                        outcome.tell(new DataExport.Unreadable(reason));
                    }
                });
            }
        });
        return outcome.stage();
    }

    private void answer(Answer<DataExport> outcome, List<SipAccount> accounts, Map<String, byte[]> values) {
        String json = Export.of(
                client.loop().now(), accounts, values, !userSession.policy().equals(Policy.OPEN));
        outcome.tell(new DataExport.Exported(json));
    }

    /**
     * Logs out, removes the other accounts, and erases the user's data: again at the end, because a
     * running account could have written data meanwhile.
     */
    CompletionStage<ErasureOutcome> erase() {
        Answer<ErasureOutcome> outcome =
                client.answers().open(new ErasureOutcome.NotErased(SecureStoreException.Reason.FAILED));
        // A login that begins meanwhile would be erased without having been ended.
        logins.prevent();
        client.loop().execute(new Erasure(outcome)::begin);
        return outcome.stage();
    }

    private final class Erasure {
        private final Answer<ErasureOutcome> outcome;
        private @Nullable Timer impatience;

        private Erasure(Answer<ErasureOutcome> outcome) {
            this.outcome = outcome;
        }

        private void begin() {
            disposeAccountsLater();
            logins.logoutOfEverything(
                    LogoutOptions.EVERYTHING.within(GOODBYE), result -> registry.whenNoAccounts(this::erase));
        }

        /** Again and again, because the host may add accounts meanwhile. */
        private void disposeAccountsLater() {
            impatience = client.loop().schedule(GOODBYE, () -> {
                disposeAccountsLater();
                List.copyOf(registry.accountSessions()).forEach(AccountSession::dispose);
            });
        }

        private void erase() {
            if (impatience != null) {
                impatience.cancel();
            }
            // First, so that nothing that is about to be saved is written after the erasure.
            userSession.forget(true);
            UserStore stored = userSession.store();
            if (stored == null) {
                erased(null);
            } else {
                stored.erase(this::erased);
            }
        }

        private void erased(SecureStoreException.@Nullable Reason reason) {
            logins.permit();
            outcome.tell(reason == null ? new ErasureOutcome.Erased() : new ErasureOutcome.NotErased(reason));
        }
    }
}
