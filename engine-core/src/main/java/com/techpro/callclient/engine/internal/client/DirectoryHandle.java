// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The host's handle of the directory. Usable from any thread. */
final class DirectoryHandle implements Directory {
    private final ClientContext client;
    private final PeopleIndex index;
    private final Gate gate;

    DirectoryHandle(ClientContext client, PeopleIndex index, Gate gate) {
        this.client = client;
        this.index = index;
        this.gate = gate;
    }

    @Override
    public CompletionStage<Caller> lookUp(String number) {
        Objects.requireNonNull(number, "number");
        gate.requireUsable();
        PartyIdentity party = new PartyIdentity(null, number, "");
        Answer<Caller> answer = client.answers().open(Caller.of(party));
        client.loop().execute(() -> answer.tell(index.resolve(party, "")));
        return answer.stage();
    }

    @Override
    public CompletionStage<List<Person>> search(String text, int limit) {
        Objects.requireNonNull(text, "text");
        gate.requireUsable();
        Answer<List<Person>> answer = client.answers().open(List.of());
        client.loop().execute(() -> answer.tell(List.copyOf(index.search(text, limit))));
        return answer.stage();
    }

    @Override
    public CompletionStage<CommandOutcome> refresh() {
        gate.requireUsable();
        return client.command(
                answer -> index.refresh(read -> answer.accept(read ? null : CommandRefusal.OTHER_SIDE_UNREACHABLE)));
    }
}
