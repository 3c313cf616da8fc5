// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.conference.RoomSession;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The host's handle of a conference. Belongs to the loop, except for the host's methods and where
 * stated.
 */
final class ConferenceSession implements Conference {
    private final ClientContext client;
    private final Gate gate;
    private final AccountSession account;
    private final @Nullable Call call;
    private @Nullable RoomSession session;
    private @Nullable Instant joined;
    private volatile ConferenceDirectory.@Nullable Room room;
    private volatile ConferenceSnapshot snapshot;

    /**
     * Creates a handle, from any thread; {@link #open} follows on the loop.
     *
     * @param target the number or address that was joined
     * @param room the target's room, if known
     * @param call null if no call may be made
     * @param ending null unless there is no call
     */
    ConferenceSession(
            ClientContext client,
            Gate gate,
            AccountSession account,
            String target,
            ConferenceDirectory.@Nullable Room room,
            @Nullable Call call,
            @Nullable CallEnding ending) {
        this.client = client;
        this.gate = gate;
        this.account = account;
        this.call = call;
        this.room = room;
        this.snapshot = new ConferenceSnapshot(
                ending == null ? ConferenceSnapshot.State.JOINING : ConferenceSnapshot.State.ENDED,
                target,
                room == null ? null : room.name(),
                null,
                ending == null ? new Roster.Waiting() : new Roster.Unsupported(),
                call == null ? null : call.snapshot(),
                ending);
    }

    @Override
    public ConferenceSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public @Nullable Call call() {
        return call;
    }

    AccountSession account() {
        return account;
    }

    void open(RoomSession opened) {
        session = opened;
        opened.follow();
        publish();
    }

    void joined(Instant now) {
        joined = now;
    }

    /** Reacts to a change of the call. */
    void follow() {
        if (session != null) {
            session.follow();
            publish();
        }
    }

    void reachable(boolean now) {
        if (session != null) {
            session.reachable(now);
        }
    }

    /** Releases everything. */
    void dispose() {
        if (session != null) {
            session.dispose();
        }
    }

    /** Whether no request or subscription is open. */
    boolean isQuiet() {
        return session == null || session.isQuiet();
    }

    /** Notifies the host, unless nothing relevant changed. */
    void publish() {
        RoomSession open = session;
        Call of = call;
        if (open == null || of == null || snapshot.ending() != null) {
            return;
        }
        CallSnapshot now = of.snapshot();
        ConferenceSnapshot before = snapshot;
        boolean over = now.ending() != null;
        Roster roster = open.roster();
        ConferenceSnapshot after = new ConferenceSnapshot(
                over
                        ? ConferenceSnapshot.State.ENDED
                        : joined == null ? ConferenceSnapshot.State.JOINING : ConferenceSnapshot.State.JOINED,
                before.room(),
                before.name(),
                joined,
                roster,
                now,
                now.ending());
        snapshot = after;
        if (after.state() != before.state() || !after.roster().equals(before.roster()) || mutedChanged(before, now)) {
            client.listeners().tell(listener -> listener.conferenceChanged(this, after));
        }
    }

    private static boolean mutedChanged(ConferenceSnapshot before, CallSnapshot now) {
        CallSnapshot call = before.call();
        return call != null && (call.muted() != now.muted() || call.hold() != now.hold());
    }

    @Override
    public CompletionStage<CommandOutcome> leave() {
        gate.requireOpen();
        Call of = call;
        if (of == null) {
            return refused(CommandRefusal.NOT_PERMITTED);
        } else if (of.snapshot().ending() != null) {
            return refused(CommandRefusal.ENDED);
        }
        of.hangUp();
        return client.command(answer -> answer.accept(null));
    }

    @Override
    public CompletionStage<CommandOutcome> setMuted(boolean muted) {
        Call of = call;
        return of == null ? refused(CommandRefusal.NOT_PERMITTED) : of.setMuted(muted);
    }

    @Override
    public CompletionStage<CommandOutcome> toggleRoomMute() {
        ConferenceDirectory.Room known = room;
        return press(known == null ? null : known.muteKeys());
    }

    @Override
    public CompletionStage<CommandOutcome> toggleMembersMute() {
        ConferenceDirectory.Room known = room;
        return press(known == null ? null : known.muteMembersKeys());
    }

    private CompletionStage<CommandOutcome> press(@Nullable String keys) {
        gate.requireOpen();
        Call of = call;
        if (of == null) {
            return refused(CommandRefusal.NOT_PERMITTED);
        } else if (keys == null) {
            return refused(CommandRefusal.UNKNOWN_KEYS);
        }
        return snapshot.state() == ConferenceSnapshot.State.JOINED
                ? of.sendDtmf(keys)
                : refused(CommandRefusal.NOT_ESTABLISHED);
    }

    private CompletionStage<CommandOutcome> refused(CommandRefusal reason) {
        return client.command(answer -> answer.accept(reason));
    }

    @Override
    public CompletionStage<ConferenceOutcome> add(String target) {
        Objects.requireNonNull(target, "target");
        SipUri address = DialTarget.parse(target, account.account().domain());
        return ask((open, outcome) -> open.add(address, outcome));
    }

    @Override
    public CompletionStage<ConferenceOutcome> remove(Participant participant) {
        String id = Objects.requireNonNull(
                Objects.requireNonNull(participant, "participant").id());
        return ask((open, outcome) -> open.remove(id, outcome));
    }

    private CompletionStage<ConferenceOutcome> ask(Question question) {
        gate.requireUsable();
        Answer<ConferenceOutcome> answer = client.answers().open(new ConferenceOutcome.Unsupported());
        client.loop().execute(() -> {
            RoomSession open = session;
            if (open == null) {
                answer.tell(new ConferenceOutcome.Unsupported());
            } else {
                question.ask(open, answer::tell);
            }
        });
        return answer.stage();
    }

    @Override
    public String toString() {
        return "Conference[" + snapshot.state() + "]";
    }

    /** A request to the focus. */
    private interface Question {
        void ask(RoomSession open, Consumer<ConferenceOutcome> outcome);
    }
}
