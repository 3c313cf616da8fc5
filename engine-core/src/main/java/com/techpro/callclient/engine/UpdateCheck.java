// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdatePort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks the app's publisher for a newer version, where the host gave a port for it and the policy permits it (promise T2). */
final class UpdateCheck {
    private final @Nullable UpdatePort updates;
    private final Policy policy;
    private final Executor workers;
    private final Executor callbacks;

    /** @param policy of the host and of whoever is logged in */
    UpdateCheck(@Nullable UpdatePort updates, Policy policy, Executor workers, Executor callbacks) {
        this.updates = updates;
        this.policy = policy;
        this.workers = workers;
        this.callbacks = callbacks;
    }

    CompletionStage<UpdateAnswer> ask(String version) {
        CompletableFuture<UpdateAnswer> outcome = new CompletableFuture<>();
        UpdatePort port = updates;
        if (port == null || !policy.allows(Policy.Feature.UPDATE_CHECK)) {
            callbacks.execute(() -> outcome.complete(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF)));
        } else {
            workers.execute(() -> port.check(version, answer -> callbacks.execute(() -> outcome.complete(answer))));
        }
        return outcome;
    }
}
