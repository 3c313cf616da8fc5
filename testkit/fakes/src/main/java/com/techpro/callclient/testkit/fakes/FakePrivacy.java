// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.engine.privacy.Privacy;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * The user's rights over data in memory. The export is what the test sets, erasing empties the other
 * fakes, and trimming finds nothing to free. All methods may be called from any thread.
 */
public final class FakePrivacy implements Privacy {
    private final FakeContext context;
    private final FakeClientState state;
    private final FakeLogins logins;
    private DataExport export = new DataExport.Exported("{}");

    FakePrivacy(FakeContext context, FakeClientState state, FakeLogins logins) {
        this.context = context;
        this.state = state;
        this.logins = logins;
    }

    /** Sets what {@link #export} gives; an empty JSON object unless set. */
    public void exportIs(DataExport next) {
        Objects.requireNonNull(next, "next");
        context.run(() -> export = next);
    }

    @Override
    public CompletionStage<DataExport> export() {
        context.requireUsable();
        return context.get(() -> {
            context.record("privacy", "export");
            return context.answered(export);
        });
    }

    @Override
    public CompletionStage<ErasureOutcome> erase() {
        context.requireOpen();
        return context.get(() -> {
            context.record("privacy", "erase");
            state.removeAccounts();
            logins.leave(LogoutOptions.EVERYTHING);
            return context.<ErasureOutcome>answered(new ErasureOutcome.Erased());
        });
    }

    @Override
    public CompletionStage<TrimmedStorage> trim() {
        context.requireOpen();
        return context.get(() -> {
            context.record("privacy", "trim");
            return context.answered(new TrimmedStorage(List.of(
                    new TrimmedStorage.Freed(TrimmedStorage.Cache.HISTORY, 0, null),
                    new TrimmedStorage.Freed(TrimmedStorage.Cache.VOICEMAIL_AUDIO, 0, null))));
        });
    }
}
