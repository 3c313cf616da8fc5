// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/**
 * The texts from and to one other side. Prints without personal data.
 *
 * @param party {@link StoredMessage#party} of each
 * @param newest the one that came or was written last
 * @param unread how many came that nobody has looked at
 */
public record Conversation(String party, StoredMessage newest, int unread) {
    @Override
    public String toString() {
        return "Conversation[" + unread + " unread, redacted]";
    }
}
