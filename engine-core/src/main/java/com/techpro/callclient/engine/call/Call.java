// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * A call, from dialling or ringing to its end. All methods may be called from any thread and return at once; what they lead to is told by
 * {@link CallListener#callChanged}. What the call cannot do in the state it is in by then is told as well, by
 * {@link CallEvent.CommandRefused}; nothing is ignored without a word. Once the client is closed they throw {@link IllegalStateException}.
 */
public interface Call {
    /** Names the call within its client. */
    String id();

    CallSnapshot snapshot();

    /**
     * From now on tells a listener what happens to this call. The first it hears is how the call is now: {@link CallEvent.StateChanged} with
     * its snapshot, or {@link CallEvent.Ended} if it is over. One that is there already is not added again.
     */
    void addListener(CallListener listener);

    /** The listener hears nothing any more, not even what has happened before this. */
    void removeListener(CallListener listener);

    /**
     * Completes on the callbacks' executor, never exceptionally, when the two sides can talk, or when the call is over without that. Not to be
     * waited for inside a callback: see {@link com.techpro.callclient.engine.CallClient}.
     */
    CompletionStage<EstablishmentOutcome> whenEstablished();

    /** As {@link #answer(CallOptions)} with default options. */
    default void answer() {
        answer(CallOptions.DEFAULT);
    }

    /**
     * Takes an incoming call. Where the user denies the microphone it goes on ringing, and {@link CallEvent.AudioInterrupted} says so.
     *
     * @throws IllegalArgumentException if the options have headers: those go with calls that are made
     * @throws LockedException if the app is locked and {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} forbids it
     */
    void answer(CallOptions options);

    /**
     * Stops the ring of an incoming call, and the call waiting tone for it; the caller goes on waiting. Nothing else changes. The
     * notification that rings is silenced as well, where the platform can; what the system's own call screen rings with is the system's.
     */
    void silence();

    /** Turns an incoming call away. */
    void reject(RejectReason reason);

    /**
     * Sends the caller of an incoming call on to somebody else, who is called by the phone system (302, RFC 3261 §21.3.3).
     *
     * @param number an extension or number of the own phone system
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     * @throws LockedException while the app is locked
     */
    void forward(String number);

    /** Ends the call whatever its state: cancels, says busy (486), or says goodbye. If it is over that is as wished. */
    void hangUp();

    /** Puts the other side on hold; the microphone closes at once. */
    void hold();

    /** Takes the call back from hold; other calls on the same audio go on hold first. */
    void resume();

    /**
     * Presses keys one after the other, as RTP events (RFC 4733) or, where the other side knows none, as INFO.
     * That the other side does not take those either is {@link CallEvent.CommandRefused}; the keys behind are not sent then.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     */
    void sendDtmf(String tones);

    /**
     * Makes one conversation of this call and another: the user hears both far ends, and each of them hears the user and the other. Both must be
     * established, not held by their far ends, and on the same audio; else it is refused. {@link CallEvent.MergeChanged}
     * tells each call when it begins and when it is over: when one of the two ends, or is held or resumed by either side, the other goes
     * on as a call of its own. Muting one of the calls mutes the user towards that far end alone.
     *
     * @throws IllegalArgumentException if it is the same call, or one of another client
     */
    void merge(Call other);

    /**
     * Connects the other side with somebody else, who is not asked before (RFC 5589 §6): the other side calls that party, and when it is
     * answered there this call is over, with {@link CallEnding.Transferred}. Until then it goes on as it is, and may be held before;
     * {@link CallEvent.TransferChanged} tells how far it is. What comes of it is told on the callbacks' executor, never exceptionally; a call
     * that cannot be transferred now is told with {@link CallEvent.CommandRefused} as well.
     *
     * @param target as for {@link com.techpro.callclient.engine.Account#dial(String)}
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws LockedException if the app is locked
     */
    CompletionStage<TransferOutcome> transfer(String target);

    /**
     * Connects the far ends of two calls with each other (RFC 5589 §7), and leaves both. This call's far end is asked to call the other, in place
     * of this side (RFC 3891). As long as the other call only rings it is given up, and its target is called as by {@link #transfer}. What
     * comes of it is told as there; once it is done both calls are over, with {@link CallEnding.Transferred}.
     *
     * @throws IllegalArgumentException if it is the same call, or one of another client
     * @throws LockedException if the app is locked
     */
    CompletionStage<TransferOutcome> transferTo(Call other);

    /**
     * Calls whom the other side asks to be left for: see {@link CallEvent.TransferRequested}; {@link CallEvent.TransferFollowed} follows.
     *
     * @throws LockedException if the app is locked
     */
    void acceptTransfer();

    /** Stays with the other side, and tells it so. */
    void refuseTransfer();

    void setMuted(boolean muted);
}
