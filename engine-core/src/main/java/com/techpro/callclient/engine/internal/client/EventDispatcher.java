// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What happens to accounts and calls: told to the engine's own observers first, on the loop, and then to the host, on its executor. Belongs to
 * the loop.
 */
final class EventDispatcher implements CallObserver {
    private final CallRegistry registry;
    private final CallClientListener listener;
    private final Executor callbacks;
    private final List<CallObserver> observers;
    private final BiConsumer<CallSession, Runnable> ringing;
    /** Incoming calls that the host has not heard of yet. */
    private final Set<CallSession> unannounced = new HashSet<>();

    /**
     * @param observers hear of everything first, in this order
     * @param ringing is given each incoming call, and how the host is told of it in the end
     */
    EventDispatcher(
            CallRegistry registry,
            CallClientListener listener,
            Executor callbacks,
            List<CallObserver> observers,
            BiConsumer<CallSession, Runnable> ringing) {
        this.registry = registry;
        this.listener = listener;
        this.callbacks = callbacks;
        this.observers = List.copyOf(observers);
        this.ringing = ringing;
    }

    private void tell(Consumer<CallObserver> event) {
        observers.forEach(event);
    }

    private void tellHost(Line line, Consumer<AccountHandle> event) {
        AccountHandle account = registry.account(line);
        if (account != null) {
            callbacks.execute(() -> event.accept(account));
        }
    }

    @Override
    public void dialled(Line line, CallSession session) {
        tell(observer -> observer.dialled(line, session));
    }

    @Override
    public void registrationChanged(Line line, RegistrationSnapshot after) {
        tell(observer -> observer.registrationChanged(line, after));
        tellHost(line, account -> listener.registrationChanged(account, after));
    }

    @Override
    public void messagesWaiting(Line line, MessagesWaiting summary) {
        tell(observer -> observer.messagesWaiting(line, summary));
        tellHost(line, account -> listener.messagesWaitingChanged(account, summary));
    }

    @Override
    public void incoming(Line line, CallSession session) {
        // Who is calling is part of the first thing the host hears: the phone book goes first, before the call has a
        // listener.
        tell(observer -> observer.incoming(line, session));
        CallHandle call = registry.add(line, session);
        unannounced.add(session);
        ringing.accept(session, () -> {
            unannounced.remove(session);
            callbacks.execute(() -> listener.incomingCall(call, session.snapshot()));
        });
    }

    @Override
    public void changed(CallSession session, CallEvent event) {
        tell(observer -> observer.changed(session, event));
        CallHandle call = registry.call(session);
        if (call != null && !unannounced.contains(session)) {
            callbacks.execute(() -> listener.callChanged(call, event));
        }
    }

    @Override
    public void identified(CallSession session) {
        tell(observer -> observer.identified(session));
    }

    @Override
    public void released(CallSession session) {
        tell(observer -> observer.released(session));
        registry.remove(session);
        unannounced.remove(session);
    }

    @Override
    public void gone(Line line) {
        tell(observer -> observer.gone(line));
        registry.remove(line);
    }
}
