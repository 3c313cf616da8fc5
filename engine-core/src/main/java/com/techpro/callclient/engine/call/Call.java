// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.lock.LockedException;

/**
 * A call, from dialling or ringing to its end. All methods may be called from any thread and return at once; what they lead to is
 * told by {@link com.techpro.callclient.engine.CallClientListener#callChanged}. A method that does not fit the state the call is in by then does nothing.
 */
public interface Call {
    /** Names the call within its client. */
    String id();

    CallSnapshot snapshot();

    /** As {@link #answer(CallOptions)} with default options. */
    default void answer() {
        answer(CallOptions.DEFAULT);
    }

    /**
     * Takes an incoming call. Where the user denies the microphone it goes on ringing, and {@link CallEvent.AudioInterrupted} says so.
     *
     * @throws LockedException if the app is locked and {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} forbids it
     */
    void answer(CallOptions options);

    void reject(RejectReason reason);

    /** Ends the call whatever its state: cancels, rejects, or says goodbye. */
    void hangUp();

    /** Puts the other side on hold; the microphone closes at once. */
    void hold();

    /** Takes the call back from hold; other calls on the same audio go on hold first. */
    void resume();

    /**
     * Presses keys one after the other, as RTP events (RFC 4733) or, where the other side knows none, as INFO.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     */
    void sendDtmf(String tones);

    /**
     * Makes one conversation of this call and another: the user hears both far ends, and each of them hears the user and the other. Both must be
     * established, not held by their far ends, and on the same audio; where they are not, nothing happens. {@link CallEvent.MergeChanged}
     * tells each call when it begins and when it is over: when one of the two ends, or is held or resumed by either side, the other goes
     * on as a call of its own. Muting one of the calls mutes the user towards that far end alone.
     *
     * @throws IllegalArgumentException if it is the same call
     */
    void merge(Call other);

    void setMuted(boolean muted);
}
