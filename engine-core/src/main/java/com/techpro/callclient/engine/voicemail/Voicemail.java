// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The messages that callers left for the user who is logged in (promise C6). They belong to the phone system (promise S7): what is done here is
 * done there, and what happens there is told by {@link com.techpro.callclient.engine.CallClientListener#voicemailChanged}. Whether there is voicemail at all is
 * {@link VoicemailSnapshot#availability}. Methods may be called from any thread and return at once; outcomes come on the callbacks' executor,
 * never exceptionally, and are not to be waited for inside a callback: see {@link com.techpro.callclient.engine.CallClient}. While the app is
 * locked they throw {@link LockedException}.
 */
public interface Voicemail {
    VoicemailSnapshot snapshot();

    /** Asks the mailbox for what is new. New messages are found without it where the phone system tells of them. */
    void refresh();

    /** Asks for the next older messages: fifty more than there are in the list. */
    void more();

    CompletionStage<VoicemailOutcome> markHeard(String id, boolean heard);

    /** Deletes a message. It can be brought back until {@link #purge}, which comes by itself half a minute later, if the mailbox permits that. */
    CompletionStage<VoicemailOutcome> delete(String id);

    /** Brings back one of {@link VoicemailSnapshot#deleted}. */
    CompletionStage<VoicemailOutcome> undelete(String id);

    /** Removes for good what was deleted here. */
    CompletionStage<VoicemailOutcome> purge();

    /** What callers hear before they leave a message. */
    CompletionStage<GreetingsOutcome> greetings();

    /** As {@link #play(String, PlaybackOptions)} with {@link PlaybackOptions#DEFAULT}. */
    default Playback play(String id) {
        return play(id, PlaybackOptions.DEFAULT);
    }

    /**
     * Plays a message or a greeting while it arrives. One is played at a time: another that was is closed. What cannot be played is a playback that
     * {@link PlaybackSnapshot.State#FAILED}. Opening a message does not mark it heard, unless the mailbox is one that always does.
     *
     * @throws LockedException if the app is locked
     */
    Playback play(String id, PlaybackOptions options);

    /**
     * Calls who left a message, with the login's account.
     *
     * @return empty where there is nobody to call: the number was withheld, or the message is not in the list
     * @throws LockedException if the app is locked
     */
    Optional<Call> callBack(String id);

    /** What to dial for hearing the messages on the phone, such as {@code *97}; null where the phone system names nothing. */
    @Nullable
    String dialIn();

    /**
     * Calls the voicemail, with the login's account.
     *
     * @return empty where there is no {@link #dialIn}
     * @throws LockedException if the app is locked
     */
    Optional<Call> dialVoicemail();
}
