// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
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
import org.jspecify.annotations.Nullable;

/** The accounts of a fake client, and what it is asked beside calls. Under the context's lock. */
final class FakeClientState {
    private static final Set<AudioRoute> ROUTES = Set.copyOf(EnumSet.allOf(AudioRoute.class));
    private volatile AudioRoutes routes = AudioRoutes.UNKNOWN;

    private final FakeContext context;
    private final FakeParts parts;
    private final List<FakeAccount> accounts = new CopyOnWriteArrayList<>();
    private @Nullable FakeAccount ofLogin;
    private final List<Answer<WakeOutcome>> wakes = new ArrayList<>();
    private UpdateAnswer update = new UpdateAnswer.UpToDate();
    private boolean registrarSilent;
    private @Nullable Failure registrarRefusal;

    FakeClientState(FakeParts parts) {
        this.context = parts.context();
        this.parts = parts;
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

    /** @throws IllegalStateException if there is an account with this address of record */
    void requireNew(SipAccount added) {
        boolean there = accounts.stream()
                .map(FakeAccount::sipAccount)
                .anyMatch(each -> each.user().equals(added.user())
                        && each.domain().equals(added.domain())
                        && each.domainPort() == added.domainPort());
        if (there) {
            throw new IllegalStateException("this user has an account here already; remove it or log out first");
        }
    }

    /** Adds an account and starts registering it. */
    FakeAccount add(SipAccount sipAccount) {
        FakeAccountSettings settings = new FakeAccountSettings(context.nextId("a"), sipAccount);
        FakeAccount account = new FakeAccount(parts, settings, this::rings, accounts::remove);
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

    /** Returns the account of the login, or null. */
    @Nullable
    FakeAccount ofLogin() {
        return ofLogin;
    }

    void setOfLogin(@Nullable FakeAccount account) {
        ofLogin = account;
    }

    /** Hangs up and unregisters. */
    void removeAccounts() {
        List.copyOf(accounts).forEach(FakeAccount::removeNow);
    }

    /** Ends all without telling the phone system. */
    void disposeAccounts() {
        parts.calls().open(null).forEach(session -> session.end(new CallEnding.LocalHangUp(), null));
        List.copyOf(accounts).forEach(account -> account.end(new Failure.Unreachable()));
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
        boolean rings = parts.calls().open(null).stream()
                .anyMatch(session -> session.snapshot().state() == CallState.INCOMING);
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
    private void rings() {
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
}
