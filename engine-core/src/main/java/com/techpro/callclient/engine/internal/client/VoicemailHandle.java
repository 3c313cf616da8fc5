// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's handle of the voicemail. Usable from any thread. */
final class VoicemailHandle implements Voicemail {
    private final ClientContext client;
    private final VoicemailService side;
    private final Gate gate;

    VoicemailHandle(ClientContext client, VoicemailService side, Gate gate) {
        this.client = client;
        this.side = side;
        this.gate = gate;
    }

    @Override
    public VoicemailSnapshot snapshot() {
        gate.requireUnlocked();
        return side.messages().snapshot();
    }

    @Override
    public CompletionStage<VoicemailOutcome> refresh() {
        return asked(side.messages()::refresh);
    }

    @Override
    public CompletionStage<VoicemailOutcome> more() {
        return asked(side.messages()::more);
    }

    @Override
    public CompletionStage<VoicemailOutcome> markHeard(String id, boolean heard) {
        Objects.requireNonNull(id, "id");
        return asked(done -> side.messages().setHeard(id, heard, done));
    }

    @Override
    public CompletionStage<VoicemailOutcome> delete(String id) {
        Objects.requireNonNull(id, "id");
        return asked(done -> side.messages().delete(id, done));
    }

    @Override
    public CompletionStage<VoicemailOutcome> undelete(String id) {
        Objects.requireNonNull(id, "id");
        return asked(done -> side.messages().undelete(id, done));
    }

    @Override
    public CompletionStage<VoicemailOutcome> purge() {
        return asked(side.messages()::purge);
    }

    @Override
    public CompletionStage<GreetingsOutcome> greetings() {
        gate.requireUsable();
        Answer<GreetingsOutcome> answer =
                client.answers().open(new GreetingsOutcome.Failed(VoicemailProblem.NOT_AVAILABLE));
        client.loop().execute(() -> side.messages().greetings(answer::tell));
        return answer.stage();
    }

    @Override
    public Playback play(String id, PlaybackOptions options) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(options, "options");
        gate.requireUsable();
        return side.player()
                .play(id, options, session -> new PlaybackHandle(client, session, gate), side::playbackChanged);
    }

    @Override
    public @Nullable Call callBack(String id) {
        Objects.requireNonNull(id, "id");
        gate.requireUsable();
        for (VoicemailItem item : side.messages().snapshot().messages()) {
            if (item.id().equals(id)) {
                return dial(item.message().callerNumber());
            }
        }
        return null;
    }

    @Override
    public @Nullable String dialIn() {
        gate.requireUnlocked();
        return side.messages().dialIn();
    }

    @Override
    public @Nullable Call dialVoicemail() {
        gate.requireUsable();
        return dial(side.messages().dialIn());
    }

    private @Nullable Call dial(@Nullable String number) {
        Account caller = side.account();
        if (number == null || caller == null) {
            return null;
        }
        try {
            return caller.dial(number);
        } catch (IllegalArgumentException e) {
            // The caller's number, as the phone system gives it, need not be one.
            return null;
        }
    }

    private CompletionStage<VoicemailOutcome> asked(Consumer<Consumer<@Nullable VoicemailProblem>> task) {
        gate.requireUsable();
        Answer<VoicemailOutcome> answer = client.answers().open(new VoicemailOutcome(VoicemailProblem.NOT_AVAILABLE));
        client.loop()
                .execute(() -> task.accept(problem ->
                        answer.tell(problem == null ? VoicemailOutcome.DONE : new VoicemailOutcome(problem))));
        return answer.stage();
    }
}
