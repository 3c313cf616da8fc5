// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.account.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Dispatches the events of accounts and calls: first to the engine's own observers, on the loop,
 * then to the host, on its executor. Belongs to the loop.
 */
final class EventDispatcher implements CallObserver {
    private final CallRegistry registry;
    private final Listeners<CallClientListener> listeners;
    private final List<CallObserver> observers;
    private final BiConsumer<CallSession, Runnable> ringing;
    /** Incoming calls that the host does not know yet. */
    private final Set<CallSession> unannounced = new HashSet<>();

    /**
     * @param observers receive every event first, in this order
     * @param ringing receives each incoming call, and the task that finally notifies the host
     */
    EventDispatcher(
            CallRegistry registry,
            Listeners<CallClientListener> listeners,
            List<CallObserver> observers,
            BiConsumer<CallSession, Runnable> ringing) {
        this.registry = registry;
        this.listeners = listeners;
        this.observers = List.copyOf(observers);
        this.ringing = ringing;
    }

    private void publish(Consumer<CallObserver> event) {
        observers.forEach(event);
    }

    /** Whether the host knows the call. */
    boolean isAnnounced(CallSession session) {
        return !unannounced.contains(session);
    }

    @Override
    public void dialled(AccountSession accountSession, CallSession session) {
        publish(observer -> observer.dialled(accountSession, session));
    }

    @Override
    public void followed(AccountSession accountSession, CallSession session, CallSession next) {
        CallHandle call = registry.add(accountSession, next);
        dialled(accountSession, next);
        changed(session, new CallEvent.TransferFollowed(session.snapshot(), call));
    }

    @Override
    public void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        publish(observer -> observer.registrationChanged(accountSession, after));
        AccountEntry account = registry.account(accountSession);
        if (account != null && account.state().tellsHost()) {
            account.tell(listeners, (listener, held) -> listener.registrationChanged(held, after));
        }
    }

    @Override
    public void messagesWaiting(AccountSession accountSession, MessagesWaiting summary) {
        publish(observer -> observer.messagesWaiting(accountSession, summary));
        AccountEntry account = registry.account(accountSession);
        if (account != null) {
            account.state().messagesWaiting(summary);
            if (account.state().tellsHost()) {
                account.tell(listeners, (listener, held) -> listener.messagesWaitingChanged(held, summary));
            }
        }
    }

    @Override
    public void textReceived(AccountSession accountSession, TextMessage message, Consumer<Boolean> stored) {
        publish(observer -> observer.textReceived(accountSession, message, stored));
    }

    @Override
    public void receiptReceived(AccountSession accountSession, MessageReceipt receipt) {
        publish(observer -> observer.receiptReceived(accountSession, receipt));
    }

    @Override
    public void incoming(AccountSession accountSession, CallSession session) {
        // The host's first event already names the caller, so the phone book goes first, before the
        // call has a listener.
        publish(observer -> observer.incoming(accountSession, session));
        CallHandle call = registry.add(accountSession, session);
        unannounced.add(session);
        ringing.accept(session, () -> {
            unannounced.remove(session);
            AccountEntry account = registry.account(accountSession);
            if (account != null) {
                account.tell(listeners, (listener, held) -> listener.incomingCall(call, session.snapshot()));
            }
        });
    }

    @Override
    public void callRefused(AccountSession accountSession, CallSnapshot call) {
        publish(observer -> observer.callRefused(accountSession, call));
    }

    @Override
    public void changed(CallSession session, CallEvent event) {
        publish(observer -> observer.changed(session, event));
        CallHandle call = registry.call(session);
        if (call != null) {
            call.tell(event, isAnnounced(session));
        }
    }

    @Override
    public void silenced(CallSession session) {
        publish(observer -> observer.silenced(session));
    }

    @Override
    public void identified(CallSession session) {
        publish(observer -> observer.identified(session));
    }

    @Override
    public void released(CallSession session) {
        publish(observer -> observer.released(session));
        registry.remove(session);
        unannounced.remove(session);
    }

    @Override
    public void gone(AccountSession accountSession) {
        publish(observer -> observer.gone(accountSession));
        registry.remove(accountSession);
    }
}
