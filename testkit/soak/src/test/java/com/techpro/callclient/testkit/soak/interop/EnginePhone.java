// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The engine as an app embeds it, on real sockets, with one account; the tests' end of a call. */
public final class EnginePhone implements AutoCloseable, CallClientListener {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "engine-phone"));
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final List<Call> incoming = new CopyOnWriteArrayList<>();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<MessagesWaiting> messagesWaiting = new CopyOnWriteArrayList<>();
    private final List<TextMessage> texts = new CopyOnWriteArrayList<>();
    private final List<MessageReceipt> receipts = new CopyOnWriteArrayList<>();
    private final List<Roster.Listed> rosters = new CopyOnWriteArrayList<>();
    private final CallClient client;
    private final Account account;
    private volatile Consumer<Call> onIncoming = call -> {};

    public EnginePhone(SipAccount.Builder account, @Nullable AudioPort audio) {
        this(account, audio, config -> config);
    }

    /** @param more what else this client is told */
    EnginePhone(SipAccount.Builder account, @Nullable AudioPort audio, UnaryOperator<CallClientConfig.Builder> more) {
        this.client = CallClient.create(more.apply(CallClientConfig.builder()
                        .callbacks(callbacks)
                        .platform(p -> p.audio(audio))
                        .tones(CallTones.OFF)
                        .listener(this)
                        .failures((thread, failure) -> defects.add(failure)))
                .build());
        this.account = client.addAccount(account.build());
    }

    CallClient client() {
        return client;
    }

    public Account account() {
        return account;
    }

    public EnginePhone awaitRegistered() {
        Await.until(
                "the engine is registered",
                () -> account.registration().state() == RegistrationState.REGISTERED,
                LIMIT);
        return this;
    }

    /** What to do with calls that come in, besides noting them. */
    public EnginePhone whenCalled(Consumer<Call> action) {
        this.onIncoming = action;
        return this;
    }

    public EnginePhone answering() {
        return whenCalled(call -> call.answer(CallOptions.DEFAULT));
    }

    public Call awaitIncoming() {
        Await.until("a call comes in", () -> !incoming.isEmpty(), LIMIT);
        return incoming.remove(0);
    }

    public void assertNoMoreCalls() {
        if (!incoming.isEmpty()) {
            throw new AssertionError("another call came in");
        }
    }

    public static void awaitState(Call call, CallState state) {
        Await.until(
                "the call is " + state + " and not " + call.snapshot(),
                () -> call.snapshot().state().compareTo(state) >= 0,
                LIMIT);
        if (call.snapshot().state() != state) {
            throw new AssertionError("the call went past " + state + ": " + call.snapshot());
        }
    }

    public static void awaitHold(Call call, HoldState hold) {
        Await.until("hold is " + hold, () -> call.snapshot().hold() == hold, LIMIT);
    }

    public static CallEnding awaitEnding(Call call) {
        Await.until("the call is over", () -> call.snapshot().ending() != null, LIMIT);
        CallEnding ending = call.snapshot().ending();
        if (ending == null) {
            throw new AssertionError("an ending does not go away");
        }
        return ending;
    }

    public char awaitDtmf() {
        CallEvent.DtmfReceived[] found = new CallEvent.DtmfReceived[1];
        Await.until(
                "a key is heard",
                () -> {
                    for (CallEvent event : events) {
                        if (event instanceof CallEvent.DtmfReceived dtmf) {
                            found[0] = dtmf;
                            events.remove(event);
                            return true;
                        }
                    }
                    return false;
                },
                LIMIT);
        return found[0].tone();
    }

    /** What is told of a call, once. */
    public <E extends CallEvent> E awaitEvent(Class<E> kind) {
        List<E> found = new ArrayList<>();
        Await.until(
                "the engine tells " + kind.getSimpleName(),
                () -> {
                    for (CallEvent event : events) {
                        if (kind.isInstance(event)) {
                            found.add(kind.cast(event));
                            events.remove(event);
                            return true;
                        }
                    }
                    return false;
                },
                LIMIT);
        return found.get(0);
    }

    /** What was told of waiting messages, in order. */
    public List<MessagesWaiting> messagesWaiting() {
        return List.copyOf(messagesWaiting);
    }

    /** Texts that came, in order. */
    public List<TextMessage> texts() {
        return List.copyOf(texts);
    }

    /** What was told of texts that were sent, in order. */
    public List<MessageReceipt> receipts() {
        return List.copyOf(receipts);
    }

    /** What was told of who is in a room, in order. */
    public List<Roster.Listed> rosters() {
        return List.copyOf(rosters);
    }

    /** As the app does that a push has woken. */
    CompletionStage<WakeOutcome> wake(Duration budget) {
        return client.wake(WakeReason.PUSH, budget);
    }

    public ClientCounters counters() {
        try {
            return client.counters().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the engine does not tell what it holds", e);
        }
    }

    /** Nothing of a call is left: transactions may still linger for their timers, dialogs and media may not. */
    public void awaitNoCalls() {
        Await.until(
                () -> "all calls are cleared away; there are " + counters(),
                () -> {
                    ClientCounters held = counters();
                    return held.calls() == 0 && held.dialogs() == 0 && held.mediaSessions() == 0;
                },
                LIMIT);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
        onIncoming.accept(call);
    }

    @Override
    public void messageReceived(Account told, TextMessage message) {
        texts.add(message);
    }

    @Override
    public void messageReceipt(Account told, MessageReceipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void messagesWaitingChanged(Account account, MessagesWaiting after) {
        messagesWaiting.add(after);
    }

    @Override
    public void conferenceChanged(Conference room, ConferenceSnapshot now) {
        if (now.roster() instanceof Roster.Listed roster) {
            rosters.add(roster);
        }
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        events.add(event);
    }

    /** Unregisters, closes, and fails the test if a task of the engine ever threw. */
    @Override
    public void close() {
        try {
            client.shutdown(Duration.ofSeconds(3)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the engine does not shut down", e);
        } finally {
            client.close();
            callbacks.shutdown();
        }
        if (!defects.isEmpty()) {
            AssertionError failed = new AssertionError("tasks of the engine failed");
            defects.forEach(failed::addSuppressed);
            throw failed;
        }
    }

    /** As after losing power: no goodbye. */
    public void vanish() {
        client.close();
        callbacks.shutdown();
    }
}
