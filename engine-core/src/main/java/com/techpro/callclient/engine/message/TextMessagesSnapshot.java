// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.List;

/**
 * The conversations at one moment. Prints without personal data.
 *
 * @param conversations the one with the newest text first
 * @param damaged the number of texts that could not be read when this client started, and were left
 *     out
 */
public record TextMessagesSnapshot(List<Conversation> conversations, int damaged, StorageStatus storage) {
    public TextMessagesSnapshot {
        conversations = List.copyOf(conversations);
    }

    @Override
    public String toString() {
        return "TextMessagesSnapshot[" + conversations.size() + " conversations, " + damaged + " damaged, " + storage
                + "]";
    }
}
