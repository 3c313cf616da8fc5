// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.conference.PinDigits;
import com.techpro.callclient.engine.internal.conference.RoomListCache;
import com.techpro.callclient.engine.internal.conference.RoomSession;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms that can be joined, and those that are joined. Belongs to the loop, except
 * where stated.
 */
final class ConferenceService {
    private final ClientContext client;
    private final EngineLoop loop;
    private final DirectoryService people;
    private final Gate gate;
    private final OutgoingCalls calls;
    private final RoomListCache shelf;
    private final Map<CallSession, ConferenceSession> desks = new ConcurrentHashMap<>();
    private final List<ConferenceSession> ended = new ArrayList<>();
    private final CurrentPolicy policy;

    ConferenceService(
            ClientContext client, DirectoryService people, Gate gate, OutgoingCalls calls, CurrentPolicy policy) {
        this.client = client;
        this.loop = client.loop();
        this.people = people;
        this.gate = gate;
        this.calls = calls;
        this.shelf = new RoomListCache(
                loop, client.oneNetworkWorker(), client.config().conferences());
        this.policy = policy;
    }

    private boolean allowed() {
        return policy.allows(Policy.Feature.CONFERENCES);
    }

    /** From any thread. */
    Conference join(AccountSession account, String target, ConferenceOptions options) {
        ConferenceDirectory.Room room = shelf.room(target);
        if (!allowed()) {
            CallEnding no = new CallEnding.Failed(new Failure.SwitchedOff());
            return new ConferenceSession(client, gate, account, target, room, null, no);
        }
        Secret secret = options.pin();
        PinDigits keys = secret == null ? null : PinDigits.of(secret);
        CallHandle call;
        try {
            call = calls.dial(account, target, options.call());
        } catch (RuntimeException noCall) {
            if (keys != null) {
                keys.wipe();
            }
            throw noCall;
        }
        ConferenceSession desk = new ConferenceSession(client, gate, account, target, room, call, null);
        CallSession session = call.session();
        desks.put(session, desk);
        RoomSession.Pin pin = keys == null ? null : new RoomSession.Pin(keys, options.pinEntry(), options.pause());
        loop.execute(() -> {
            desk.open(new RoomSession(
                    loop,
                    client.config().lab().random(),
                    session,
                    account.account(),
                    party -> people.index().resolve(party, account.account().domain()),
                    pin,
                    new RoomSession.Listener() {
                        @Override
                        public void joined() {
                            desk.joined(loop.now());
                            people.history().joined(session, target, room == null ? null : room.name());
                        }

                        @Override
                        public void rosterChanged() {
                            desk.publish();
                        }
                    }));
            if (desk.snapshot().ending() != null) {
                // The call ended before it had a listener.
                desks.remove(session);
            }
        });
        return desk;
    }

    /** From any thread. */
    CompletionStage<RoomsOutcome> rooms(boolean anew) {
        Answer<RoomsOutcome> answer = client.answers().open(new RoomsOutcome.Unavailable());
        loop.execute(() -> {
            if (allowed()) {
                shelf.ask(
                        anew,
                        rooms -> answer.tell(
                                rooms == null ? new RoomsOutcome.Unavailable() : new RoomsOutcome.Listed(rooms)));
            } else {
                answer.tell(new RoomsOutcome.Off());
            }
        });
        return answer.stage();
    }

    /** From any thread. */
    @Nullable
    String factory() {
        return allowed() ? shelf.factory() : null;
    }

    /** From any thread. */
    List<Conference> joined() {
        List<Conference> open = new ArrayList<>();
        desks.values().forEach(desk -> {
            if (desk.snapshot().ending() == null) {
                open.add(desk);
            }
        });
        return open;
    }

    /** Uses the rooms of the phone system that the user logged in to. */
    void loggedIn(Session session) {
        loop.assertOnLoop();
        shelf.use(allowed() ? session.conferences() : null);
    }

    /** Forgets the rooms after a logout. */
    void forget() {
        loop.assertOnLoop();
        shelf.use(null);
    }

    void changed(CallSession call) {
        ConferenceSession desk = desks.get(call);
        if (desk != null) {
            desk.follow();
        }
    }

    void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        for (ConferenceSession desk : desks.values()) {
            if (desk.account().equals(accountSession)) {
                desk.reachable(after.state() == RegistrationState.REGISTERED);
            }
        }
    }

    /**
     * Keeps the conference: its subscription to the focus and its open requests may outlast the
     * call.
     */
    void released(CallSession call) {
        ConferenceSession desk = desks.remove(call);
        if (desk != null) {
            ended.removeIf(ConferenceSession::isQuiet);
            ended.add(desk);
        }
    }

    void gone(AccountSession accountSession) {
        for (ConferenceSession desk : List.copyOf(desks.values())) {
            if (desk.account().equals(accountSession)) {
                desk.dispose();
            }
        }
        ended.forEach(desk -> {
            if (desk.account().equals(accountSession)) {
                desk.dispose();
            }
        });
        ended.removeIf(desk -> desk.account().equals(accountSession));
    }
}
