// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.history.CallOutcomes;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The call history in memory: fake calls that have ended, fake conferences, and entries that the test
 * adds. All methods may be called from any thread.
 */
public final class FakeHistory implements History {
    private final FakeContext context;
    private final List<HistoryEntry> entries = new ArrayList<>();

    FakeHistory(FakeContext context) {
        this.context = context;
    }

    /** Adds an entry, or replaces the one with this id. */
    public void add(HistoryEntry entry) {
        Objects.requireNonNull(entry, "entry");
        context.run(() -> {
            entries.removeIf(one -> one.id().equals(entry.id()));
            int index = 0;
            while (index < entries.size() && entries.get(index).start().isAfter(entry.start())) {
                index++;
            }
            entries.add(index, entry);
            changed();
        });
    }

    /** Adds a call that has ended. Under the context's lock. */
    void add(CallSnapshot call) {
        CallEnding ending = call.ending();
        if (ending == null) {
            return;
        }
        PartyIdentity party = call.remote();
        PartyIdentity original = call.originallyCalled();
        Instant answered = call.answered();
        Instant ended = call.ended();
        CallOutcome outcome = CallOutcomes.of(call.direction(), answered != null, ending);
        boolean talked = answered != null && ended != null && outcome == CallOutcome.ANSWERED;
        boolean brokeOff = ending instanceof CallEnding.Failed || ending instanceof CallEnding.MediaTimeout;
        add(new HistoryEntry.CallRecord(
                context.nextId("h"),
                call.direction(),
                party.user(),
                call.direction() == CallDirection.INCOMING ? party.displayName() : null,
                party.withheld(),
                call.started(),
                call.ringing(),
                answered,
                ended,
                talked ? Duration.between(answered, ended) : Duration.ZERO,
                outcome,
                brokeOff || outcome == CallOutcome.FAILED ? ending.code() : null,
                original == null ? null : original.user(),
                Set.of()));
    }

    private void changed() {
        HistorySnapshot now = now();
        context.listeners().tell(listener -> listener.historyChanged(now));
    }

    /** Returns the history also while the app is locked. */
    HistorySnapshot now() {
        return context.get(() -> new HistorySnapshot(entries, StorageStatus.of(StorageStatus.State.STORED)));
    }

    /** Erases the history; returns how many entries it had. Under the context's lock. */
    int forget() {
        int before = entries.size();
        if (before > 0) {
            entries.clear();
            changed();
        }
        return before;
    }

    @Override
    public HistorySnapshot snapshot() {
        context.requireUnlocked();
        return now();
    }

    @Override
    public void delete(String id) {
        Objects.requireNonNull(id, "id");
        context.requireUsable();
        context.run(() -> {
            context.record("history", "delete", id);
            if (entries.removeIf(one -> one.id().equals(id))) {
                changed();
            }
        });
    }

    @Override
    public void clear() {
        context.requireUsable();
        context.run(() -> {
            context.record("history", "clear");
            forget();
        });
    }

    @Override
    public void refresh() {
        context.requireUsable();
        context.record("history", "refresh");
    }
}
