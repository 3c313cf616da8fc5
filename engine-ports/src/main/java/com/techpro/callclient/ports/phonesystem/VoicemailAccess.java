// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of the user's voicemail in SIP. Prints without personal data.
 *
 * @param dialIn the number or address to call to hear the messages, such as {@code *97}, or null
 * @param messageWaiting the address whose {@code message-summary} event reports new messages (RFC
 *     3842), or null for the user's own
 */
public record VoicemailAccess(
        @Nullable String dialIn, @Nullable String messageWaiting) {
    @Override
    public String toString() {
        return "VoicemailAccess[redacted]";
    }
}
