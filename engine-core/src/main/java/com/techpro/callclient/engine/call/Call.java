// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call, from dialling or ringing to its end. All methods may be called from any thread and return at once.
 *
 * <p>Each command answers with a {@link CommandOutcome}: done, or refused with the reason. The stage completes on the
 * callbacks' executor, never exceptionally; you need not wait for it. {@link CallListener#callChanged} tells the
 * effects, and {@link CallEvent.CommandRefused} tells listeners of a refusal. If the call ends first, the command is
 * refused with {@link CommandRefusal#ENDED}. Once the client is closed, commands and {@link #addListener} throw
 * {@link IllegalStateException}.
 */
public interface Call {
    /** Identifies the call within its client. */
    String id();

    CallSnapshot snapshot();

    /**
     * Adds a listener for this call. It first receives the current state: {@link CallEvent.StateChanged} with the
     * call's snapshot, or {@link CallEvent.Ended} if the call has ended. A listener that was added before is not added
     * again.
     */
    void addListener(CallListener listener);

    /** Removes a listener. It receives no more events, not even those that happened before this call. */
    void removeListener(CallListener listener);

    /**
     * Completes on the callbacks' executor, never exceptionally, when the two sides can talk, or when the call has
     * ended before that. Do not wait for it inside a callback: see {@link com.techpro.callclient.engine.CallClient}.
     */
    CompletionStage<EstablishmentOutcome> whenEstablished();

    /** As {@link #answer(CallOptions)} with default options. */
    default CompletionStage<CommandOutcome> answer() {
        return answer(CallOptions.DEFAULT);
    }

    /**
     * Answers an incoming call. Done means that the answer is being sent; {@link #whenEstablished} tells when the two
     * sides can talk. If the user denies the microphone, the call keeps ringing.
     *
     * @throws IllegalArgumentException if the options have headers: those go with outgoing calls only
     * @throws LockedException if the app is locked and {@link
     *     com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} forbids it
     */
    CompletionStage<CommandOutcome> answer(CallOptions options);

    /**
     * Stops the ring of an incoming call, or its call waiting tone; the caller keeps waiting. Nothing else changes. A
     * ringing notification is silenced as well, if the platform can. The engine does not silence the ring of the
     * system's own call screen.
     */
    CompletionStage<CommandOutcome> silence();

    /** Rejects an incoming call. */
    CompletionStage<CommandOutcome> reject(RejectReason reason);

    /**
     * Forwards an incoming call to another number, which the phone system then calls (302, RFC 3261 §21.3.3).
     *
     * @param number an extension or number of the account's own phone system
     * @throws IllegalArgumentException if it is not; the message does not repeat it
     * @throws LockedException while the app is locked
     */
    CompletionStage<CommandOutcome> forward(String number);

    /**
     * Ends the call in any state: by CANCEL, by busy (486), or by BYE. A call that rings here is forwarded (302)
     * instead where {@link ForwardingRules#busy()} says so. The command is never refused, so it has no outcome. Does
     * nothing if the call has ended.
     */
    void hangUp();

    /** Puts the other side on hold. Done means that the microphone is closed; the other side may hear it a moment later. */
    CompletionStage<CommandOutcome> hold();

    /**
     * Resumes a held call; other calls on the same audio are put on hold first. Done means that the other side has
     * agreed.
     */
    CompletionStage<CommandOutcome> resume();

    /**
     * Sends DTMF digits one after the other, as RTP events (RFC 4733) or, if the other side does not support those, as
     * INFO. Done means that the RTP events are on their way, or that the other side has accepted each INFO. If it
     * refuses one, the remaining digits are not sent.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     */
    CompletionStage<CommandOutcome> sendDtmf(String tones);

    /**
     * Merges this call and another into one conversation: the user hears both far ends, and each of them hears the user
     * and the other. Both calls must be established, not held by their far ends, and on the same audio; otherwise the
     * command is refused. {@link CallEvent.MergeChanged} tells both calls when the conversation begins and ends. It
     * ends when one call ends, or is held or resumed by either side; the other call then continues on its own. Muting
     * one of the calls mutes the user towards that far end only.
     *
     * @throws IllegalArgumentException if it is the same call, or one of another client
     */
    CompletionStage<CommandOutcome> merge(Call other);

    /**
     * Transfers the other side blind: it calls the target, which is not asked before (RFC 5589 §6). When the target
     * answers, this call ends with {@link CallEnding.Transferred}. Until then it continues, and you may hold it before.
     * {@link CallEvent.TransferChanged} tells the progress. The stage completes with the outcome on the callbacks'
     * executor, never exceptionally. If the call cannot be transferred now, {@link CallEvent.CommandRefused} follows as
     * well.
     *
     * @param target as for {@link com.techpro.callclient.engine.Account#dial(String)}, without keys
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws LockedException if the app is locked
     */
    CompletionStage<TransferOutcome> transfer(String target);

    /**
     * Transfers attended: connects the far ends of two calls and leaves both calls (RFC 5589 §7). This call's far end
     * is asked to call the other one and replace this side there (RFC 3891). If the other call still rings, it is
     * cancelled and its target is called as by {@link #transfer}. The outcome is as for {@link #transfer}; on success
     * both calls end with {@link CallEnding.Transferred}.
     *
     * @throws IllegalArgumentException if it is the same call, or one of another client
     * @throws LockedException if the app is locked
     */
    CompletionStage<TransferOutcome> transferTo(Call other);

    /**
     * Accepts a transfer that the other side requested ({@link CallEvent.TransferRequested}) and calls its target;
     * {@link CallEvent.TransferFollowed} follows.
     *
     * @throws LockedException if the app is locked
     */
    CompletionStage<CommandOutcome> acceptTransfer();

    /** Refuses a transfer that the other side requested, and tells it so. */
    CompletionStage<CommandOutcome> refuseTransfer();

    /** Returns how loud microphone and speaker are now. Ask ten times a second to draw a meter. */
    AudioLevels audioLevels();

    /** Returns what is done to the microphone's sound now, and by whom. */
    VoiceEffects voiceEffects();

    /** Mutes or unmutes the microphone towards this call's other side. */
    CompletionStage<CommandOutcome> setMuted(boolean muted);

    /**
     * Switches to another microphone and speaker for the rest of the call. While the devices change, a moment of sound
     * is lost. If one cannot be opened, {@link CallEvent.AudioInterrupted} says so, and another can be chosen. In a
     * call merged with this one the devices change, too. Refused while the call rings here: {@link #answer(CallOptions)}
     * chooses its devices.
     *
     * @param captureDevice an id of {@link com.techpro.callclient.ports.audio.AudioPort#devices}; null means the
     *     system's default
     * @param playbackDevice likewise
     */
    CompletionStage<CommandOutcome> useDevices(@Nullable String captureDevice, @Nullable String playbackDevice);
}
