// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The voicemail messages of the user who is logged in (promise C6). They belong to the phone system
 * (promise S7): operations change its mailbox, and
 * {@link com.techpro.callclient.engine.CallClientListener#voicemailChanged} reports changes there.
 * {@link VoicemailSnapshot#availability} tells whether there is voicemail at all.
 *
 * <p>Methods may be called from any thread and return at once. Outcomes arrive on the callbacks'
 * executor, never exceptionally; do not wait for them inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}. While the app is locked, methods throw
 * {@link LockedException}.
 */
public interface Voicemail {
    VoicemailSnapshot snapshot();

    /**
     * Fetches new messages from the mailbox. That happens automatically if the phone system reports
     * new messages.
     */
    CompletionStage<VoicemailOutcome> refresh();

    /** Fetches the next 50 older messages into the list. */
    CompletionStage<VoicemailOutcome> more();

    CompletionStage<VoicemailOutcome> markHeard(String id, boolean heard);

    /**
     * Deletes a message. If the mailbox permits it, {@link #undelete} restores it until
     * {@link #purge}, which happens automatically half a minute later.
     */
    CompletionStage<VoicemailOutcome> delete(String id);

    /** Restores one of {@link VoicemailSnapshot#deleted}. */
    CompletionStage<VoicemailOutcome> undelete(String id);

    /** Removes for good the messages that were deleted here. */
    CompletionStage<VoicemailOutcome> purge();

    /** Returns the greetings that callers hear before they leave a message. */
    CompletionStage<GreetingsOutcome> greetings();

    /** As {@link #play(String, PlaybackOptions)} with {@link PlaybackOptions#DEFAULT}. */
    default Playback play(String id) {
        return play(id, PlaybackOptions.DEFAULT);
    }

    /**
     * Plays a message or a greeting while it is fetched. Only one plays at a time: this closes an
     * earlier playback. If it cannot be played, the playback's state is
     * {@link PlaybackSnapshot.State#FAILED}. Opening a message does not mark it heard, unless the
     * mailbox always does that.
     *
     * @throws LockedException if the app is locked
     */
    Playback play(String id, PlaybackOptions options);

    /**
     * Calls back the caller who left a message, with the account of the login.
     *
     * @return null if there is nobody to call: the number was withheld or cannot be dialled, or
     *     the message is not in the list
     * @throws LockedException if the app is locked
     */
    @Nullable
    Call callBack(String id);

    /**
     * Returns the number to dial to hear the messages by phone, such as {@code *97}; null if the
     * phone system gives none.
     */
    @Nullable
    String dialIn();

    /**
     * Calls the voicemail, with the account of the login.
     *
     * @return null if there is no {@link #dialIn}, or it cannot be dialled
     * @throws LockedException if the app is locked
     */
    @Nullable
    Call dialVoicemail();
}
