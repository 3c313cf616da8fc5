// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.privacy.Export;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What users may ask of the data that is held about them: to see it (promise R1), and to have it gone (promise R3). */
final class UserRights {
    private final EngineLoop loop;
    private final SerialExecutor callbacks;
    private final @Nullable UserStore store;
    private final Supplier<Policy> policy;
    private final Runnable forget;

    /**
     * @param policy as it is now, from any thread
     * @param forget drops what memory holds of the user, on the loop, once the store is empty
     */
    UserRights(
            EngineLoop loop,
            SerialExecutor callbacks,
            @Nullable UserStore store,
            Supplier<Policy> policy,
            Runnable forget) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.store = store;
        this.policy = policy;
        this.forget = forget;
    }

    CompletionStage<DataExport> export(Supplier<Collection<Account>> accounts) {
        CompletableFuture<DataExport> outcome = new CompletableFuture<>();
        if (!policy.get().allows(Policy.Feature.EXPORT)) {
            callbacks.execute(() -> outcome.complete(new DataExport.NotAllowed()));
            return outcome;
        }
        loop.execute(() -> {
            List<SipAccount> held = new ArrayList<>();
            accounts.get().forEach(account -> held.add(account.sipAccount()));
            UserStore stored = store;
            if (stored == null) {
                tell(outcome, held, Map.of());
            } else {
                stored.readAll((values, reason) -> {
                    if (reason == null) {
                        tell(outcome, held, values);
                    } else {
                        callbacks.execute(() -> outcome.complete(new DataExport.Unreadable(reason)));
                    }
                });
            }
        });
        return outcome;
    }

    private void tell(CompletableFuture<DataExport> outcome, List<SipAccount> accounts, Map<String, byte[]> values) {
        String json = Export.of(loop.now(), accounts, values, !policy.get().equals(Policy.OPEN));
        callbacks.execute(() -> outcome.complete(new DataExport.Exported(json)));
    }

    /** On the loop, when nothing that would write again is left. */
    void erase(CompletableFuture<ErasureOutcome> outcome) {
        UserStore stored = store;
        if (stored == null) {
            erased(outcome, null);
        } else {
            stored.erase(reason -> erased(outcome, reason));
        }
    }

    private void erased(CompletableFuture<ErasureOutcome> outcome, SecureStoreException.@Nullable Reason reason) {
        if (reason == null) {
            forget.run();
        }
        callbacks.execute(() ->
                outcome.complete(reason == null ? new ErasureOutcome.Erased() : new ErasureOutcome.NotErased(reason)));
    }
}
