// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdatePort;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks the app's publisher for a newer version, where the host gave a port for it and the policy permits it (promise T2). */
public final class UpdateCheck {
    private final @Nullable UpdatePort updates;
    private final Policy policy;
    private final Executor workers;
    private final Answers answers;

    /** @param policy of the host and of whoever is logged in */
    public UpdateCheck(@Nullable UpdatePort updates, Policy policy, Executor workers, Answers answers) {
        this.updates = updates;
        this.policy = policy;
        this.workers = workers;
        this.answers = answers;
    }

    public CompletionStage<UpdateAnswer> ask(String version) {
        Answer<UpdateAnswer> outcome = answers.open(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF));
        UpdatePort port = updates;
        if (port == null || !policy.allows(Policy.Feature.UPDATE_CHECK)) {
            outcome.tell(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF));
        } else {
            workers.execute(() -> port.check(version, outcome::tell));
        }
        return outcome.stage();
    }
}
