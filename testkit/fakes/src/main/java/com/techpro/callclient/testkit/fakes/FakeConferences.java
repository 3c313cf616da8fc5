// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms that the test lists, and those that the user is in. All methods may be called
 * from any thread.
 */
public final class FakeConferences implements Conferences {
    private final FakeContext context;
    private final List<FakeConference> conferences = new ArrayList<>();
    private RoomsOutcome rooms = new RoomsOutcome.Listed(List.of());
    private volatile @Nullable String factory;

    FakeConferences(FakeContext context) {
        this.context = context;
    }

    /** Sets what the phone system answers when it is asked for its rooms; none unless set. */
    public void roomsAre(RoomsOutcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        context.run(() -> rooms = outcome);
    }

    /** Sets the address that creates a room; null, the default, for none. */
    public void factoryIs(@Nullable String address) {
        factory = address;
    }

    /** Opens the stay in a room. Under the context's lock. */
    FakeConference open(String target, FakeCallSession call) {
        FakeConference conference = new FakeConference(context, target, room(target), call);
        conferences.add(conference);
        conference.begin();
        return conference;
    }

    private ConferenceDirectory.@Nullable Room room(String target) {
        if (rooms instanceof RoomsOutcome.Listed listed) {
            for (ConferenceDirectory.Room room : listed.rooms()) {
                if (room.address().equals(target)) {
                    return room;
                }
            }
        }
        return null;
    }

    @Override
    public CompletionStage<RoomsOutcome> rooms() {
        context.requireUsable();
        return context.get(() -> context.answered(rooms));
    }

    @Override
    public CompletionStage<RoomsOutcome> refresh() {
        context.requireUsable();
        return context.get(() -> {
            context.record("conferences", "refresh");
            return context.answered(rooms);
        });
    }

    @Override
    public @Nullable String factory() {
        context.requireUnlocked();
        return factory;
    }

    @Override
    public List<Conference> joined() {
        context.requireUnlocked();
        return open();
    }

    /** Returns the open conferences also while the app is locked. */
    List<Conference> open() {
        return context.get(() -> {
            List<Conference> open = new ArrayList<>();
            for (FakeConference conference : conferences) {
                if (conference.snapshot().ending() == null) {
                    open.add(conference);
                }
            }
            return List.copyOf(open);
        });
    }
}
