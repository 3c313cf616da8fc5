// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that came and were sent, where the host wants them kept (
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#keepTextMessages}); otherwise there are none, and nothing is stored. They are
 * encrypted by the store the host gave, are of one year at most and together of no more than {@link #LARGEST} characters, and are erased
 * at log-out. Methods may be called from any thread and return at once; what they lead to is told by
 * {@link com.techpro.callclient.engine.CallClientListener#textMessagesChanged}. While the app is locked they throw {@link LockedException}, and
 * those that change something {@link IllegalStateException} once the client is closed.
 */
public interface TextMessages {
    /** How many texts a host may want to be kept. */
    int MOST = 1_000;

    /** How many characters the texts that are kept have together; the oldest are let go first. */
    int LARGEST = 1 << 20;

    /** {@link StoredMessage#party} of all who do not want to be named. */
    String ANONYMOUS = "anonymous@anonymous.invalid";

    TextMessagesSnapshot snapshot();

    /**
     * The texts of a conversation, the newest first.
     *
     * @param party as in {@link Conversation#party}
     * @param before the {@link StoredMessage#id} of the last one of those known already, or null for the newest; one that is not kept any more
     *     gives nothing
     * @param most how many, from 1
     * @throws IllegalArgumentException if none are wanted
     */
    List<StoredMessage> read(String party, @Nullable String before, int most);

    /** Somebody has looked at the conversation. Nobody else is told: that is for {@link com.techpro.callclient.engine.Account#confirmDisplayed}. */
    void markRead(String party);

    /** Deletes a text, here alone. */
    void delete(String id);

    /** Deletes all texts of a conversation, here alone. */
    void deleteConversation(String party);

    /** Deletes every text, here alone. */
    void clear();
}
