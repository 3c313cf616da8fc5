// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification for the user, with only the data that its text needs. The host app has the texts,
 * in its languages. Prints without personal data.
 */
public sealed interface Notice {
    /** Identifies the notice for replacing and withdrawing it. */
    String id();

    /**
     * An incoming call is ringing.
     *
     * @param callId identifies the call within its client
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
     * A call was not answered.
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
     * A new voicemail message. Shown once for each message, and not again as others are heard or
     * deleted. Withdrawn when no unheard message is left.
     *
     * @param count the number of unheard messages when this is shown; at least 1, if the phone
     *     system does not count
     */
    record VoicemailWaiting(String id, int count) implements Notice {}

    /** This extension cannot be called for now. */
    record ConnectionLost(String id) implements Notice {}

    /** This extension can be called again. Replaces the {@link ConnectionLost} of the same id. */
    record ConnectionRestored(String id) implements Notice {}
}
