// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.ConferenceRecord;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryContentsTest {
    private static final int LIMIT = 12;

    private final Random random = Seeds.random(1_000);

    private static HistoryEntry entry(int id, long second) {
        return new ConferenceRecord("id-" + id, "room", null, Instant.ofEpochSecond(second), null);
    }

    @Test
    void the_newest_within_the_limit_and_the_age_are_kept_in_order() {
        Comparator<HistoryEntry> order =
                Comparator.comparing(HistoryEntry::start).reversed().thenComparing(HistoryEntry::id);
        HistoryContents contents = HistoryContents.EMPTY;
        List<HistoryEntry> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Some replace an entry, some are older than all, some are of the same second.
            int id = random.nextInt(4) == 0 ? random.nextInt(i + 1) : i + 1_000;
            HistoryEntry entry = entry(id, i + random.nextInt(9) - 4);
            Instant oldest = Instant.ofEpochSecond(i - random.nextInt(20));
            boolean fresh = expected.stream().noneMatch(other -> other.id().equals(entry.id()));
            contents = (fresh && random.nextBoolean() ? contents.withNew(entry, LIMIT) : contents.with(entry))
                    .boundedBy(LIMIT, oldest);
            expected.removeIf(other -> other.id().equals(entry.id()));
            expected.add(entry);
            expected.sort(order);
            expected.removeIf(other -> other.start().isBefore(oldest));
            expected = new ArrayList<>(expected.subList(0, Math.min(LIMIT, expected.size())));

            assertThat(contents.entries()).isEqualTo(expected);
        }
    }

    @Test
    void contents_within_their_bounds_are_not_copied() {
        HistoryContents contents =
                HistoryContents.EMPTY.withNew(entry(1, 10), LIMIT).withNew(entry(2, 11), LIMIT);

        assertThat(contents.boundedBy(LIMIT, Instant.ofEpochSecond(10))).isSameAs(contents);
    }

    @Test
    void the_oldest_gives_way_to_a_new_entry_at_the_limit() {
        HistoryContents full = HistoryContents.EMPTY.withNew(entry(1, 10), 2).withNew(entry(2, 11), 2);

        assertThat(full.withNew(entry(3, 12), 2).entries()).containsExactly(entry(3, 12), entry(2, 11));
        assertThat(full.withNew(entry(3, 9), 2)).isSameAs(full);
    }
}
