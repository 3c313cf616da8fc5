// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a caller left. Prints without personal data.
 *
 * @param id the mailbox's id of the message
 * @param callerNumber as the phone system wrote it, or null if it was withheld or is not known
 * @param callerName or null
 * @param duration or null if the mailbox does not tell
 * @param size of the audio in bytes, or -1 if the mailbox does not tell
 * @param transcription the transcribed text, or null
 */
public record VoicemailMessage(
        String id,
        @Nullable String callerNumber,
        @Nullable String callerName,
        Instant received,
        @Nullable Duration duration,
        boolean heard,
        boolean urgent,
        long size,
        @Nullable String transcription) {
    @Override
    public String toString() {
        return "VoicemailMessage[redacted]";
    }
}
