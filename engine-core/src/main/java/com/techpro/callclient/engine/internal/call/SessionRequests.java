// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import static com.techpro.callclient.engine.internal.call.CallSignalling.required;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.sip.DialogHandler;
import com.techpro.callclient.engine.internal.sip.InviteListener;
import com.techpro.callclient.engine.internal.sip.OutgoingInvite;
import com.techpro.callclient.engine.internal.sip.OutgoingPlainRequest;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.dialog.DialogId;
import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our requests that begin, change or refresh the session of one call: INVITE with its ACK and CANCEL (RFC 3261 §13, §14), and UPDATE (RFC
 * 3311). Belongs to the loop.
 */
final class SessionRequests {
    /** A 2xx, and the INVITE of ours that it answers. */
    private record Accepted(OutgoingInvite invite, SipResponse success) {}

    private final CallSignalling signalling;
    private final SipEndpoint endpoint;
    private final SessionTimer session;
    private final ConnectedParty connected;
    private final CallSignalling.Listener listener;
    private final @Nullable SipUri target;
    private final CallOptions options;
    private final boolean encrypted;
    /** 2xx of theirs that wait for {@link CallEffect.Acknowledge} or {@link CallEffect.Discard}. */
    private final Map<AnswerId, Accepted> unacknowledged = new HashMap<>(2);

    private @Nullable OutgoingInvite invite;
    private @Nullable Outcome outcome;

    /**
     * @param target whom to call; null for a call that came in
     * @param options what the host wants the first INVITE to say
     */
    SessionRequests(
            CallSignalling signalling,
            SipEndpoint endpoint,
            SessionTimer session,
            ConnectedParty connected,
            CallSignalling.Listener listener,
            @Nullable SipUri target,
            CallOptions options) {
        this.signalling = signalling;
        this.endpoint = endpoint;
        this.session = session;
        this.connected = connected;
        this.listener = listener;
        this.target = target;
        this.options = options;
        this.encrypted = !endpoint.account().securityFloor().cleartextMedia();
    }

    void invite(SessionDescription offer) {
        Dialog within = signalling.dialog();
        SipRequest.Builder request = within != null
                ? within.request("INVITE")
                : endpoint.newRequest("INVITE", required(target, "anybody to invite"));
        OutgoingInvite before = invite;
        SipRequest refused = before == null ? null : before.request();
        if (within == null && before != null && refused != null && before.isLost()) {
            endpoint.cancelLost(refused);
        }
        if (within == null && refused != null) {
            // The same call once more (RFC 4028 §7.4).
            request.from(refused.from())
                    .callId(refused.callId())
                    .cseq(refused.cseq().number() + 1, "INVITE");
        }
        if (within == null) {
            CustomHeaders.add(options.headers(), request);
            if (options.numberWithheld()) {
                request.set("Privacy", "user;id");
            }
        }
        if (TrickleInfo.isOffered(offer)) {
            request.set(TrickleInfo.RECV_INFO, TrickleInfo.PACKAGE);
        }
        request.body(SessionDescription.CONTENT_TYPE, offer.encode());
        session.ask(request);
        signalling.tellContact();
        Outcome outcome = new Outcome(offer);
        this.outcome = outcome;
        OutgoingInvite sent =
                within != null ? endpoint.invite(within, request, outcome) : endpoint.invite(request, outcome);
        outcome.sent = sent;
        invite = sent;
    }

    /** Refreshes the session without touching what was agreed. */
    void update() {
        Dialog open = required(signalling.dialog(), "a dialog to refresh");
        SipRequest.Builder request = open.request("UPDATE");
        session.ask(request);
        signalling.tellContact();
        Refreshing outcome = new Refreshing(open.id().remoteTag());
        outcome.sent = endpoint.send(open, request, outcome);
    }

    /** Hears what becomes of one UPDATE. */
    private final class Refreshing implements RequestListener {
        private final String remoteTag;
        private @Nullable OutgoingPlainRequest sent;

        Refreshing(String remoteTag) {
            this.remoteTag = remoteTag;
        }

        @Override
        public void success(SipResponse response) {
            connected.learn(
                    response, required(sent, "an UPDATE that this is about").flow(), remoteTag);
            session.accepted(response);
            listener.input(new CallInput.Refreshed());
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (session.raise(response)) {
                update();
                return;
            }
            if (StatusMeaning.of(response.status()) == StatusMeaning.UNSUPPORTED) {
                session.updateRefused();
            }
            listener.input(new CallInput.RefreshRefused(StatusMeaning.shown(response), ending(response, why)));
        }

        @Override
        public void failed(Failure why) {
            listener.input(new CallInput.RefreshUnanswered(why));
        }
    }

