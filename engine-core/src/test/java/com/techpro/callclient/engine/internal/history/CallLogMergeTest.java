// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.directory.NumberPlan;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entry of the phone system's log is which call of ours. */
class CallLogMergeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private int made;

    /** Calls are written {@code i 1001 0 20}: direction, number, start and, if answered, duration in seconds. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "same clock | i 1001 0 20 | i 1001 1 20 | 0=0",
                "other number | i 1001 0 20 | i 1002 1 20 | 0=-",
                "other direction | i 1001 0 20 | o 1001 1 20 | 0=-",
                "other duration | i 1001 0 20 | i 1001 1 90 | 0=-",
                "answered there but not here | o 1001 0 - | o 1001 0 20 | 0=-",
                "taken by another phone | i 1001 0 e | i 1001 0 20 | 0=0",
                "number written otherwise | o 030-1234567 0 20 | o +49301234567 0 21 | 0=0",
                "clock five minutes behind | i 1001 0 20 | i 1001 300 21 | 0=0",
                "clock five minutes behind, several | i 1001 0 20, i 1002 60 -, i 1001 120 70 |"
                        + " i 1001 420 70, i 1002 360 -, i 1001 300 20 | 0=2 1=1 2=0",
                "two in a row, both missed | i 1001 0 -, i 1001 20 - | i 1001 21 -, i 1001 1 - | 0=1 1=0",
                "two in a row, one logged | i 1001 0 -, i 1001 20 - | i 1001 21 - | 0=1",
                "two in a row, by duration | i 1001 0 5, i 1001 10 40 | i 1001 11 40, i 1001 1 5 | 0=1 1=0",
                "forked, a leg each | i 1001 0 20 | i 1001 0 -, i 1001 1 20 | 0=0 1=0",
                "withheld on both sides | i ? 0 - | i ? 2 - | 0=0",
                "withheld here alone | i ? 0 20 | i +49301234567 2 20 | 0=0",
                "withheld and far apart | i ? 0 - | i ? 100 - | 0=-",
                "an hour apart | i 1001 0 - | i 1001 3600 - | 0=-",
            })
    void S7_a_call_is_matched_to_its_entry_in_the_server_log(String what, String ours, String theirs, String expected) {
        List<CallRecord> calls = new ArrayList<>();
        for (String call : ours.split(", ")) {
            calls.add(ours(call.trim()));
        }
        List<RemoteCall> log = new ArrayList<>();
        for (String call : theirs.split(", ")) {
            log.add(theirs(call.trim()));
        }

        var matched = new CallLogMatch(NumberPlan.of("DE")).match(calls, log);

        for (String pair : expected.trim().split(" ")) {
            String[] sides = pair.split("=");
            CallRecord match = matched.get(log.get(Integer.parseInt(sides[0])));
            assertThat(match).isEqualTo(sides[1].equals("-") ? null : calls.get(Integer.parseInt(sides[1])));
        }
    }

    @Test
    void C5_a_number_withheld_here_is_not_learned_from_the_log() {
        HistoryContents merged = merge(contents(ours("i ? 0 20")), true, theirs("i +49301234567 2 20"));

        assertThat(merged.calls()).singleElement().satisfies(call -> {
            assertThat(call.withheld()).isTrue();
            assertThat(call.number()).isEmpty();
            assertThat(call.remoteIds()).hasSize(1);
        });
    }

    @Test
    void a_call_that_this_device_did_not_see_is_added_once() {
        RemoteCall missed = theirs("i 1001 0 -");
        HistoryContents once = merge(HistoryContents.EMPTY, true, missed);
        HistoryContents twice = merge(once, true, missed);

        assertThat(twice.calls()).isEqualTo(once.calls());
        assertThat(once.calls()).singleElement().extracting(CallRecord::outcome).isEqualTo(CallOutcome.MISSED);
    }

    @Test
    void S7_remote_deletions_apply_here_and_local_only_calls_stay() {
        RemoteCall logged = theirs("i 1001 0 20");
        HistoryContents both = merge(contents(ours("i 1001 0 20"), ours("o 1002 500 20")), true, logged);

        HistoryContents after = merge(both, true);

        assertThat(after.calls()).singleElement().extracting(CallRecord::number).isEqualTo("1002");
    }

    @Test
    void S7_a_call_deleted_before_its_remote_ID_is_known_is_deleted_there_for_good() {
        CallRecord call = ours("i 1001 0 20");
        RemoteCall logged = theirs("i 1001 1 20");
        HistoryContents deleted = contents(call).without(Set.of(call.id()));

        HistoryContents merged = merge(deleted, true, logged);
        HistoryContents later = merge(merged.withoutDue(merged.due()), true, logged);

        assertThat(merged.due()).containsExactly(logged.id());
        assertThat(merged.entries()).isEmpty();
        assertThat(later.entries()).isEmpty();
    }

    @Test
    void S2_the_stored_form_reads_back() throws Exception {
        CallRecord call = ours("i 1001 0 20");
        HistoryContents contents = merge(contents(call, ours("o ? 9 -")), true, theirs("i 1001 1 20"))
                .without(Set.of(call.id()));

        assertThat(new HistoryJson().decode(new HistoryJson().encode(contents))).isEqualTo(contents);
    }

    private static HistoryContents contents(CallRecord... calls) {
        return HistoryContents.EMPTY.withCalls(List.of(calls));
    }

    private HistoryContents merge(HistoryContents ours, boolean complete, RemoteCall... theirs) {
        return new CallLogMerge(NumberPlan.of("DE"), () -> "n" + made++).merge(ours, List.of(theirs), complete);
    }

    private CallRecord ours(String text) {
        String[] part = text.split(" ");
        Instant start = NOON.plusSeconds(Long.parseLong(part[2]));
        boolean answered = part[3].matches("[0-9]+");
        Duration length = answered ? Duration.ofSeconds(Long.parseLong(part[3])) : Duration.ZERO;
        boolean incoming = part[0].equals("i");
        CallOutcome outcome = answered
                ? CallOutcome.ANSWERED
                : part[3].equals("e")
                        ? CallOutcome.ANSWERED_ELSEWHERE
                        : incoming ? CallOutcome.MISSED : CallOutcome.CANCELLED;
        boolean withheld = part[1].equals("?");
        return new CallRecord(
                "c" + made++,
                incoming ? CallDirection.INCOMING : CallDirection.OUTGOING,
                withheld ? "" : part[1],
                null,
                withheld,
                start,
                null,
                answered ? start.plusSeconds(3) : null,
                start.plusSeconds(3).plus(length),
                length,
                outcome,
                null,
                null,
                Set.of());
    }

    private RemoteCall theirs(String text) {
        String[] part = text.split(" ");
        boolean answered = !part[3].equals("-");
        return new RemoteCall(
                "r" + made++,
                part[0].equals("i"),
                part[1].equals("?") ? null : part[1],
                null,
                NOON.plusSeconds(Long.parseLong(part[2])),
                answered,
                answered ? Duration.ofSeconds(Long.parseLong(part[3])) : Duration.ZERO);
    }
}
