// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.account.Tightening;
import com.techpro.callclient.engine.internal.call.CallObserver;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.internal.call.Station;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes accounts, each with the way out that its phone system needs, and makes their calls. From any thread. */
final class Accounts {
    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final Station station;
    private final CallObserver events;
    private final ConferenceSide conferences;
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();

    Accounts(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            Station station,
            CallObserver events,
            ConferenceSide conferences) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.station = station;
        this.events = events;
        this.conferences = conferences;
    }

    /** What the host's policy forbids, the account does not use. */
    AccountHandle add(SipAccount account) {
        Policy policy = client.config().policy();
        return add(Tightening.of(account, policy), policy);
    }

    AccountHandle add(SipAccount account, Policy policy) {
        gate.requireOpen();
        Line line = new Line(
                station,
                "a" + accountNumber.incrementAndGet(),
                account,
                events,
                () -> "c" + callNumber.incrementAndGet());
        EgressGrant grant = station.egress().newGrant(policy);
        grant.allow(account);
        AccountHandle added = new AccountHandle(line, this, grant);
        registry.add(line, added);
        client.loop().execute(line::start);
        return added;
    }

    CallHandle dial(Line line, String target, CallOptions options) {
        gate.requireOpen();
        if (isGone(line)) {
            throw new IllegalStateException("this account was removed");
        }
        gate.requireUnlocked();
        CallSession session = line.newCall(target, options);
        CallHandle call = registry.add(line, session);
        client.loop().execute(() -> events.dialled(line, session));
        line.place(session);
        return call;
    }

    Conference join(AccountHandle account, String target, ConferenceOptions options) {
        gate.requireUsable();
        return conferences.join(account, target, options);
    }

    void remove(Line line) {
        gate.requireOpen();
        line.remove();
    }

    List<Call> calls(Line line) {
        return registry.open(line);
    }

    boolean isGone(Line line) {
        return registry.account(line) == null;
    }
}
