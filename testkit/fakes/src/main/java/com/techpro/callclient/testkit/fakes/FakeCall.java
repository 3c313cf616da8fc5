// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.CallCommands;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call in memory. The app's commands are refused when the engine refuses them, by the same rules.
 * The methods of the far end, such as {@link #remoteAnswers}, are for the test; listeners hear of
 * them before they return, unless they are called in a callback. All methods may be called from any
 * thread.
 *
 * <p>A dialled call stays {@link CallState#DIALLING} until the test says what the far end does. An
 * incoming call is {@link CallState#ESTABLISHED} as soon as the app answers it, unless
 * {@link #delayAck} says otherwise.
 */
public final class FakeCall extends FakeCallCommands {
    private static final Duration TONE = Duration.ofMillis(100);

    private final FakeContext context;
    private final FakeCallSession session;

    FakeCall(FakeContext context, FakeCallSession session) {
        super(context, session);
        this.context = context;
        this.session = session;
    }

    /**
     * The phone of an outgoing call rings.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteRings() {
        change(() -> session.ring(false), CallState.DIALLING, CallState.RINGING_OUT);
    }

    /**
     * The phone system of an outgoing call plays something before the answer, such as an
     * announcement; the app may send DTMF digits from now on.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remotePlaysEarlyMedia() {
        change(() -> session.ring(true), CallState.DIALLING, CallState.RINGING_OUT);
    }

    /**
     * The far end answers an outgoing call.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteAnswers() {
        change(session::establish, CallState.DIALLING, CallState.RINGING_OUT);
    }

    /**
     * The far end of an outgoing call is busy (486).
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteIsBusy() {
        refuse(new CallEnding.Busy(), new SipStatus(486, "Busy Here"));
    }

    /**
     * The far end declines an outgoing call (603).
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteDeclines() {
        refuse(new CallEnding.Declined(), new SipStatus(603, "Decline"));
    }

    private void refuse(CallEnding ending, SipStatus status) {
        change(() -> session.end(ending, status), CallState.DIALLING, CallState.RINGING_OUT);
    }

    /**
     * The far end hangs up. An incoming call that was not answered then ends with
     * {@link CallEnding.CancelledByCaller}, a call that the app is transferring with
     * {@link CallEnding.Transferred}, any other with {@link CallEnding.RemoteHangUp}.
     *
     * @throws IllegalStateException if an outgoing call was not answered, or the call has ended; see
     *     {@link #remoteDeclines}
     */
    public void remoteHangsUp() {
        change(
                () -> {
                    if (session.snapshot().state() == CallState.INCOMING) {
                        session.end(new CallEnding.CancelledByCaller(), null);
                    } else if (session.transfers().isTransferring()) {
                        session.transfers().leave(new TransferOutcome.TakenOver());
                    } else {
                        session.end(new CallEnding.RemoteHangUp(), null);
                    }
                },
                CallState.INCOMING,
                CallState.CONNECTING,
                CallState.ESTABLISHED);
    }

    /**
     * Another phone of the user answers an incoming call.
     *
     * @throws IllegalStateException unless it rings here
     */
    public void answeredElsewhere() {
        change(() -> session.end(new CallEnding.AnsweredElsewhere(), null), CallState.INCOMING);
    }

    /**
     * The call rang until the time was up. An incoming call is forwarded instead if the user's rules
     * say so.
     *
     * @throws IllegalStateException if it was answered or has ended
     */
    public void ringTimeIsUp() {
        change(
                () -> {
                    ForwardingRules rules = session.calls().incomingCalls().rules();
                    boolean forwarded = session.snapshot().direction() == CallDirection.INCOMING
                            && session.account().forwards(rules.unanswered());
                    session.end(forwarded ? new CallEnding.Forwarded() : new CallEnding.NoAnswer(), null);
                },
                CallState.DIALLING,
                CallState.RINGING_OUT,
                CallState.INCOMING);
    }

    /**
     * The call ends for any other reason, such as {@link CallEnding.NotFound},
     * {@link CallEnding.MediaTimeout} or {@link CallEnding.Failed}.
     *
     * @throws IllegalStateException if it has ended
     */
    public void ends(CallEnding ending) {
        Objects.requireNonNull(ending, "ending");
        changeOpen(() -> session.end(ending, null));
    }

    /**
     * From now on, the caller's ACK does not follow the answer, so that the call stays
     * {@link CallState#CONNECTING} until {@link #remoteAcknowledges}.
     */
    public void delayAck() {
        context.run(() -> session.setAckDelayed(true));
    }

    /**
     * The caller acknowledges the answer.
     *
     * @throws IllegalStateException unless the call is {@link CallState#CONNECTING}
     */
    public void remoteAcknowledges() {
        change(session::establish, CallState.CONNECTING);
    }

    /**
     * The far end puts the call on hold.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void remoteHolds() {
        change(() -> session.holdRemotely(true), CallState.ESTABLISHED);
    }

    /**
     * The far end resumes the call.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void remoteResumes() {
        change(() -> session.holdRemotely(false), CallState.ESTABLISHED);
    }

    /**
     * Says whether the far end refuses to be resumed from now on: {@link #resume} is then refused
     * with {@link CommandRefusal#OTHER_SIDE_REFUSED}.
     */
    public void remoteRefusesResume(boolean refuses) {
        context.run(() -> session.setResumeRefused(refuses));
    }

    /**
     * The far end sends DTMF digits.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     * @throws IllegalStateException unless the call is established
     */
    public void remoteSendsDtmf(String tones) {
        CallCommands.requireTones(tones);
        change(
                () -> tones.chars()
                        .forEach(tone ->
                                session.tell(new CallEvent.DtmfReceived(session.snapshot(), (char) tone, TONE))),
                CallState.ESTABLISHED);
    }

    /** As {@link #remoteAsksForTransfer(PartyIdentity, PartyIdentity)}, to an extension or number. */
    public void remoteAsksForTransfer(String target) {
        remoteAsksForTransfer(session.account().party(target), null);
    }

    /**
     * The far end asks this side to call somebody else. Once the app has accepted, the new call is
     * that of {@link CallEvent.TransferFollowed} and of {@link FakeCallClient#lastCall}.
     *
     * @param by who asks, or null
     * @throws IllegalStateException unless the call is established, or if it has asked already
     */
    public void remoteAsksForTransfer(PartyIdentity target, @Nullable PartyIdentity by) {
        Objects.requireNonNull(target, "target");
        change(() -> session.transfers().ask(target, by), CallState.ESTABLISHED);
    }

    /**
     * The far end reports the progress of the app's transfer.
     *
     * @param status from 100 to 199; 180 means that it rings at the target
     * @throws IllegalStateException if the app has not asked for a transfer
     */
    public void transferProgresses(int status) {
        changeOpen(() -> session.transfers().progress(status));
    }

    /**
     * The app's transfer succeeds: the call ends, and so does a consulted one.
     *
     * @throws IllegalStateException if the app has not asked for a transfer
     */
    public void transferSucceeds() {
        changeOpen(() -> session.transfers().leave(new TransferOutcome.Transferred()));
    }

    /**
     * The app's transfer fails, and the call is as before.
     *
     * @throws IllegalStateException if the app has not asked for a transfer
     */
    public void transferFails(Failure failure) {
        Objects.requireNonNull(failure, "failure");
        changeOpen(() -> session.transfers().fail(failure));
    }

    /**
     * The phone system names the far end anew, as after a transfer.
     *
     * @throws IllegalStateException if the call has ended
     */
    public void remoteIsIdentified(PartyIdentity party) {
        Objects.requireNonNull(party, "party");
        Caller caller = session.calls().people().directory().resolve(party);
        changeOpen(() -> session.publish(next -> next.remote(party).caller(caller)));
    }

    /**
     * Media stops arriving, or arrives again.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void receptionChanges(boolean nothingArrives) {
        change(() -> session.publish(next -> next.nothingArrives(nothingArrives)), CallState.ESTABLISHED);
    }

    /**
     * The quality figures are updated.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void qualityChanges(CallQuality quality) {
        Objects.requireNonNull(quality, "quality");
        change(() -> session.publish(next -> next.quality(quality)), CallState.ESTABLISHED);
    }

    /**
     * The microphone or speaker fails, or works again.
     *
     * @param failure null if it works again
     * @throws IllegalStateException if the call has ended
     */
    public void audioChanges(@Nullable Failure failure) {
        changeOpen(() -> session.tell(
                failure == null
                        ? new CallEvent.AudioRestored(session.snapshot())
                        : new CallEvent.AudioInterrupted(session.snapshot(), failure)));
    }

    private void changeOpen(Runnable change) {
        change(
                change,
                CallState.DIALLING,
                CallState.RINGING_OUT,
                CallState.INCOMING,
                CallState.CONNECTING,
                CallState.ESTABLISHED);
    }

    private void change(Runnable change, CallState... possible) {
        context.run(() -> {
            CallState now = session.snapshot().state();
            for (CallState state : possible) {
                if (state == now) {
                    change.run();
                    return;
                }
            }
            throw new IllegalStateException("this cannot happen while the call is " + now);
        });
    }
}
