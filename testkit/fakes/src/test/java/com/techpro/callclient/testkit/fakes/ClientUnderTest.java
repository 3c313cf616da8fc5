// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The common base of what the engine and its fake both do. */
abstract class ClientUnderTest implements CallClientListener {
    final ClientSubject subject = subject();
    final CallClient client = subject.client();
    /** What the client told, in order. */
    final List<String> told = new ArrayList<>();

    private @Nullable Call incoming;

    abstract ClientSubject subject();

    {
        client.addListener(this);
        subject.settle();
        told.clear();
    }

    @AfterEach
    void close() {
        subject.close();
    }

    final <T> T await(CompletionStage<T> stage) {
        subject.settle();
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    /** Adds an account, and forgets what was told of it. */
    final Account registered() {
        Account account = client.addAccount(subject.sipAccount());
        subject.settle();
        told.clear();
        return account;
    }

    /** A call that rings here. */
    final Call incomingCall(Account account) {
        subject.farEndCalls(account);
        subject.settle();
        return Objects.requireNonNull(incoming, "no call rings");
    }

    /** Two sides in a call that was dialled here; what was told until then is forgotten. */
    final Call talking(Account account) {
        Call call = account.dial(ClientSubject.FAR);
        subject.settle();
        subject.farEndAnswers();
        subject.settle();
        told.clear();
        return call;
    }

    final List<CallRecord> history() {
        return client.people().history().snapshot().entries().stream()
                .map(CallRecord.class::cast)
                .toList();
    }

    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        told.add("registration " + after.state());
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming = call;
        told.add("incoming " + snapshot.state());
    }

    @Override
    public void incomingRefused(@Nullable Account account, RefusedRequest refused) {
        told.add("refused " + refused.reason());
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        CallSnapshot after = event.after();
        assertThat(call.snapshot().state()).as("shown with the event").isGreaterThanOrEqualTo(after.state());
        if (event instanceof CallEvent.StateChanged) {
            told.add("call " + after.state());
        } else if (event instanceof CallEvent.HoldChanged) {
            told.add("hold " + after.hold());
        } else if (event instanceof CallEvent.CommandRefused refused) {
            told.add("command " + refused.command() + " " + refused.reason());
        } else if (event instanceof CallEvent.Ended ended) {
            assertThat(after.ending()).isEqualTo(ended.ending());
            told.add("ended " + ended.ending().code());
        } else if (event instanceof CallEvent.MediaChanged && after.muted()) {
            told.add("muted");
        }
    }

    @Override
    public void lockChanged(boolean locked) {
        told.add(locked ? "locked" : "unlocked");
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        told.add("favorites " + after.favorites().size());
    }

    @Override
    public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
        told.add("do not disturb " + after.on());
    }
}
