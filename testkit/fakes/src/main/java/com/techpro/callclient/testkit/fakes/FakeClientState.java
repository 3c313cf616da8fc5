// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The accounts and calls of a fake client, and what its listeners are told first. Under the context's lock. */
final class FakeClientState {
    private static final Set<AudioRoute> ROUTES = Set.copyOf(EnumSet.allOf(AudioRoute.class));
    private volatile AudioRoutes routes = AudioRoutes.UNKNOWN;

    private final FakeContext context;
    private final FakeCallClient client;
    private final FakeReports reports;
    private final List<FakeAccount> accounts = new CopyOnWriteArrayList<>();
    private final List<FakeCallSession> sessions = new ArrayList<>();
    private final List<Answer<WakeOutcome>> wakes = new ArrayList<>();
    private UpdateAnswer update = new UpdateAnswer.UpToDate();
    private boolean registrarSilent;
    private @Nullable Failure registrarRefusal;

    FakeClientState(FakeContext context, FakeCallClient client) {
        this.context = context;
        this.client = client;
        this.reports = new FakeReports(context, client);
    }

    FakeReports reports() {
        return reports;
    }

    /** Also without the lock. */
    List<FakeAccount> accounts() {
        return accounts;
    }

    void setRegistrarSilent(boolean silent) {
        registrarSilent = silent;
    }

    void setRegistrarRefusal(@Nullable Failure failure) {
        registrarRefusal = failure;
    }

    UpdateAnswer update() {
        return update;
    }

    void setUpdate(UpdateAnswer answer) {
        update = answer;
    }

    /** Adds an account and starts registering it. */
    FakeAccount add(SipAccount sipAccount) {
        FakeAccount account = new FakeAccount(context, client, context.nextId("a"), sipAccount);
        accounts.add(account);
        Failure refusal = registrarRefusal;
        if (refusal == null) {
            account.registering().setAnswersLater(registrarSilent);
            account.registering().attempt();
        } else {
            account.registering().refuse(RegistrationState.FAILED, refusal);
        }
        return account;
    }

    @Nullable
    FakeAccount account(String id) {
        return accounts.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    }

    void forget(FakeAccount account) {
        accounts.remove(account);
    }

    /** Hangs up and unregisters. */
    void removeAccounts() {
        List.copyOf(accounts).forEach(FakeAccount::removeNow);
    }

    /** Ends all without telling the phone system. */
    void disposeAccounts() {
        open(null).forEach(session -> session.end(new CallEnding.LocalHangUp(), null));
        List.copyOf(accounts).forEach(account -> account.end(new Failure.Unreachable()));
    }

    void add(FakeCallSession session) {
        sessions.add(session);
    }

    /** @param only null for the calls of all accounts */
    List<FakeCallSession> open(@Nullable FakeAccount only) {
        List<FakeCallSession> open = new ArrayList<>();
        for (FakeCallSession session : sessions) {
            if (!session.isEnded() && (only == null || session.account() == only)) {
                open.add(session);
            }
        }
        return open;
    }

    List<Call> openCalls(@Nullable FakeAccount only) {
        List<Call> calls = new ArrayList<>();
        open(only).forEach(session -> calls.add(session.call()));
        return List.copyOf(calls);
    }

    List<FakeCall> everyCall() {
        List<FakeCall> calls = new ArrayList<>();
        sessions.forEach(session -> calls.add(session.call()));
        return List.copyOf(calls);
    }

    FakeCall lastCall() {
        if (sessions.isEmpty()) {
            throw new IllegalStateException("there was no call");
        }
        return sessions.get(sessions.size() - 1).call();
    }

    /** Refuses an incoming call before it rings. */
    void turnAway(FakeCallSession session, CallEnding ending, RefusalReason reason, int status) {
        session.turnAway(ending);
        client.people().history().add(session.snapshot());
        RefusedRequest request = reports.refused(reason, status);
        context.listeners().tell(listener -> listener.incomingRefused(session.account(), request));
    }

    /** Erases what belongs to the user. */
    void forgetUser(boolean withFavorites) {
        client.people().history().forget();
        client.textMessages().forget();
        client.voicemail().forget();
        client.incomingCalls().forget();
        if (withFavorites) {
            client.people().favorites().forget();
        }
    }

    AudioRoutes routes() {
        return routes;
    }

    void routeAudio(AudioRoute wanted) {
        routes = new AudioRoutes(wanted, ROUTES);
        AudioRoutes now = routes;
        context.listeners().tell(listener -> listener.audioRoutesChanged(now));
    }

    CompletionStage<WakeOutcome> wake() {
        Answer<WakeOutcome> answer = context.open(new WakeOutcome(WakeOutcome.Result.CLOSED, null));
        boolean rings =
                open(null).stream().anyMatch(session -> session.snapshot().state() == CallState.INCOMING);
        if (accounts.isEmpty()) {
            context.tell(answer, new WakeOutcome(WakeOutcome.Result.NO_ACCOUNT, null));
        } else if (rings) {
            context.tell(answer, new WakeOutcome(WakeOutcome.Result.CALL, failure()));
        } else {
            wakes.add(answer);
        }
        return answer.stage();
    }

    /** Returns why an account is not registered, or null. */
    private @Nullable Failure failure() {
        for (FakeAccount account : accounts) {
            Failure failure = account.registration().failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** A call rings. */
    void rings() {
        conclude(new WakeOutcome(WakeOutcome.Result.CALL, failure()));
    }

    void wakeTimeIsUp() {
        boolean registered = accounts.stream()
                .map(FakeAccount::registration)
                .map(RegistrationSnapshot::state)
                .allMatch(state -> state == RegistrationState.REGISTERED);
        conclude(new WakeOutcome(
                registered ? WakeOutcome.Result.NO_CALL : WakeOutcome.Result.NOT_REGISTERED, failure()));
    }

    void closeWakes() {
        conclude(new WakeOutcome(WakeOutcome.Result.CLOSED, null));
    }

    private void conclude(WakeOutcome outcome) {
        wakes.forEach(answer -> context.tell(answer, outcome));
        wakes.clear();
    }

    /** Returns the current state as events, which a new listener receives first. */
    List<Consumer<? super CallClientListener>> current() {
        List<Consumer<? super CallClientListener>> now = new ArrayList<>();
        accounts.forEach(account -> now.addAll(account.current(false)));
        for (Call call : openCalls(null)) {
            CallSnapshot snapshot = call.snapshot();
            now.add(
                    snapshot.state() == CallState.INCOMING
                            ? listener -> listener.incomingCall(call, snapshot)
                            : listener -> listener.callChanged(call, new CallEvent.StateChanged(snapshot)));
        }
        client.conferences().open().forEach(room -> {
            var snapshot = room.snapshot();
            now.add(listener -> listener.conferenceChanged(room, snapshot));
        });
        if (context.isLocked()) {
            now.add(listener -> listener.lockChanged(true));
            return now;
        }
        var doNotDisturb = client.incomingCalls().doNotDisturbNow();
        var forwarding = client.incomingCalls().forwardingNow();
        var favorites = client.people().favorites().now();
        var history = client.people().history().now();
        var texts = client.textMessages().now();
        var voicemail = client.voicemail().now();
        now.add(listener -> listener.doNotDisturbChanged(doNotDisturb));
        now.add(listener -> listener.callForwardingChanged(forwarding));
        now.add(listener -> listener.favoritesChanged(favorites));
        now.add(listener -> listener.historyChanged(history));
        now.add(listener -> listener.textMessagesChanged(texts));
        now.add(listener -> listener.voicemailChanged(voicemail));
        return now;
    }
}
