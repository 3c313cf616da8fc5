// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.presence.AccountLamps;
import com.techpro.callclient.engine.internal.presence.LampReading;
import com.techpro.callclient.engine.internal.presence.LampSubscription;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The watched extensions, by account. Belongs to the loop, except where stated. */
final class LampSubscriptions {
    private final ClientContext client;
    private final PeopleIndex people;
    private final Gate gate;
    private final CurrentPolicy policy;
    private final Map<AccountSession, AccountLamps> accounts = new HashMap<>();

    LampSubscriptions(ClientContext client, PeopleIndex people, Gate gate, CurrentPolicy policy) {
        this.client = client;
        this.people = people;
        this.gate = gate;
        this.policy = policy;
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

    /**
     * @return the subscription, whose changes go to the watcher; null if none is made, and the lamp
     *     shows the reason
     */
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
                client.loop(),
                account.sip(),
                endpoint,
                client.config().lab().random(),
                resourceList(account, endpoint));
        accounts.put(account, made);
        if (account.registration().snapshot().state() == RegistrationState.REGISTERED) {
            made.registered();
        }
        return made;
    }

    /**
     * Returns null if there is no list, or none within the account's own phone system (promise S5).
     */
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

    void registrationChanged(AccountSession account, RegistrationSnapshot after) {
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

    /**
     * Stops watching for the account.
     *
     * @param why the state that its lamps show from now on
     */
    void end(AccountSession account, LampState why) {
        AccountLamps lamps = accounts.remove(account);
        if (lamps != null) {
            lamps.dispose(why);
        }
    }
}
