// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import org.jspecify.annotations.Nullable;

/**
 * The state of an account's voicemail, as the phone system reports it (RFC 3842). Prints without personal data.
 *
 * @param waiting whether there are messages not heard yet
 * @param voice the numbers of voice messages, or null if the phone system does not count
 * @param account the address to dial to hear them, as the phone system gives it, or null
 */
public record MessagesWaiting(
        boolean waiting, @Nullable Counts voice, @Nullable String account) {
    @Override
    public String toString() {
        return "MessagesWaiting[" + waiting + ", " + voice + "]";
    }

    /**
     * Numbers of messages.
     *
     * @param urgentNew how many of the new ones are urgent
     * @param urgentOld how many of the old ones are urgent
     */
    public record Counts(int newMessages, int oldMessages, int urgentNew, int urgentOld) {}
}
