// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.call.CallControl;

/**
 * A call, from dialling or ringing to its end. All methods may be called from any thread and return at once; what they lead to is
 * told by {@link CallClientListener#callChanged}. A method that does not fit the state the call is in by then does nothing.
 */
public final class Call {
    private final CallControl control;
    private final Runnable requireAnswerable;

    /** @param requireAnswerable throws if the lock forbids answering */
    Call(CallControl control, Runnable requireAnswerable) {
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
     * @throws LockedException if the app is locked and {@link CallClientConfig.Builder#answerWhileLocked} forbids it
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

    public void setMuted(boolean muted) {
        control.setMuted(muted);
    }

    @Override
    public String toString() {
        return "Call[" + id() + "]";
    }
}
