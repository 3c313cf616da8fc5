// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.account.AccountSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The current state as events, which a new listener receives first. Belongs to the loop. */
final class CurrentState {
    private final CallRegistry registry;
    private final UserSession userSession;
    private final Supplier<AudioRoutes> routes;

    CurrentState(CallRegistry registry, UserSession userSession, Supplier<AudioRoutes> routes) {
        this.registry = registry;
        this.userSession = userSession;
        this.routes = routes;
    }

    /** Returns the events of one account. */
    List<Consumer<AccountListener>> of(AccountState state) {
        List<Consumer<AccountListener>> now = new ArrayList<>(account(state));
        for (Call call : announced(state.session())) {
            CallSnapshot snapshot = call.snapshot();
            if (snapshot.state() == CallState.INCOMING) {
                now.add(listener -> listener.incomingCall(call, snapshot));
            }
        }
        return now;
    }

    /** Returns the events of one account without its calls. */
    static List<Consumer<AccountListener>> account(AccountState state) {
        Account account = state.account();
        List<Consumer<AccountListener>> now = new ArrayList<>();
        var registration = account.registration();
        now.add(listener -> listener.registrationChanged(account, registration));
        MessagesWaiting messages = state.messagesWaiting();
        if (messages != null) {
            now.add(listener -> listener.messagesWaitingChanged(account, messages));
        }
        return now;
    }

    /**
     * Returns the events of the whole client. Those that the lock protects are included only while
     * the app is unlocked.
     */
    List<Consumer<CallClientListener>> ofClient() {
        List<Consumer<CallClientListener>> now = new ArrayList<>();
        for (AccountState state : registry.states()) {
            account(state).forEach(event -> now.add(event::accept));
        }
        for (Call call : announced(null)) {
            CallSnapshot snapshot = call.snapshot();
            now.add(
                    snapshot.state() == CallState.INCOMING
                            ? listener -> listener.incomingCall(call, snapshot)
                            : listener -> listener.callChanged(call, new CallEvent.StateChanged(snapshot)));
        }
        userSession
                .conferences()
                .joined()
                .forEach(room -> now.add(listener -> listener.conferenceChanged(room, room.snapshot())));
        AudioRoutes audio = routes.get();
        if (audio.current() != null) {
            now.add(listener -> listener.audioRoutesChanged(audio));
        }
        if (userSession.lock().isLocked()) {
            if (userSession.lock().isToldLocked()) { // else all are notified once it is known
                now.add(listener -> listener.lockChanged(true));
            }
            return now;
        }
        var favorites = userSession.people().favorites().snapshot();
        var history = userSession.people().history().snapshot();
        var texts = userSession.texts().snapshot();
        var voicemail = userSession.voicemail().messages().snapshot();
        var doNotDisturb = userSession.incomingCallSettings().doNotDisturbNow();
        var forwarding = userSession.incomingCallSettings().forwardingNow();
        now.add(listener -> listener.doNotDisturbChanged(doNotDisturb));
        now.add(listener -> listener.callForwardingChanged(forwarding));
        now.add(listener -> listener.favoritesChanged(favorites));
        now.add(listener -> listener.historyChanged(history));
        now.add(listener -> listener.textMessagesChanged(texts));
        now.add(listener -> listener.voicemailChanged(voicemail));
        return now;
    }

    private List<Call> announced(@Nullable AccountSession only) {
        List<Call> calls = new ArrayList<>(registry.open(only));
        calls.removeIf(call -> !((CallHandle) call).isAnnounced());
        return calls;
    }
}
