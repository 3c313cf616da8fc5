// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.internal.presence.DoNotDisturbState;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import java.util.concurrent.CompletionStage;

/** Whether calls ring here, as the host holds it. From any thread. */
final class DoNotDisturbHandle implements DoNotDisturb {
    private final ClientContext client;
    private final DoNotDisturbState state;
    private final Gate gate;

    DoNotDisturbHandle(ClientContext client, DoNotDisturbState state, Gate gate) {
        this.client = client;
        this.state = state;
        this.gate = gate;
    }

    @Override
    public DoNotDisturbSnapshot snapshot() {
        gate.requireUnlocked();
        return state.snapshot();
    }

    @Override
    public CompletionStage<Boolean> set(boolean on) {
        gate.requireUsable();
        Answer<Boolean> answer = client.answers().open(false);
        client.loop().execute(() -> answer.tell(state.set(on)));
        return answer.stage();
    }
}
