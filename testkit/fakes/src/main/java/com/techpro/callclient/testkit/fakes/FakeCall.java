// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of the app, as its far end has it. {@link #call} is the app's side. The other methods say
 * what the far end does. Each first lets the app's earlier commands take effect, and then advances
 * the time by a moment, so that the client has reacted when it returns.
 *
 * <p>A dialled call stays {@link CallState#DIALLING} until the test says what the far end does. To
 * let it or an incoming call ring in vain, use {@link FakeCallClient#advance}.
 */
public final class FakeCall {
    private final ScriptedPhoneSystem system;
    private final FarEnd farEnd;
    private @Nullable Call call;

    FakeCall(ScriptedPhoneSystem system, FarEnd farEnd) {
        this.system = system;
        this.farEnd = farEnd;
    }

    FarEnd farEnd() {
        return farEnd;
    }

    /** Finds the app's side, once it is there. */
    void claim() {
        if (call == null) {
            call = system.unclaimed(farEnd.direction(), farEnd.number());
        }
    }

    boolean isOf(Call other) {
        return call == other;
    }

    /**
     * Returns the app's side of this call.
     *
     * @throws IllegalStateException if the app was not told of it: it was refused before it rang
     */
    public Call call() {
        claim();
        if (call == null) {
            throw new IllegalStateException("the call did not reach the app; its status was " + farEnd.refusal());
        }
        return call;
    }

    /** Returns {@link #call}'s snapshot. */
    public CallSnapshot snapshot() {
        return call().snapshot();
    }

    /**
     * Returns the status with which the client refused an incoming call, such as 486, or 302 if it
     * forwarded it; 0 if it has not.
     */
    public int refusal() {
        return farEnd.refusal();
    }

    /** Returns the digits that the app sent, in order. */
    public String sentDtmf() {
        return farEnd.digits();
    }

    /** Returns the value of a header of the INVITE that the app sent or got; null if there is none. */
    public @Nullable String header(String name) {
        List<String> all = farEnd.firstInvite().headers(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /**
     * The phone of a dialled call rings.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteRings() {
        dialled(() -> farEnd.respond("180 Ringing"));
    }

    /**
     * The phone system of a dialled call plays something before the answer, such as an
     * announcement.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remotePlaysEarlyMedia() {
        dialled(() -> farEnd.respondWithSound("183 Session Progress"));
    }

    /**
     * The far end answers a dialled call.
     *
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteAnswers() {
        dialled(() -> farEnd.respondWithSound("200 OK"));
    }

    /** As {@link #remoteRefuses} with 486. */
    public void remoteIsBusy() {
        remoteRefuses(486);
    }

    /** As {@link #remoteRefuses} with 603. */
    public void remoteDeclines() {
        remoteRefuses(603);
    }

    /**
     * The far end or the phone system refuses a dialled call.
     *
     * @param refusal a SIP status from 300 to 699
     * @throws IllegalStateException unless the call was dialled and not answered
     */
    public void remoteRefuses(int refusal) {
        String line = ScriptedPhoneSystem.statusLine(refusal);
        dialled(() -> {
            farEnd.respond(line);
            farEnd.end();
        });
    }

    /**
     * The far end hangs up. An incoming call that was not answered then ends with
     * {@link CallEnding.CancelledByCaller}.
     *
     * @throws IllegalStateException if a dialled call was not answered, or the call has ended; see
     *     {@link #remoteDeclines}
     */
    public void remoteHangsUp() {
        system.act(() -> {
            if (farEnd.direction() == CallDirection.INCOMING && farEnd.progress() == FarEnd.Progress.UNANSWERED) {
                farEnd.cancel();
            } else {
                require(FarEnd.Progress.ANSWERED);
                farEnd.send("BYE");
                farEnd.end();
            }
        });
    }

    /**
     * Another phone of the user answers an incoming call.
     *
     * @throws IllegalStateException unless it rings here
     */
    public void answeredElsewhere() {
        unanswered(
                CallDirection.INCOMING, () -> farEnd.cancel("Reason: SIP;cause=200;text=\"Call completed elsewhere\""));
    }

    /**
     * From now on, the caller's ACK does not follow the answer, so that the call stays
     * {@link CallState#CONNECTING} until {@link #remoteAcknowledges}.
     */
    public void delayAck() {
        farEnd.delayAck();
    }

    /**
     * The caller acknowledges the answer.
     *
     * @throws IllegalStateException unless the app has answered
     */
    public void remoteAcknowledges() {
        answered(farEnd::acknowledge);
    }

    /**
     * The far end puts the call on hold.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void remoteHolds() {
        answered(() -> farEnd.hold(true));
    }

    /**
     * The far end resumes the call.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void remoteResumes() {
        answered(() -> farEnd.hold(false));
    }

    /**
     * Says whether the far end refuses to be resumed from now on: {@link Call#resume} is then
     * refused with {@link CommandRefusal#OTHER_SIDE_REFUSED}.
     */
    public void remoteRefusesResume(boolean refuses) {
        farEnd.refuseResume(refuses);
    }

    /**
     * The far end sends DTMF digits.
     *
     * @throws IllegalArgumentException if a character is none of {@code 0-9*#A-D}
     * @throws IllegalStateException unless the call is established
     */
    public void remoteSendsDtmf(String tones) {
        if (!tones.matches("[0-9*#A-D]*")) {
            throw new IllegalArgumentException("not digits: " + tones);
        }
        answered(() -> tones.chars().forEach(tone -> {
            farEnd.send("INFO", "Content-Type: application/dtmf-relay", "", "Signal=" + (char) tone, "Duration=100");
            system.time.advance(ScriptedPhoneSystem.SOON);
        }));
    }

    /** As {@link #remoteAsksForTransfer(String, PartyIdentity)}, by nobody named. */
    public void remoteAsksForTransfer(String target) {
        remoteAsksForTransfer(target, null);
    }

    /**
     * The far end asks the app to call somebody else. Once the app has accepted, the new call is
     * that of {@link CallEvent.TransferFollowed} and of {@link FakeCallClient#lastCall}.
     *
     * @param target an extension or number
     * @param by who asks, or null
     * @throws IllegalStateException unless the call is established
     */
    public void remoteAsksForTransfer(String target, @Nullable PartyIdentity by) {
        Objects.requireNonNull(target, "target");
        List<String> lines = new ArrayList<>(List.of("Refer-To: <sip:" + target + "@" + Addresses.DOMAIN + ">"));
        if (by != null) {
            lines.add("Referred-By: " + Addresses.of(by));
        }
        answered(() -> farEnd.send("REFER", lines.toArray(new String[0])));
    }

    /**
     * The far end reports the progress of the app's transfer.
     *
     * @param status a SIP status; from 100 to 199 is progress, such as 180 if it rings at the
     *     target, from 200 to 299 success, and above that failure
     * @throws IllegalStateException if the app has not asked for a transfer
     */
    public void transferProgresses(int status) {
        answered(() -> {
            if (!farEnd.isTransferred()) {
                throw new IllegalStateException("the app has not asked for a transfer");
            }
            farEnd.notifyTransfer(status);
        });
    }

    /** As {@link #transferProgresses} with 200: the call ends, and so does a consulted one. */
    public void transferSucceeds() {
        transferProgresses(200);
    }

    /** As {@link #transferProgresses} with 486: the call is as before. */
    public void transferFails() {
        transferProgresses(486);
    }

    /**
     * The phone system names the far end anew, as after a transfer.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void remoteIsIdentified(PartyIdentity party) {
        answered(() -> farEnd.send("UPDATE", "P-Asserted-Identity: " + Addresses.of(party)));
    }

    /**
     * The far end stops sending audio, or sends again. The snapshot shows it after a few seconds:
     * see {@link FakeCallClient#advance}.
     *
     * @throws IllegalStateException unless the call is established
     */
    public void receptionChanges(boolean nothingArrives) {
        answered(() -> farEnd.silence(nothingArrives));
    }

    private void dialled(Runnable task) {
        unanswered(CallDirection.OUTGOING, task);
    }

    private void unanswered(CallDirection needed, Runnable task) {
        system.act(() -> {
            if (farEnd.direction() != needed) {
                throw new IllegalStateException("this cannot happen to a call that is " + farEnd.direction());
            }
            require(FarEnd.Progress.UNANSWERED);
            task.run();
        });
    }

    private void answered(Runnable task) {
        system.act(() -> {
            require(FarEnd.Progress.ANSWERED);
            task.run();
        });
    }

    private void require(FarEnd.Progress needed) {
        if (farEnd.progress() != needed) {
            throw new IllegalStateException("this cannot happen while the call is " + farEnd.progress());
        }
    }

    @Override
    public String toString() {
        return "FakeCall[" + farEnd.direction() + ", " + farEnd.progress() + "]";
    }
}
