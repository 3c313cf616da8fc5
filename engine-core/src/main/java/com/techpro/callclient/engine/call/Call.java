// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.internal.call.CallControl;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.lock.LockedException;

/**
 * A call, from dialling or ringing to its end. All methods may be called from any thread and return at once; what they lead to is
 * told by {@link com.techpro.callclient.engine.CallClientListener#callChanged}. A method that does not fit the state the call is in by then does nothing.
 */
public final class Call {
    private final CallControl control;
    private final Runnable requireAnswerable;

    /** @param requireAnswerable throws if the lock forbids answering */
    public Call(CallControl control, Runnable requireAnswerable) {
        this.control = control;
        this.requireAnswerable = requireAnswerable;
    }

    /** Names the call within its client. */
    public String id() {
        return control.id();
    }

    public CallSnapshot snapshot() {
        return control.snapshot();
    }

    /** As {@link #answer(CallOptions)} with default options. */
    public void answer() {
        answer(CallOptions.DEFAULT);
    }

    /**
     * Takes an incoming call. Where the user denies the microphone it goes on ringing, and {@link CallEvent.AudioInterrupted} says so.
     *
     * @throws LockedException if the app is locked and {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} forbids it
     */
    public void answer(CallOptions options) {
        requireAnswerable.run();
        control.answer(options);
    }

    public void reject(RejectReason reason) {
        control.reject(reason);
    }

    /** Ends the call whatever its state: cancels, rejects, or says goodbye. */
    public void hangUp() {
        control.hangUp();
    }

    /** Puts the other side on hold; the microphone closes at once. */
    public void hold() {
        control.hold();
    }

    /** Takes the call back from hold; other calls on the same audio go on hold first. */
    public void resume() {
        control.resume();
    }

    /**
     * Presses keys one after the other, as RTP events (RFC 4733) or, where the other side knows none, as INFO.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     */
    public void sendDtmf(String tones) {
        control.sendDtmf(tones);
    }

    /**
     * Makes one conversation of this call and another: the user hears both far ends, and each of them hears the user and the other. Both must be
     * established, not held by their far ends, and on the same audio; where they are not, nothing happens. {@link CallEvent.MergeChanged}
     * tells each call when it begins and when it is over: when one of the two ends, or is held or resumed by either side, the other goes
     * on as a call of its own. Muting one of the calls mutes the user towards that far end alone.
     *
     * @throws IllegalArgumentException if it is the same call
     */
    public void merge(Call other) {
        if (other.control.equals(control)) {
            throw new IllegalArgumentException("a call is merged with another");
        }
        control.merge(other.control);
    }

    public void setMuted(boolean muted) {
        control.setMuted(muted);
    }

    /** For what rides on a call of the engine's own. */
    public CallSession session() {
        return (CallSession) control;
    }

    @Override
    public String toString() {
        return "Call[" + id() + "]";
    }
}
