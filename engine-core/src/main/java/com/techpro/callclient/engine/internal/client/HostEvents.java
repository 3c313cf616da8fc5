// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and calls there are, and what happens to them: told to the engine's own observers first, on the loop, and then to the host, on
 * its executor.
 */
public final class HostEvents implements CallObserver {
    private final CallClientListener listener;
    private final Executor callbacks;
    private final Runnable requireAnswerable;
    private final BiConsumer<Line, @Nullable Account> afterwards;
    private final Map<Line, Account> accounts = new ConcurrentHashMap<>();
    private final Map<CallSession, Placed> calls = new ConcurrentHashMap<>();
    /** Incoming calls that the host has not heard of yet. On the loop. */
    private final Set<CallSession> unannounced = new HashSet<>();

    private final List<CallObserver> observers = new ArrayList<>();
    private BiConsumer<CallSession, Runnable> ringing = (call, tellHost) -> tellHost.run();

    /**
     * @param requireAnswerable throws where a call may not be answered now
     * @param afterwards on the loop, when a line is gone and nobody else has to hear of it
     */
    public HostEvents(
            CallClientListener listener,
            Executor callbacks,
            Runnable requireAnswerable,
            BiConsumer<Line, @Nullable Account> afterwards) {
        this.listener = listener;
        this.callbacks = callbacks;
        this.requireAnswerable = requireAnswerable;
        this.afterwards = afterwards;
    }

    /** Before anything happens. */
    public void tellFirst(List<CallObserver> more) {
        observers.addAll(more);
    }

    /**
     * Before anything happens.
     *
     * @param first is given each incoming call, and how the host is told of it in the end
     */
    public void ringBy(BiConsumer<CallSession, Runnable> first) {
        ringing = first;
    }

    /** From any thread. */
    public Account add(Line line, Account account) {
        accounts.put(line, account);
        return account;
    }

    /** From any thread. */
    public Call add(Line line, CallSession session) {
        Call call = new Call(session, requireAnswerable);
        calls.put(session, new Placed(call, line));
        return call;
    }

    /** From any thread. */
    public boolean has(Line line) {
        return accounts.containsKey(line);
    }

    /** Those not removed. From any thread. */
    public Collection<Line> lines() {
        return accounts.keySet();
    }

    /** From any thread. */
    public Collection<Account> accounts() {
        return accounts.values();
    }

    /** Calls not released yet. From any thread. */
    public int callCount() {
        return calls.size();
    }

    /**
     * Calls that are not over. From any thread.
     *
     * @param only null for the calls of every line
     */
    public List<Call> open(@Nullable Line only) {
        List<Call> open = new ArrayList<>();
        calls.forEach((session, placed) -> {
            if ((only == null || only.equals(placed.line)) && session.snapshot().ending() == null) {
                open.add(placed.call);
            }
        });
        return open;
    }

    private void tell(Consumer<CallObserver> event) {
        observers.forEach(event);
    }

    private void tellHost(Line line, Consumer<Account> event) {
        Account account = accounts.get(line);
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
        Call call = add(line, session);
        unannounced.add(session);
        ringing.accept(session, () -> {
            unannounced.remove(session);
            callbacks.execute(() -> listener.incomingCall(call, session.snapshot()));
        });
    }

    @Override
    public void changed(CallSession session, CallEvent event) {
        tell(observer -> observer.changed(session, event));
        Placed placed = calls.get(session);
        if (placed != null && !unannounced.contains(session)) {
            callbacks.execute(() -> listener.callChanged(placed.call, event));
        }
    }

    @Override
    public void released(CallSession session) {
        tell(observer -> observer.released(session));
        calls.remove(session);
        unannounced.remove(session);
    }

    @Override
    public void gone(Line line) {
        tell(observer -> observer.gone(line));
        afterwards.accept(line, accounts.remove(line));
    }

    /** A call and the line it belongs to. */
    private record Placed(Call call, Line line) {}
}
