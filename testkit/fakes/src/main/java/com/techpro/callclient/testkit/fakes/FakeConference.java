// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stay in a conference room, in memory. The room answers by {@link FakeCall#remoteAnswers} of its
 * {@link #call}, and reports its participants by {@link #rosterIs}. All methods may be called from any
 * thread.
 */
public final class FakeConference implements Conference {
    private final FakeContext context;
    private final ConferenceDirectory.@Nullable Room room;
    private final FakeCallSession call;
    private final String historyId;
    private ConferenceOutcome outcome = new ConferenceOutcome.Done();
    private volatile ConferenceSnapshot snapshot;

    FakeConference(FakeContext context, String target, ConferenceDirectory.@Nullable Room room, FakeCallSession call) {
        this.context = context;
        this.room = room;
        this.call = call;
        this.historyId = context.nextId("h");
        this.snapshot = new ConferenceSnapshot(
                ConferenceSnapshot.State.JOINING,
                target,
                room == null ? null : room.name(),
                null,
                new Roster.Waiting(),
                call.snapshot(),
                null);
    }

    /** Follows the call. Under the context's lock. */
    void begin() {
        call.joinConference();
        call.follow(event -> follow());
        follow();
    }

    private void follow() {
        ConferenceSnapshot before = snapshot;
        var now = call.snapshot();
        boolean over = now.ending() != null;
        boolean opened = before.joined() == null && now.state() == CallState.ESTABLISHED;
        Instant joined = opened ? context.now() : before.joined();
        become(new ConferenceSnapshot(
                over
                        ? ConferenceSnapshot.State.ENDED
                        : joined == null ? ConferenceSnapshot.State.JOINING : ConferenceSnapshot.State.JOINED,
                before.room(),
                before.name(),
                joined,
                before.roster(),
                now,
                now.ending()));
        if (joined != null && (opened || (over && before.ending() == null))) {
            call.calls()
                    .people()
                    .history()
                    .add(new HistoryEntry.ConferenceRecord(
                            historyId, before.room(), before.name(), joined, over ? now.ended() : null));
        }
    }

    private void become(ConferenceSnapshot after) {
        ConferenceSnapshot before = snapshot;
        snapshot = after;
        var was = before.call();
        var is = after.call();
        boolean sound = was != null && is != null && (was.muted() != is.muted() || was.hold() != is.hold());
        if (after.state() != before.state() || !after.roster().equals(before.roster()) || sound) {
            context.listeners().tell(listener -> listener.conferenceChanged(this, after));
        }
    }

    /**
     * The room reports its participants.
     *
     * @throws IllegalStateException if the conference has ended
     */
    public void rosterIs(Roster roster) {
        Objects.requireNonNull(roster, "roster");
        context.run(() -> {
            ConferenceSnapshot now = snapshot;
            if (now.ending() != null) {
                throw new IllegalStateException("the conference has ended");
            }
            become(new ConferenceSnapshot(
                    now.state(), now.room(), now.name(), now.joined(), roster, now.call(), now.ending()));
        });
    }

    /**
     * Sets how the room answers when the app adds or removes participants;
     * {@link ConferenceOutcome.Done} unless set. The roster does not change by itself.
     */
    public void requestsEndWith(ConferenceOutcome next) {
        Objects.requireNonNull(next, "next");
        context.run(() -> outcome = next);
    }

    @Override
    public ConferenceSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public FakeCall call() {
        return call.call();
    }

    @Override
    public void leave() {
        call().hangUp();
    }

    @Override
    public CompletionStage<CommandOutcome> setMuted(boolean muted) {
        return call().setMuted(muted);
    }

    @Override
    public CompletionStage<CommandOutcome> toggleRoomMute() {
        return press(room == null ? null : room.muteKeys());
    }

    @Override
    public CompletionStage<CommandOutcome> toggleMembersMute() {
        return press(room == null ? null : room.muteMembersKeys());
    }

    private CompletionStage<CommandOutcome> press(@Nullable String keys) {
        return context.get(() -> {
            if (keys != null && snapshot.state() == ConferenceSnapshot.State.JOINED) {
                return call().sendDtmf(keys);
            }
            return context.answered(new CommandOutcome.Refused(
                    keys == null ? CommandRefusal.UNKNOWN_KEYS : CommandRefusal.NOT_ESTABLISHED));
        });
    }

    @Override
    public CompletionStage<ConferenceOutcome> add(String target) {
        call.account().requireAddress(Objects.requireNonNull(target, "target"));
        return ask("add", target);
    }

    @Override
    public CompletionStage<ConferenceOutcome> remove(Participant participant) {
        return ask("remove", Objects.requireNonNull(participant, "participant").id());
    }

    private CompletionStage<ConferenceOutcome> ask(String name, String argument) {
        context.requireUsable();
        return context.get(() -> {
            context.record("conference", name, argument);
            boolean inside = snapshot.state() == ConferenceSnapshot.State.JOINED;
            return context.answered(inside ? outcome : new ConferenceOutcome.Unsupported());
        });
    }

    @Override
    public String toString() {
        return "FakeConference[" + snapshot.state() + "]";
    }
}
