// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell the user: no more than the sentence needs. The host app has the words, in its languages. Prints without personal data.
 */
public sealed interface Notice {
    /** What replaces and withdraws it. */
    String id();

    /**
     * It rings.
     *
     * @param callId names the call within its client
     * @param name or null if none is known
     * @param number empty if the caller withholds it
     */
    record IncomingCall(String id, String callId, @Nullable String name, String number) implements Notice {
        @Override
        public String toString() {
            return "IncomingCall[redacted]";
        }
    }

    /**
     * It rang, and nobody answered.
     *
     * @param name or null if none is known
     * @param number empty if the caller withholds it
     */
    record MissedCall(String id, @Nullable String name, String number, Instant when) implements Notice {
        @Override
        public String toString() {
            return "MissedCall[redacted]";
        }
    }

    /**
     * A new message. Once for each, and not again as others are heard or deleted; taken back with the last.
     *
     * @param count how many messages have not been heard as this is shown; at least 1, where the phone system does not count
     */
    record VoicemailWaiting(String id, int count) implements Notice {}

    /** Nobody can call this extension for now. */
    record ConnectionLost(String id) implements Notice {}

    /** They can again. Replaces the {@link ConnectionLost} of the same id. */
    record ConnectionRestored(String id) implements Notice {}
}
