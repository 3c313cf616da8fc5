// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contents of the history. Immutable.
 *
 * @param entries newest first
 * @param deleted calls that the user deleted; they must not return from the phone system's call log
 * @param due ids still to be deleted from the phone system's call log
 */
record HistoryContents(List<HistoryEntry> entries, List<CallRecord> deleted, Set<String> due) {
    static final HistoryContents EMPTY = new HistoryContents(List.of(), List.of(), Set.of());

    /** Newest first; entries of the same time in a fixed order. */
    private static final Comparator<HistoryEntry> NEWEST_FIRST =
            Comparator.comparing(HistoryEntry::start).reversed().thenComparing(HistoryEntry::id);

    HistoryContents {
        entries = List.copyOf(entries);
        deleted = List.copyOf(deleted);
        due = Set.copyOf(due);
    }

    /** Adds an entry, in place of the one of its id if there is one. */
    HistoryContents with(HistoryEntry entry) {
        List<HistoryEntry> others = new ArrayList<>(entries);
        boolean replaced = others.removeIf(other -> other.id().equals(entry.id()));
        return (replaced ? new HistoryContents(others, deleted, due) : this).withNew(entry, entries.size() + 1);
    }

    /**
     * Adds an entry whose id no other has, unless there are enough newer ones.
     *
     * @param limit most entries afterwards
     */
    HistoryContents withNew(HistoryEntry entry, int limit) {
        int at = 0;
        while (at < entries.size() && NEWEST_FIRST.compare(entries.get(at), entry) < 0) {
            at++;
        }
        int size = Math.min(entries.size() + 1, limit);
        if (at >= size) {
            return this;
        }
        HistoryEntry[] next = new HistoryEntry[size];
        for (int i = 0; i < size; i++) {
            next[i] = i == at ? entry : entries.get(i < at ? i : i - 1);
        }
        return new HistoryContents(List.of(next), deleted, due);
    }

    /**
     * Removes entries. Calls are due for deletion in the phone system's log at once if their ids
     * there are known, otherwise once they are.
     */
    HistoryContents without(Set<String> ids) {
        List<HistoryEntry> kept = new ArrayList<>();
        List<CallRecord> gone = new ArrayList<>(deleted);
        Set<String> owed = new LinkedHashSet<>(due);
        for (HistoryEntry entry : entries) {
            if (!ids.contains(entry.id())) {
                kept.add(entry);
            } else if (entry instanceof CallRecord call) {
                gone.add(call);
                owed.addAll(call.remoteIds());
            }
        }
        return new HistoryContents(kept, gone, owed);
    }

    HistoryContents withoutDue(Set<String> done) {
        Set<String> owed = new LinkedHashSet<>(due);
        owed.removeAll(done);
        return new HistoryContents(entries, deleted, owed);
    }

    /** Limits the number of entries, and drops those older than a time. */
    HistoryContents boundedBy(int limit, Instant oldest) {
        boolean within = entries.size() <= limit
                && deleted.size() <= limit
                && (entries.isEmpty()
                        || !entries.get(entries.size() - 1).start().isBefore(oldest));
        if (within && deleted.isEmpty()) {
            return this;
        }
        int end = Math.min(entries.size(), limit);
        while (end > 0 && entries.get(end - 1).start().isBefore(oldest)) {
            end--;
        }
        List<HistoryEntry> kept = entries.subList(0, end);
        List<CallRecord> gone = new ArrayList<>(deleted);
        gone.removeIf(call -> call.start().isBefore(oldest));
        return new HistoryContents(kept, gone.subList(Math.max(0, gone.size() - limit), gone.size()), due);
    }

    /** Adds what happened while the stored history could not be read. */
    HistoryContents joinedWith(HistoryContents later) {
        Map<String, HistoryEntry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(entry.id(), entry));
        later.entries.forEach(entry -> byId.put(entry.id(), entry));
        List<HistoryEntry> all = new ArrayList<>(byId.values());
        all.sort(NEWEST_FIRST);
        List<CallRecord> gone = new ArrayList<>(deleted);
        gone.addAll(later.deleted);
        Set<String> owed = new LinkedHashSet<>(due);
        owed.addAll(later.due);
        return new HistoryContents(all, gone, owed);
    }

    HistoryContents withCalls(List<CallRecord> calls) {
        List<HistoryEntry> all = new ArrayList<>(calls);
        entries.stream().filter(entry -> !(entry instanceof CallRecord)).forEach(all::add);
        all.sort(NEWEST_FIRST);
        return new HistoryContents(all, deleted, due);
    }

    List<CallRecord> calls() {
        List<CallRecord> calls = new ArrayList<>(entries.size());
        for (HistoryEntry entry : entries) {
            if (entry instanceof CallRecord call) {
                calls.add(call);
            }
        }
        return calls;
    }

    @Override
    public String toString() {
        return "HistoryContents[" + entries.size() + " entries]";
    }
}
