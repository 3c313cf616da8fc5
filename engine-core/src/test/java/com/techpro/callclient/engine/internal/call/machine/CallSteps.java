// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SdesOnly;
import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Phases to start from, and steps of the {@link CallMachine} in short. */
public final class CallSteps {
    static final LocalMedia US =
            SdesOnly.create(new InetSocketAddress("192.0.2.1", 4000), SecurityFloor.DEFAULT, Seeds.random(1));
    static final LocalMedia THEM =
            SdesOnly.create(new InetSocketAddress("192.0.2.2", 5000), SecurityFloor.DEFAULT, Seeds.random(2));
    public static final SessionDescription OUR_OFFER = OfferAnswer.offer(US, MediaDirection.SENDRECV);
    static final SessionDescription THEIR_OFFER = OfferAnswer.offer(THEM, MediaDirection.SENDRECV);
    static final SessionDescription THEIR_ANSWER = answerOf(THEM, OUR_OFFER, null);
    static final SessionDescription CLEAR = description("m=audio 5000 RTP/AVP 0");

    static final Forwarding FORWARDING = new Forwarding(
            SipUri.of("sip", "1003", "pbx.example.com", 0),
            SipUri.of("sip", "1001", "pbx.example.com", 0),
            Forwarding.Reason.DEFLECTION);

    static final PartyIdentity CAROL = new PartyIdentity("Carol", "carol", "pbx.example");

    static final CallPhase OPENING_MEDIA = new CallPhase.OpeningMedia(false);
    static final CallPhase DIALLING = new CallPhase.Dialling(US, OUR_OFFER, List.of(), false, false);
    static final CallPhase IDLE = new CallPhase.Idle();
    static final CallPhase INCOMING = incoming(THEIR_OFFER);
    static final CallPhase ANSWERED = step(INCOMING, new CallInput.Answer(US)).phase();
    static final CallPhase CONFIRMED = step(DIALLING, accepted(THEIR_ANSWER)).phase();
    static final CallPhase HOLDING = step(CONFIRMED, new CallInput.Hold()).phase();
    static final CallPhase AWAITING_ACK = step(CONFIRMED, offered(held(true))).phase();

    static final CallInput DUE = new CallInput.RefreshDue(true);
    static final CallPhase REFRESHING = step(CONFIRMED, DUE).phase();

    static final CallEnding BUSY = new CallEnding.Busy();
    static final CallInput BYE = new CallInput.ByeReceived(false);
    static final CallInput TIMED_OUT = new CallInput.InviteTimeout(new Failure.TimedOut(Failure.Waited.RESPONSE));

    /** A row: the next phase and the effects are given in short, see {@link #shown}. */
    record Row(String name, CallPhase phase, CallInput input, String next, String effects) {
        @Override
        public String toString() {
            return name;
        }
    }

    private CallSteps() {}

    static CallInput invite(SessionDescription offer) {
        return new CallInput.InviteReceived(new RequestId("INVITE", 0, "them"), offer);
    }

    static CallPhase incoming(SessionDescription offer) {
        return step(IDLE, invite(offer)).phase();
    }

    /** Their later INVITE. */
    static CallInput offered(SessionDescription offer) {
        return new CallInput.ReInviteReceived(new RequestId("INVITE", 1, "them"), offer);
    }

    static CallInput updated(SessionDescription offer) {
        return updatedBy("them", offer);
    }

    static CallInput updatedBy(String remoteTag, SessionDescription offer) {
        return new CallInput.UpdateReceived(new RequestId("UPDATE", 1, remoteTag), offer);
    }

    static CallInput accepted(SessionDescription answer) {
        return acceptedBy("them", answer);
    }

    static CallInput acceptedBy(String remoteTag, SessionDescription answer) {
        return new CallInput.Accepted(new AnswerId(1, remoteTag), answer);
    }

    static CallInput progress(boolean ringing, SessionDescription answer) {
        return progressOf("them", ringing, answer);
    }

    static CallInput progressOf(String remoteTag, boolean ringing, SessionDescription answer) {
        return new CallInput.Progress(remoteTag, ringing, answer, CallInput.EarlyMedia.UNSAID);
    }

    static CallInput refreshRefused(int status) {
        return new CallInput.RefreshRefused(new SipStatus(status, ""), BUSY);
    }

    static Row row(String name, CallPhase phase, CallInput input, String next, String effects) {
        return new Row(name, phase, input, next, effects);
    }

    static Step step(CallPhase phase, CallInput input) {
        return CallMachine.next(phase, input, CallDirection.OUTGOING, 0.5);
    }

    static String shown(CallPhase phase) {
        return CallTrace.name(phase);
    }

    static String shown(CallEffect effect) {
        String name = effect.getClass().getSimpleName();
        if (effect instanceof CallEffect.Respond respond) {
            return name
                    + (respond.to().method().equals("UPDATE") ? "ToUpdate " : " ")
                    + respond.status()
                    + (respond.description() == null ? "" : "+sdp")
                    + (respond.retryAfter() < 0 ? "" : " later");
        }
        if (effect instanceof CallEffect.Report report) {
            return name + " " + report.what().getClass().getSimpleName();
        }
        return name;
    }

    /** Their later offer, holding or not. */
    static SessionDescription held(boolean held) {
        return OfferAnswer.offer(THEM, held ? MediaDirection.SENDONLY : MediaDirection.SENDRECV, THEIR_ANSWER, null);
    }

    /** Their answer to our hold. */
    static SessionDescription heldAnswer() {
        return answerOf(THEM, OfferAnswer.offer(US, MediaDirection.SENDONLY, OUR_OFFER, null), THEIR_ANSWER);
    }

    static SessionDescription answerOf(LocalMedia who, SessionDescription offer, SessionDescription previous) {
        return ((Negotiation.Agreed) OfferAnswer.answer(who, MediaDirection.SENDRECV, offer, previous, null)).local();
    }

    static SessionDescription description(String media) {
        String text = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n" + media + "\r\n";
        try {
            return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (SdpException e) {
            throw new AssertionError(e);
        }
    }

    static void check(Row row) {
        Step step = step(row.phase(), row.input());

        assertThat(shown(step.phase())).isEqualTo(row.next());
        assertThat(step.effects().stream().map(CallSteps::shown).collect(Collectors.joining(" ")))
                .isEqualTo(row.effects());
    }
}
