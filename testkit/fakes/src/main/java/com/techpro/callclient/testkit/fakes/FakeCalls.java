// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of all accounts of a fake client, and what they read of the user. Under the context's lock. */
final class FakeCalls {
    private final FakeContext context;
    private final FakePeople people;
    private final FakeIncomingCalls incomingCalls;
    private final List<FakeCallSession> sessions = new ArrayList<>();

    FakeCalls(FakeContext context, FakePeople people, FakeIncomingCalls incomingCalls) {
        this.context = context;
        this.people = people;
        this.incomingCalls = incomingCalls;
    }

    FakePeople people() {
        return people;
    }

    FakeIncomingCalls incomingCalls() {
        return incomingCalls;
    }

    /**
     * Creates a call that was dialled, or that arrives here.
     *
     * @param over runs after the call has ended
     */
    FakeCallSession create(
            FakeAccountSettings account,
            CallDirection direction,
            PartyIdentity remote,
            CallOptions options,
            Runnable over) {
        CallSnapshot first = CallSnapshot.builder(context.nextId("c"), direction, remote)
                .caller(people.directory().resolve(remote))
                .headers(direction == CallDirection.INCOMING ? options.headers() : List.of())
                .weakenedSecurity(account.sip().securityFloor().isWeakened())
                .started(context.now())
                .build();
        return new FakeCallSession(context, this, account, first, options, over);
    }

    void add(FakeCallSession session) {
        sessions.add(session);
    }

    /** Creates an outgoing call. */
    FakeCallSession createOutgoing(
            FakeAccountSettings account, PartyIdentity party, CallOptions options, Runnable over) {
        FakeCallSession session = create(account, CallDirection.OUTGOING, party, options, over);
        add(session);
        return session;
    }

    /** Dials; the test then says what the far end does. */
    FakeCall dial(FakeAccountSettings account, PartyIdentity party, CallOptions options, Runnable over) {
        return context.get(() -> {
            FakeCallSession session = createOutgoing(account, party, options, over);
            if (context.isMicrophoneDenied()) {
                session.call().ends(new CallEnding.Failed(new Failure.MicrophoneDenied()));
            } else {
                session.toFront();
            }
            return session.call();
        });
    }

    /** @param account of the calls; null for those of all accounts */
    List<FakeCallSession> open(@Nullable FakeAccountSettings account) {
        List<FakeCallSession> open = new ArrayList<>();
        for (FakeCallSession session : sessions) {
            if (!session.isEnded() && (account == null || session.account().equals(account))) {
                open.add(session);
            }
        }
        return open;
    }

    List<Call> openCalls(@Nullable FakeAccountSettings account) {
        List<Call> calls = new ArrayList<>();
        open(account).forEach(session -> calls.add(session.call()));
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
}
