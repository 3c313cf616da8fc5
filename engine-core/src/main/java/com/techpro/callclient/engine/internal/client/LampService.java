// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.AccountSession;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.DialTarget;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.presence.AccountLamps;
import com.techpro.callclient.engine.internal.presence.LampReading;
import com.techpro.callclient.engine.internal.presence.LampSubscription;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.presence.BusyLampListener;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The extensions that are watched, by account. Belongs to the loop, except where said. */
final class LampService implements CallObserver {
    private final ClientContext client;
    private final PeopleIndex people;
    private final Gate gate;
    private final CurrentPolicy policy;
    private final Map<AccountSession, AccountLamps> accounts = new HashMap<>();
    private final List<CallCompletionSession> completions = new ArrayList<>();

    LampService(ClientContext client, PeopleIndex people, Gate gate, CurrentPolicy policy) {
        this.client = client;
        this.people = people;
        this.gate = gate;
        this.policy = policy;
    }

    /** From any thread. */
    BusyLampHandle watch(AccountHandle account, String extension) {
        SipUri target = DialTarget.parse(extension, account.sipAccount().domain());
        BusyLampHandle lamp = new BusyLampHandle(
                this, account, extension, target, new Listeners<BusyLampListener>(client.loop(), client.callbacks()));
        client.loop().execute(lamp::open);
        return lamp;
    }

    /** From any thread. */
    CallCompletionSession callWhenFree(AccountHandle account, String extension, CallOptions options) {
        SipUri target =
                DialTarget.dialled(extension, account.sipAccount().domain()).uri();
        CallCompletionSession session = new CallCompletionSession(
                this,
                account,
                extension,
                target,
                options,
                client.answers().open(new CallCompletionOutcome.Cancelled()));
        client.loop().execute(() -> {
            completions.add(session);
            session.open(client.loop()
                    .schedule(CallCompletionSession.LIMIT, () -> session.end(new CallCompletionOutcome.Expired())));
        });
        return session;
    }

    void ended(CallCompletionSession session) {
        completions.remove(session);
    }

    /** A call of the account may be over: then there is room for another. */
    private void callEnded() {
        List.copyOf(completions).forEach(CallCompletionSession::follow);
    }

    @Override
    public void changed(CallSession call, CallEvent event) {
        if (event instanceof CallEvent.Ended && !completions.isEmpty()) {
            client.loop().execute(this::callEnded);
        }
    }

    /** From any thread. */
    Gate gate() {
        return gate;
    }

    /** From any thread. */
    void onLoop(Runnable task) {
        client.loop().execute(task);
    }

    Caller resolve(PartyIdentity party, AccountSession account) {
        return people.resolve(party, account.account().domain());
    }

    /** @return what is known of it, and is told when it changes; null if nothing is asked, for the reason that the lamp shows */
    @Nullable
    LampSubscription open(AccountSession account, SipUri target, Consumer<LampReading> watcher) {
        AccountLamps lamps = policy.allows(Policy.Feature.PRESENCE) ? lampsOf(account) : null;
        return lamps == null ? null : lamps.watch(target, watcher);
    }

    LampState closedState() {
        return policy.allows(Policy.Feature.PRESENCE) ? LampState.CLOSED : LampState.SWITCHED_OFF;
    }

    void close(AccountSession account, SipUri target, Consumer<LampReading> watcher) {
        AccountLamps lamps = accounts.get(account);
        if (lamps != null) {
            lamps.unwatch(target, watcher);
        }
    }

    private @Nullable AccountLamps lampsOf(AccountSession account) {
        AccountLamps known = accounts.get(account);
        SipEndpoint endpoint = account.endpoint();
        if (known != null || endpoint == null) {
            return known;
        }
        AccountLamps made = new AccountLamps(
                client.loop(), account.sip(), endpoint, client.config().random(), resourceList(account, endpoint));
        accounts.put(account, made);
        if (account.registration().snapshot().state() == RegistrationState.REGISTERED) {
            made.registered();
        }
        return made;
    }

    /** Null if there is none, or none within the account's own phone system (promise S5). */
    private static @Nullable SipUri resourceList(AccountSession account, SipEndpoint endpoint) {
        String list = account.account().resourceList();
        try {
            SipUri uri = list == null
                    ? null
                    : DialTarget.parse(list, account.account().domain());
            return uri != null && endpoint.isOfPhoneSystem(uri) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void registrationChanged(AccountSession account, RegistrationSnapshot after) {
        AccountLamps lamps = accounts.get(account);
        if (lamps == null) {
            return;
        }
        switch (after.state()) {
            case REGISTERED -> {
                if (policy.allows(Policy.Feature.PRESENCE)) {
                    lamps.registered();
                } else {
                    lamps.leave();
                    end(account, LampState.SWITCHED_OFF);
                }
            }
            case UNREGISTERING -> lamps.leave();
            case UNREGISTERED -> end(account, LampState.CLOSED);
            case REGISTERING, WAITING, FAILED -> lamps.flowLost();
        }
    }

    @Override
    public void gone(AccountSession account) {
        end(account, LampState.CLOSED);
    }

    private void end(AccountSession account, LampState why) {
        if (why == LampState.CLOSED) {
            List.copyOf(completions).stream()
                    .filter(session -> session.account().accountSession().equals(account))
                    .forEach(session -> session.end(new CallCompletionOutcome.Cancelled()));
        }
        AccountLamps lamps = accounts.remove(account);
        if (lamps != null) {
            lamps.dispose(why);
        }
    }
}
