// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message's description, without its sound. It never changes, like messages in an IMAP mailbox.
 *
 * @param greeting the phone system's name for the greeting, or null for a caller's message
 * @param active whether callers hear that greeting
 * @param words the part with the transcription, or null
 */
record Summary(
        Dialect dialect,
        @Nullable String greeting,
        boolean active,
        @Nullable String callerNumber,
        @Nullable String callerName,
        Instant received,
        @Nullable Duration duration,
        boolean urgent,
        MimePart audio,
        @Nullable MimePart words) {
    @Override
    public String toString() {
        return "Summary[redacted]";
    }
}
