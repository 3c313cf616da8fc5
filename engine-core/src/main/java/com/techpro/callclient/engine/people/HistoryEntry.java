// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the history: a call, or a stay in a conference room. Its times are whole
 * milliseconds. Prints without personal data.
 */
public sealed interface HistoryEntry {
    /** Identifies the entry within its history. */
    String id();

    /** Returns when it began; entries are sorted by it. */
    Instant start();

    /**
     * A call (promise C5). It does not contain the names of contacts, which must disappear when the
     * user revokes the permission to read them. Ask {@link Directory#lookUp} for those.
     *
     * @param number the extension or number of the other side; empty if it was withheld or is not
     *     known
     * @param name the display name that the other side sent, or null
     * @param withheld whether the other side withheld its identity
     * @param ringing for an outgoing call, when the other phone began to ring, or null
     * @param answered when it was answered, or null; also null if only the phone system knows of
     *     the call
     * @param duration between answer and end; zero if it was not answered
     * @param reason why it {@link CallOutcome#FAILED}, or why an answered call broke off: a
     *     {@link CallEnding#code}; else null
     * @param originallyCalled the number that the caller had dialled before the call was diverted
     *     here, or null
     * @param remoteIds the ids of the call in the phone system's own call log, once they are known
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

        /** Returns a copy with these ids of the phone system's call log. */
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
     * @param name the phone system's name for the room, or null
     * @param left when the user left; null while the user is in the room, or if the app ended
     *     before
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
