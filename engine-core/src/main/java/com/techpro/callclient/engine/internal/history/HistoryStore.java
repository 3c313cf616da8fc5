// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.directory.NumberPlan;
import com.techpro.callclient.engine.internal.store.LocalCache;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.people.HistoryEntry.ConferenceRecord;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Cache;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records calls as they end, and merges the phone system's call log into the history. Belongs to
 * the loop, except for {@link #snapshot}.
 */
public final class HistoryStore implements LocalCache {
    private static final int MOST_ENTRIES = 1_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Entries kept when the device runs out of space (promise S8). */
    private static final int ENTRIES_UNDER_PRESSURE = 50;

    private final EngineLoop loop;
    private final Random random;
    private final Supplier<NumberPlan> plan;
    private final StoredDocument<HistoryContents> document;
    private final RemoteLog remote;
    private final Consumer<HistorySnapshot> changed;
    private final Policy hostPolicy;
    private boolean allowed = true;
    private int limit = MOST_ENTRIES;
    private Duration age = LONGEST;
    /** Ids of current stays in conference rooms, by their calls. */
    private final Map<CallSession, String> stays = new HashMap<>();

    private final Map<CallSession, PartyIdentity> first = new HashMap<>();

    private HistoryContents contents = HistoryContents.EMPTY;
    private volatile HistorySnapshot snapshot;

    /**
     * @param networkWorker for tasks that wait for the phone system
     * @param policy can only reduce how much is kept and how long
     * @param changed on the loop
     */
    public HistoryStore(
            EngineLoop loop,
            Executor worker,
            Executor networkWorker,
            @Nullable UserStore store,
            Policy policy,
            Random random,
            Supplier<NumberPlan> plan,
            Consumer<HistorySnapshot> changed) {
        this.loop = loop;
        this.random = random;
        this.plan = plan;
        this.changed = changed;
        this.hostPolicy = policy;
        tighten(policy);
        this.document = new StoredDocument<>(
                loop, worker, store, StoredName.HISTORY, new HistoryJson(), this::found, this::publish);
        this.remote = new RemoteLog(loop, networkWorker, limit, () -> contents.due(), this::logRead);
        this.snapshot = new HistorySnapshot(List.of(), status());
    }

    public void start() {
        if (allowed) {
            document.load();
        }
    }

    /** From any thread. */
    public HistorySnapshot snapshot() {
        return snapshot;
    }

    private void tighten(Policy policy) {
        Integer fewer = policy.historyLimit();
        Duration shorter = policy.historyAge();
        limit = fewer == null ? limit : Math.min(fewer, limit);
        age = shorter == null || shorter.compareTo(age) > 0 ? age : shorter;
        allowed &= policy.allows(Policy.Feature.HISTORY) && limit > 0;
    }

    /**
     * Uses the call log of a login.
     *
     * @param log the phone system's call log, or null if it has none
     * @param policy can only reduce further what is kept
     */
    public void use(@Nullable RemoteCallHistory log, Policy policy) {
        tighten(policy);
        HistoryContents kept = (allowed ? contents : HistoryContents.EMPTY).boundedBy(limit, oldest());
        if (!kept.equals(contents)) {
            contents = kept;
            document.save(kept);
        }
        publish();
        remote.use(allowed ? log : null);
    }

    /**
     * Deletes entries; the phone system's copies are deleted when it can be reached (promise S7).
     */
    public void delete(Set<String> ids) {
        put(contents.without(ids));
        remote.sync();
    }

    public void clear() {
        Set<String> all = new HashSet<>();
        contents.entries().forEach(entry -> all.add(entry.id()));
        delete(all);
    }

    /** @param done called with whether the phone system's log could be read, or there is none */
    public void refresh(Consumer<Boolean> done) {
        remote.sync(done);
    }

    /**
     * Keeps only the newest entries, and no more than those from now on; otherwise the phone
     * system's log would restore the others. The limit is lifted at the next start or logout.
     */
    @Override
    public void trim(Consumer<Freed> freed) {
        document.whenQuiet(() -> {
            int before = contents.entries().size();
            limit = Math.min(limit, ENTRIES_UNDER_PRESSURE);
            put(contents);
            int gone = before - contents.entries().size();
            document.whenQuiet(() -> freed.accept(
                    new Freed(Cache.HISTORY, gone, allowed ? document.status().reason() : null)));
        });
    }

    /**
     * Records that the user joined a conference room (promise C7). Its call gets no entry of its
     * own.
     *
     * @param room its address or number
     * @param name the phone system's name for it, or null
     */
    public void joined(CallSession call, String room, @Nullable String name) {
        ConferenceRecord record = new ConferenceRecord(newId(), room, name, loop.now(), null);
        stays.put(call, record.id());
        put(contents.withNew(record, limit));
    }

    private void left(String id) {
        for (HistoryEntry entry : contents.entries()) {
            if (entry instanceof ConferenceRecord record && record.id().equals(id)) {
                put(contents.with(new ConferenceRecord(id, record.room(), record.name(), record.start(), loop.now())));
            }
        }
    }

    public void retry() {
        document.retry();
    }

    public void whenQuiet(Runnable task) {
        document.whenQuiet(task);
    }

    /** Stops watching the phone system's log because the client closes. */
    public void disconnect() {
        remote.use(null);
    }

    /**
     * Forgets the history after a logout that erased the store; the phone system's policy no longer
     * applies.
     */
    public void forget() {
        allowed = true;
        limit = MOST_ENTRIES;
        age = LONGEST;
        tighten(hostPolicy);
        remote.use(null);
        contents = HistoryContents.EMPTY;
        document.forget();
        publish();
    }

    /** Remembers the original party, which the history shows even if another party replaces it. */
    public void began(CallSession call) {
        first.put(call, call.snapshot().remote());
    }

    public void callRefused(CallSnapshot call) {
        CallEnding ending = call.ending();
        if (ending != null) {
            put(contents.withNew(record(call, ending, call.remote()), limit));
            remote.sync();
        }
    }

    public void released(CallSession call) {
        first.remove(call);
    }

    public void changed(CallSession call, CallEvent event) {
        if (event instanceof CallEvent.Ended ended) {
            String stay = stays.remove(call);
            if (stay == null) {
                put(contents.withNew(record(ended.after(), ended.ending(), first.remove(call)), limit));
            } else {
                left(stay);
            }
            remote.sync();
        }
    }

    /** Drops old entries. Registrations happen every few minutes, so no timer is needed. */
    public void registrationChanged(RegistrationSnapshot after) {
        if (after.state() == RegistrationState.REGISTERED) {
            put(contents);
            remote.sync();
        }
    }

    private CallRecord record(CallSnapshot call, CallEnding ending, @Nullable PartyIdentity known) {
        PartyIdentity party = known == null ? call.remote() : known;
        PartyIdentity original = call.originallyCalled();
        Instant answered = call.answered();
        Instant ended = call.ended();
        CallOutcome outcome = CallOutcomes.of(call.direction(), answered != null, ending);
        boolean talked = answered != null && ended != null && outcome == CallOutcome.ANSWERED;
        boolean brokeOff = ending instanceof CallEnding.Failed || ending instanceof CallEnding.MediaTimeout;
        return new CallRecord(
                newId(),
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
                Set.of());
    }

    private void logRead(Set<String> deleted, @Nullable List<RemoteCall> calls, boolean complete) {
        HistoryContents next = contents.withoutDue(deleted);
        if (calls != null) {
            next = new CallLogMerge(plan.get(), this::newId).merge(next, calls, complete);
        }
        boolean more = !contents.due().containsAll(next.due());
        put(next);
        if (more) {
            remote.sync();
        }
    }

    private void found(HistoryContents stored) {
        boolean early = !contents.equals(HistoryContents.EMPTY);
        HistoryContents all = allowed ? stored.joinedWith(contents) : HistoryContents.EMPTY;
        HistoryContents joined = all.boundedBy(limit, oldest());
        contents = joined;
        publish();
        if (early || !joined.equals(stored)) {
            document.save(joined);
        }
    }

    private void put(HistoryContents next) {
        HistoryContents bounded = next.boundedBy(limit, oldest());
        if (allowed && !bounded.equals(contents)) {
            contents = bounded;
            publish();
            document.save(bounded);
        }
    }

    private Instant oldest() {
        return loop.now().minus(age);
    }

    private String newId() {
        return Long.toHexString(random.nextLong());
    }

    private StorageStatus status() {
        return allowed ? document.status() : StorageStatus.of(StorageStatus.State.OFF);
    }

    private void publish() {
        snapshot = new HistorySnapshot(contents.entries(), status());
        changed.accept(snapshot);
    }
}
