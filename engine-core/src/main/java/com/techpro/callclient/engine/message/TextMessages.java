// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The stored texts, received and sent, if the host enables that by
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#keepTextMessages}. Otherwise
 * nothing is stored. Texts are encrypted in the host's store, kept for at most one year, limited to
 * {@link #LARGEST} characters together, and erased at log-out.
 *
 * <p>Methods may be called from any thread and return at once;
 * {@link com.techpro.callclient.engine.CallClientListener#textMessagesChanged} reports their
 * effects. While the app is locked, they throw {@link LockedException}. Methods that change
 * something throw {@link IllegalStateException} once the client is closed. Their stages complete on
 * the callbacks' executor, never exceptionally: done when {@link #snapshot} shows the change, also
 * if there was nothing to change. Do not wait for them inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface TextMessages {
    /** The largest number of texts that a host can choose to keep. */
    int MOST = 1_000;

    /**
     * The maximum number of characters of all stored texts together; the oldest are deleted first.
     */
    int LARGEST = 1 << 20;

    /** The {@link StoredMessage#party} of all parties that withheld their identity. */
    String ANONYMOUS = "anonymous@anonymous.invalid";

    TextMessagesSnapshot snapshot();

    /**
     * Returns the texts of a conversation, the newest first.
     *
     * @param party as in {@link Conversation#party}
     * @param before the {@link StoredMessage#id} of the last text already read, or null to start at
     *     the newest; an id that is not stored gives an empty list
     * @param most the maximum number of texts, from 1
     * @throws IllegalArgumentException if {@code most} is below 1
     */
    List<StoredMessage> read(String party, @Nullable String before, int most);

    /**
     * Marks a conversation read. This sends no receipt;
     * {@link com.techpro.callclient.engine.Account#confirmDisplayed} does.
     */
    CompletionStage<CommandOutcome> markRead(String party);

    /** Deletes a text on this device only. */
    CompletionStage<CommandOutcome> delete(String id);

    /** Deletes all texts of a conversation on this device only. */
    CompletionStage<CommandOutcome> deleteConversation(String party);

    /** Deletes all texts on this device only. */
    CompletionStage<CommandOutcome> clear();
}
