// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.privacy.Export;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What users may ask of the data that is held about them: to see it (promise R1), and to have it gone (promise R3). */
public final class UserRights {
    private final EngineLoop loop;
    private final Answers answers;
    private final @Nullable UserStore store;
    private final Supplier<Policy> policy;
    private final Runnable forget;

    /**
     * @param policy as it is now, from any thread
     * @param forget drops what memory holds of the user, on the loop, once the store is empty
     */
    public UserRights(
            EngineLoop loop, Answers answers, @Nullable UserStore store, Supplier<Policy> policy, Runnable forget) {
        this.loop = loop;
        this.answers = answers;
        this.store = store;
        this.policy = policy;
        this.forget = forget;
    }

    public CompletionStage<DataExport> export(Supplier<Collection<Account>> accounts) {
        Answer<DataExport> outcome = answers.open(new DataExport.Unreadable(SecureStoreException.Reason.FAILED));
        if (!policy.get().allows(Policy.Feature.EXPORT)) {
            outcome.tell(new DataExport.NotAllowed());
            return outcome.stage();
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
                        outcome.tell(new DataExport.Unreadable(reason));
                    }
                });
            }
        });
        return outcome.stage();
    }

    private void tell(Answer<DataExport> outcome, List<SipAccount> accounts, Map<String, byte[]> values) {
        String json = Export.of(loop.now(), accounts, values, !policy.get().equals(Policy.OPEN));
        outcome.tell(new DataExport.Exported(json));
    }

    /** On the loop, when nothing that would write again is left. */
    public void erase(Answer<ErasureOutcome> outcome) {
        UserStore stored = store;
        if (stored == null) {
            erased(outcome, null);
        } else {
            stored.erase(reason -> erased(outcome, reason));
        }
    }

    private void erased(Answer<ErasureOutcome> outcome, SecureStoreException.@Nullable Reason reason) {
        if (reason == null) {
            forget.run();
        }
        outcome.tell(reason == null ? new ErasureOutcome.Erased() : new ErasureOutcome.NotErased(reason));
    }
}
