// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;

/**
 * The busy lamps that the host requested, and the extensions to call when they are free. Belongs to
 * the loop, except where stated.
 */
final class LampService {
    private final ClientContext client;
    private final EngineLoop loop;
    private final Gate gate;
    private final CallRegistry registry;
    private final OutgoingCalls calls;
    private final LampSubscriptions subscriptions;
    private final List<CallCompletionSession> completions = new ArrayList<>();

    LampService(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            OutgoingCalls calls,
            LampSubscriptions subscriptions) {
        this.client = client;
        this.loop = client.loop();
        this.gate = gate;
        this.registry = registry;
        this.calls = calls;
        this.subscriptions = subscriptions;
    }

    /** From any thread. */
    BusyLampHandle watch(AccountSession account, String extension) {
        requireUsable(account);
        SipUri target = DialTarget.parse(extension, account.account().domain());
        BusyLampHandle lamp = new BusyLampHandle(
                subscriptions, calls, account, extension, target, new Listeners<>(loop, client.callbacks()));
        loop.execute(lamp::open);
        return lamp;
    }

    /** From any thread. */
    CallCompletionSession callWhenFree(AccountSession account, String extension, CallOptions options) {
        requireUsable(account);
        account.requirePermitted(options);
        SipUri target =
                DialTarget.dialled(extension, account.account().domain()).uri();
        CallCompletionSession session = new CallCompletionSession(
                subscriptions,
                calls,
                account,
                extension,
                target,
                options,
                client.answers().open(new CallCompletionOutcome.Cancelled()),
                completions::remove);
        loop.execute(() -> {
            completions.add(session);
            session.open(
                    loop.schedule(CallCompletionSession.LIMIT, () -> session.end(new CallCompletionOutcome.Expired())));
        });
        return session;
    }

    private void requireUsable(AccountSession account) {
        gate.requireUsable();
        registry.requireThere(account);
    }

    /** Checks what waits for an extension: a call has ended, or the app lock has changed. */
    void followCompletions() {
        List.copyOf(completions).forEach(CallCompletionSession::follow);
    }

    void changed(CallEvent event) {
        if (event instanceof CallEvent.Ended && !completions.isEmpty()) {
            loop.execute(this::followCompletions);
        }
    }

    void registrationChanged(AccountSession account, RegistrationSnapshot after) {
        if (after.state() == RegistrationState.UNREGISTERED) {
            cancelCompletions(account);
        }
        subscriptions.registrationChanged(account, after);
    }

    void gone(AccountSession account) {
        cancelCompletions(account);
        subscriptions.end(account, LampState.CLOSED);
    }

    private void cancelCompletions(AccountSession account) {
        List.copyOf(completions).stream()
                .filter(session -> session.account().equals(account))
                .forEach(session -> session.end(new CallCompletionOutcome.Cancelled()));
    }
}
