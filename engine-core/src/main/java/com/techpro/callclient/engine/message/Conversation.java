// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/**
 * The texts exchanged with one other party. Prints without personal data.
 *
 * @param party the {@link StoredMessage#party} of each
 * @param newest the text that was received or written last
 * @param unread the number of received texts that are unread
 */
public record Conversation(String party, StoredMessage newest, int unread) {
    @Override
    public String toString() {
        return "Conversation[" + unread + " unread, redacted]";
    }
}
