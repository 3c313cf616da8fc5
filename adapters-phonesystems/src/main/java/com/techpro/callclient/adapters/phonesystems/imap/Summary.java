// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message without its sound. It never changes, as messages in an IMAP mailbox do not.
 *
 * @param greeting the phone system's word for what it greets with, or null for a message that a caller left
 * @param active whether callers hear that greeting
 * @param words the part that says in words what was said, or null
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
