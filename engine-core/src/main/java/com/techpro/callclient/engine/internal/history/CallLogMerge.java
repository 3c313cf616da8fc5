// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.directory.NumberPlan;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Merges the phone system's call log into the history. Pure, except for the ids of new entries. */
final class CallLogMerge {
    private final NumberPlan plan;
    private final Supplier<String> ids;

    CallLogMerge(NumberPlan plan, Supplier<String> ids) {
        this.plan = plan;
        this.ids = ids;
    }

    /**
     * Merges a log.
     *
     * @param theirs newest first
     * @param complete whether the log holds nothing older; entries that vanished from it were then
     *     deleted there
     */
    HistoryContents merge(HistoryContents ours, List<RemoteCall> theirs, boolean complete) {
        Map<String, CallRecord> calls = new LinkedHashMap<>();
        ours.calls().forEach(call -> calls.put(call.id(), call));
        Map<String, CallRecord> deleted = new LinkedHashMap<>();
        ours.deleted().forEach(call -> deleted.put(call.id(), call));
        Set<String> due = new LinkedHashSet<>(ours.due());

        removeDeletedThere(calls, theirs, complete);
        Set<String> known = new HashSet<>(due);
        calls.values().forEach(call -> known.addAll(call.remoteIds()));
        deleted.values().forEach(call -> known.addAll(call.remoteIds()));
        List<RemoteCall> unknown = new ArrayList<>();
        for (RemoteCall remote : theirs) {
            if (known.add(remote.id())) {
                unknown.add(remote);
            }
        }
        List<CallRecord> unnamed = new ArrayList<>();
        calls.values().stream().filter(call -> call.remoteIds().isEmpty()).forEach(unnamed::add);
        deleted.values().stream().filter(call -> call.remoteIds().isEmpty()).forEach(unnamed::add);
        Map<RemoteCall, CallRecord> matched = new CallLogMatch(plan).match(unnamed, unknown);
        for (RemoteCall remote : unknown) {
            CallRecord match = matched.get(remote);
            if (match == null) {
                CallRecord added = added(remote);
                calls.put(added.id(), added);
            } else if (deleted.containsKey(match.id())) {
                deleted.computeIfPresent(match.id(), (id, call) -> named(call, remote));
                due.add(remote.id());
            } else {
                calls.computeIfPresent(match.id(), (id, call) -> named(call, remote));
            }
        }
        return new HistoryContents(ours.entries(), new ArrayList<>(deleted.values()), due)
                .withCalls(new ArrayList<>(calls.values()));
    }

    private static void removeDeletedThere(Map<String, CallRecord> calls, List<RemoteCall> theirs, boolean complete) {
        Set<String> present = new HashSet<>();
        Instant oldest = Instant.MAX;
        for (RemoteCall remote : theirs) {
            present.add(remote.id());
            oldest = remote.start().isBefore(oldest) ? remote.start() : oldest;
        }
        // Not the oldest ones: clocks differ, and those may only have left the requested range.
        Instant sure = complete ? Instant.MIN : oldest.equals(Instant.MAX) ? oldest : oldest.plus(Duration.ofHours(1));
        calls.values()
                .removeIf(call -> !call.remoteIds().isEmpty()
                        && call.start().isAfter(sure)
                        && call.remoteIds().stream().noneMatch(present::contains));
    }

    private static CallRecord named(CallRecord call, RemoteCall remote) {
        Set<String> names = new LinkedHashSet<>(call.remoteIds());
        names.add(remote.id());
        return call.withRemoteIds(names);
    }

    private CallRecord added(RemoteCall remote) {
        String number = remote.number();
        boolean withheld = number == null || number.isEmpty();
        CallOutcome outcome = remote.answered()
                ? CallOutcome.ANSWERED
                : remote.incoming() ? CallOutcome.MISSED : CallOutcome.NO_ANSWER;
        return new CallRecord(
                ids.get(),
                remote.incoming() ? CallDirection.INCOMING : CallDirection.OUTGOING,
                withheld || number == null ? "" : number,
                withheld ? null : remote.name(),
                withheld,
                remote.start(),
                null,
                null,
                null,
                remote.answered() ? remote.duration() : Duration.ZERO,
                outcome,
                null,
                null,
                Set.of(remote.id()));
    }
}