    /** A response to what offers encryption alone means that there is none on the other side, or, if it says so, none of ours. */
    private CallEnding ending(SipResponse refusal, Failure why) {
        SessionDescription theirs = MessageBodies.description(refusal);
        MediaProblem problem = !encrypted
                ? MediaProblem.NO_COMMON_CODEC
                : theirs != null && OfferAnswer.isKeyedByDtls(theirs)
                        ? MediaProblem.ENCRYPTION_UNSUPPORTED
                        : MediaProblem.ENCRYPTION_REFUSED;
        return StatusMeaning.callEnding(refusal, why, problem);
    }

    /** The call is over. The host may keep it, and the keys that its messages name are not kept with it. */
    void release() {
        invite = null;
        outcome = null;
        unacknowledged.clear();
    }

    /** Gives up our first INVITE. */
    void cancel() {
        required(invite, "an INVITE to cancel").cancel();
    }

    /** Somebody else has picked the call up: gives up our first INVITE, and whoever answers it all the same. */
    void abandon() {
        if (outcome != null) {
            outcome.decided = true;
        }
        // A phone that rings for it has missed nothing (RFC 3326).
        required(invite, "an INVITE to abandon").cancel("SIP;cause=200;text=\"Call completed elsewhere\"");
    }

    /** Whether our first INVITE, which nobody has answered, has this name. */
    boolean isDialledAs(DialogId dialog) {
        SipRequest sent = invite == null ? null : invite.request();
        return sent != null
                && sent.callId().equals(dialog.callId())
                && dialog.localTag().equals(sent.from().tag());
    }

    /** Of a first INVITE, this decides with whom the call is. */
    void acknowledge(AnswerId id) {
        Accepted accepted = required(unacknowledged.remove(id), "a 2xx to acknowledge");
        OutgoingInvite answered = accepted.invite();
        if (!answered.isWithinDialog()) {
            signalling.open(answered.dialog(accepted.success()));
        }
        answered.acknowledge(required(signalling.dialog(), "a dialog to acknowledge in"));
    }

    void discard(AnswerId id) {
        Accepted unwanted = required(unacknowledged.remove(id), "a 2xx to discard");
        unwanted.invite().discard(unwanted.success());
    }

    /** Hears what becomes of one INVITE. */
    private final class Outcome implements InviteListener {
        private final SessionDescription offer;
        private @Nullable OutgoingInvite sent;
        private boolean decided;

        Outcome(SessionDescription offer) {
            this.offer = offer;
        }

        @Override
        public DialogHandler early(Dialog made) {
            return signalling.requestsIn(made);
        }

        @Override
        public void provisional(SipResponse response) {
            if (decided) {
                return;
            }
            connected.learn(response, sent().flow(), tagOf(response));
            if (!sent().isWithinDialog()) {
                boolean ringing = response.status() == 180 || response.status() == 182;
                listener.input(new CallInput.Progress(
                        tagOf(response), ringing, MessageBodies.description(response), earlyMedia(response)));
            }
        }

        @Override
        public void accepted(SipResponse response) {
            OutgoingInvite answered = sent();
            if (decided) {
                // Another phone of a fork was answered as well (RFC 3261 §13.2.2.4).
                answered.discard(response);
                return;
            }
            decided = true;
            signalling.trickle().learn(response);
            connected.learn(response, answered.flow(), tagOf(response));
            if (!answered.isWithinDialog()) {
                connected.answeredBy(tagOf(response));
            }
            session.accepted(response);
            Dialog within = signalling.dialog();
            if (answered.isWithinDialog() && within != null) {
                within.confirm(response);
            }
            AnswerId id = new AnswerId(response.cseq().number(), tagOf(response));
            unacknowledged.put(id, new Accepted(answered, response));
            listener.input(new CallInput.Accepted(id, MessageBodies.description(response)));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (decided) {
                return;
            }
            if (!sent().isCancelled() && session.raise(response)) {
                invite(offer);
                return;
            }
            listener.input(new CallInput.Refused(StatusMeaning.shown(response), ending(response, why)));
        }

        @Override
        public void failed(Failure why) {
            if (!decided) {
                boolean lost = !sent().isCancelled() && sent().isLost();
                listener.input(lost ? new CallInput.InviteLost() : new CallInput.InviteTimeout(why));
            }
        }

        /** RFC 5009 §8: as whoever says it sees it; only a phone system that is trusted may. */
        private CallInput.EarlyMedia earlyMedia(SipResponse response) {
            Flow from = sent().flow();
            ParameterizedToken said = ParameterizedToken.parse(response.header("P-Early-Media"));
            if (said == null || from == null || !endpoint.trusts(from)) {
                return CallInput.EarlyMedia.UNSAID;
            }
            return switch (said.token()) {
                case "sendrecv", "sendonly" -> CallInput.EarlyMedia.PERMITTED;
                case "recvonly", "inactive" -> CallInput.EarlyMedia.WITHHELD;
                default -> CallInput.EarlyMedia.UNSAID;
            };
        }

        private OutgoingInvite sent() {
            return required(sent, "an INVITE that this is about");
        }

        private String tagOf(SipResponse response) {
            String tag = response.to().tag();
            return tag == null ? "" : tag;
        }
    }
}
