// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of the history: a call, or a stay in a conference room; its times are whole milliseconds. Prints without personal data. */
public sealed interface HistoryEntry {
    /** Names the entry within its history. */
    String id();

    /** When it began; entries are ordered by it. */
    Instant start();

    /**
     * A call (promise C5). The names of contacts are not in it, so that they go when the permission to read them does: ask
     * {@link Directory#lookUp}.
     *
     * @param number extension or number of the other side; empty if it was withheld or is not known
     * @param name what the other side called itself, or null
     * @param withheld whether it asked not to be named
     * @param ringing outgoing: when the other phone began to ring, or null
     * @param answered or null; also null where only the phone system knows of the call
     * @param duration between answer and end; zero if it was not answered
     * @param reason why it {@link CallOutcome#FAILED}, or why an answered call broke off: a {@link CallEnding#code}; else null
     * @param originallyCalled the number the caller had called before the call was diverted here, or null
     * @param remoteIds what the phone system's own call log calls it, once that is known
     */
    record CallRecord(
            String id,
            CallDirection direction,
            String number,
            @Nullable String name,
            boolean withheld,
            Instant start,
            @Nullable Instant ringing,
            @Nullable Instant answered,
            @Nullable Instant ended,
            Duration duration,
            CallOutcome outcome,
            @Nullable String reason,
            @Nullable String originallyCalled,
            Set<String> remoteIds)
            implements HistoryEntry {
        public CallRecord {
            start = start.truncatedTo(ChronoUnit.MILLIS);
            ringing = whole(ringing);
            answered = whole(answered);
            ended = whole(ended);
            duration = Duration.ofMillis(duration.toMillis());
            remoteIds = Set.copyOf(remoteIds);
        }

        /** The same, known to the phone system's call log by these names. */
        public CallRecord withRemoteIds(Set<String> ids) {
            return new CallRecord(
                    id,
                    direction,
                    number,
                    name,
                    withheld,
                    start,
                    ringing,
                    answered,
                    ended,
                    duration,
                    outcome,
                    reason,
                    originallyCalled,
                    ids);
        }

        @Override
        public String toString() {
            return "CallRecord[" + direction + ", " + outcome + ", redacted]";
        }
    }

    /**
     * A stay in a conference room (promise C7).
     *
     * @param room its address or number
     * @param name what the phone system calls it, or null
     * @param left null while the user is in it, or if the app ended before
     */
    record ConferenceRecord(
            String id,
            String room,
            @Nullable String name,
            Instant start,
            @Nullable Instant left) implements HistoryEntry {
        public ConferenceRecord {
            start = start.truncatedTo(ChronoUnit.MILLIS);
            left = whole(left);
        }

        @Override
        public String toString() {
            return "ConferenceRecord[redacted]";
        }
    }

    private static @Nullable Instant whole(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
