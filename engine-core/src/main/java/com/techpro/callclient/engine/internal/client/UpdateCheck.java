// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Updates;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdatePort;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Asks the app's publisher for a newer version, if the host supplies a port and the policy permits
 * it (promise T2). Usable from any thread.
 */
final class UpdateCheck implements Updates {
    private final ClientContext client;
    private final CurrentPolicy policy;
    private final Gate gate;

    UpdateCheck(ClientContext client, CurrentPolicy policy, Gate gate) {
        this.client = client;
        this.policy = policy;
        this.gate = gate;
    }

    @Override
    public CompletionStage<UpdateAnswer> check(String version) {
        Objects.requireNonNull(version, "version");
        gate.requireUsable();
        Answer<UpdateAnswer> outcome = client.answers().open(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF));
        UpdatePort port = client.config().updates();
        if (port == null || !policy.allows(Policy.Feature.UPDATE_CHECK)) {
            outcome.tell(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF));
        } else {
            client.networkWorkers().execute(() -> {
                try {
                    port.check(version, outcome::tell);
                } catch (RuntimeException | Error e) {
                    Loggers.portThrew(e);
                    outcome.tell(new UpdateAnswer.Failed(UpdateAnswer.Problem.UNREACHABLE));
                }
            });
        }
        return outcome.stage();
    }
}
