// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Failure.MediaProblem;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.DialogHandler;
import com.techpro.callclient.engine.internal.sip.InviteListener;
import com.techpro.callclient.engine.internal.sip.OutgoingInvite;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call's messages: what the {@link CallMachine} wants sent, and what comes in for it. It keeps what the call owes the other side, by the
 * ids that inputs and effects carry. Belongs to the loop.
 *
 * <p>What a request in a dialog of the call leads to:
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><th></th><th>a phone rings for our INVITE</th><th>it rings here</th><th>both are there</th></tr>
 *   <tr><td>INVITE</td><td>491 (RFC 3261 §14.2)</td><td>500, Retry-After (§14.2)</td><td>{@link EstablishedCall}</td></tr>
 *   <tr><td>UPDATE</td><td>200</td><td>200</td><td>200</td></tr>
 *   <tr><td>with an offer</td><td>491 before it answered ours, then 200</td><td>500, Retry-After (RFC 3311 §5.2)</td>
 *       <td>{@link EstablishedCall}</td></tr>
 *   <tr><td>PRACK</td><td>481</td><td>200 for our reliable 180, else 481</td><td>481</td></tr>
 *   <tr><td>INFO</td><td>200, or 415</td><td>200, or 415</td><td>200, or 415</td></tr>
 *   <tr><td>NOTIFY</td><td>481: no subscription</td><td>481</td><td>481</td></tr>
 *   <tr><td>BYE</td><td>200: the others ring on</td><td>200, and 487 to the INVITE</td><td>200: over</td></tr>
 *   <tr><td>CANCEL</td><td></td><td>200, and 487 to the INVITE</td><td>200: too late</td></tr>
 *   <tr><td>its flow is lost</td><td>the INVITE fails</td><td>rings on: {@link #moved}</td><td>goes on: {@link Input.Moved}</td></tr>
 * </table>
 */
final class CallSignalling {
    /** Where inputs and pressed keys go. */
    interface Listener {
        void input(Input input);

        void keyPressed(InfoDtmf key);

        /** The phone system says who the other side is now. */
        void identified(PartyIdentity party);
    }

    /** A 2xx, and the INVITE of ours that it answers. */
    private record Accepted(OutgoingInvite invite, SipResponse success) {}

    /** Of phones that ring for one call; of more, the last is who it is. */
    private static final int MOST_IDENTITIES = 12;

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Listener listener;
    private final @Nullable SipUri target;
    private final List<CallHeader> headers;
    private final boolean encrypted;
    private final SessionTimer session;
    private final PressedKeys pressed;
    /** INVITEs and UPDATEs of theirs that wait for {@link Effect.Respond}. */
    private final Map<RequestId, ServerTransactionHandle> unanswered = new HashMap<>(2);
    /** 2xx of theirs that wait for {@link Effect.Acknowledge} or {@link Effect.Discard}. */
    private final Map<AnswerId, Accepted> unacknowledged = new HashMap<>(2);

    /** As the phone system named the phones that ring, or rang, by the tags of their dialogs. */
    private final Map<String, PartyIdentity> identities = new HashMap<>(2);

    private @Nullable OutgoingInvite invite;
    private @Nullable IncomingInvite incoming;
    /** The call's own: of an incoming call at once, of an outgoing one when a phone has answered. */
    private @Nullable Dialog dialog;

    /** Our Contact as the other side of the dialog was last told, and may have refused; null before that. */
    private @Nullable SipUri toldContact;

    private int requests;
    private int byesOpen;

    private CallSignalling(
            Station station,
            SipEndpoint endpoint,
            @Nullable SipUri target,
            List<CallHeader> headers,
            Listener listener) {
        this.loop = station.loop();
        this.stack = station.sip();
        this.session = new SessionTimer(station.loop(), listener::input);
        this.endpoint = endpoint;
        this.target = target;
        this.headers = headers;
        this.listener = listener;
        this.pressed = new PressedKeys(endpoint);
        this.encrypted = !endpoint.account().securityFloor().cleartextMedia();
    }

    /** @param headers the host's own */
    static CallSignalling outgoing(
            Station station,
            SipEndpoint endpoint,
            @Nullable SipUri target,
            List<CallHeader> headers,
            Listener listener) {
        return new CallSignalling(station, endpoint, target, headers, listener);
    }

    /** {@link #ring} follows. */
    static CallSignalling incoming(Station station, SipEndpoint endpoint, Listener listener) {
        return new CallSignalling(station, endpoint, null, List.of(), listener);
    }

    /**
     * Rings: the 180 makes an early dialog (RFC 3261 §12.1.1), through which everything about the call comes from now on, CANCEL and the loss
     * of its flow too.
     *
     * @param id of the INVITE
     */
    void ring(ServerTransactionHandle transaction, RequestId id) {
        IncomingInvite ringing = new IncomingInvite(loop, transaction);
        Dialog early = Dialog.uas(transaction.request(), transaction.localTag(), true);
        incoming = ringing;
        dialog = early;
        stack.register(early, new InDialog(early));
        unanswered.put(id, transaction);
        ringing.ring(endpoint, () -> listener.input(new Input.Broken(new Failure.TimedOut(Failure.Waited.RESPONSE))));
    }

    /**
     * Sends what the machine wants.
     *
     * @throws IllegalStateException if what the effect is about is not there: the machine and this class disagree
     */
    void perform(Effect effect) {
        if (effect instanceof Effect.Invite what) {
            invite(what.offer());
        } else if (effect instanceof Effect.Refresh) {
            update();
        } else if (effect instanceof Effect.Cancel) {
            required(invite, "an INVITE to cancel").cancel();
        } else if (effect instanceof Effect.Acknowledge what) {
            acknowledge(required(unacknowledged.remove(what.to()), "a 2xx to acknowledge"));
        } else if (effect instanceof Effect.Discard what) {
            Accepted unwanted = required(unacknowledged.remove(what.to()), "a 2xx to discard");
            unwanted.invite().discard(unwanted.success());
        } else if (effect instanceof Effect.Respond what) {
            respond(required(unanswered.remove(what.to()), "a request to answer"), what);
        } else if (effect instanceof Effect.Bye) {
            bye();
        } else {
            throw new IllegalStateException(
                    "nobody performs " + effect.getClass().getSimpleName());
        }
    }

    private static <T> T required(@Nullable T target, String what) {
        if (target == null) {
            throw new IllegalStateException("the call wants something done, but there is not " + what);
        }
        return target;
    }

    /** Whether a goodbye of ours is still on its way. */
    boolean isBusy() {
        return byesOpen > 0;
    }

    /** Null if the other side is none, or the call is not established. */
    @Nullable
    Focus focus() {
        Dialog open = dialog;
        return open == null || open.isEarly() || !open.isFocus()
                ? null
                : new Focus(stack, endpoint, open.remoteTarget());
    }

    /** Whether the caller's INVITE came on a flow that is gone, and the account has no new one yet. */
    boolean isCutOff() {
        return incoming != null && incoming.isCutOff();
    }

    /**
     * The phone system reaches the account by this flow now. A caller whose INVITE came on one that is gone gets our answer by the new one. Where
     * the caller takes UPDATE, it is told where we are (RFC 3311), and whether the call is still there shows at once.
     */
    void moved(Flow flow) {
        IncomingInvite waiting = incoming;
        if (waiting == null || !waiting.isCutOff()) {
            return;
        }
        Dialog within = required(dialog, "an early dialog of the caller's");
        if (!waiting.moveTo(flow)) {
            listener.input(new Input.Lost());
        } else if (within.isEarly() && waiting.request().headers("Allow").contains("UPDATE")) {
            endpoint.send(within, within.request("UPDATE"), new StillThere());
        }
    }

    /** Whether our Contact is another one by now than the other side of the dialog was told, and how to tell it. */
    Phase.Target target() {
        Dialog open = dialog;
        SipUri now = contact();
        if (open == null || now == null || now.encode().equals(toldContact == null ? "" : toldContact.encode())) {
            return Phase.Target.KNOWN;
        }
        return session.takesUpdate() ? Phase.Target.TELL_BY_UPDATE : Phase.Target.TELL_BY_INVITE;
    }

    /** What requests and responses sent now say; null while there is no flow. */
    private @Nullable SipUri contact() {
        return endpoint.flow() == null ? null : endpoint.contact().uri();
    }

    void release() {
        session.stop();
        if (incoming != null) {
            incoming.stopRinging();
        }
        // Only a call that is dropped without a word owes an answer still: the transaction ends, whether the caller
        // hears it or not.
        unanswered.values().forEach(owed -> owed.respond(480));
        unanswered.clear();
        if (dialog != null) {
            stack.unregister(dialog);
        }
    }

    /** Presses keys by INFO, each when the one before has been answered. */
    void sendTones(String keys) {
        if (dialog != null) {
            pressed.send(keys, dialog);
        }
    }

    private void invite(SessionDescription offer) {
        Dialog within = dialog;
        SipRequest.Builder request = within != null
                ? within.request("INVITE")
                : endpoint.newRequest("INVITE", required(target, "anybody to invite"));
        OutgoingInvite before = invite;
        SipRequest refused = before == null ? null : before.request();
        if (within == null && refused != null) {
            // The same call once more (RFC 4028 §7.4).
            request.from(refused.from())
                    .callId(refused.callId())
                    .cseq(refused.cseq().number() + 1, "INVITE");
        }
        if (within == null) {
            CustomHeaders.add(headers, request);
        }
        request.body(SessionDescription.CONTENT_TYPE, offer.encode());
        session.ask(request);
        toldContact = contact();
        Outcome outcome = new Outcome(offer);
        OutgoingInvite sent =
                within != null ? endpoint.invite(within, request, outcome) : endpoint.invite(request, outcome);
        outcome.sent = sent;
        invite = sent;
    }

    /** Refreshes the session without touching what was agreed. */
    private void update() {
        Dialog open = required(dialog, "a dialog to refresh");
        SipRequest.Builder request = open.request("UPDATE");
        session.ask(request);
        toldContact = contact();
        endpoint.send(open, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                session.accepted(response);
                listener.input(new Input.Refreshed());
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
                listener.input(new Input.RefreshRefused(StatusMeaning.shown(response), ending(response, why)));
            }

            @Override
            public void failed(Failure why) {
                listener.input(new Input.RefreshUnanswered(why));
            }
        });
    }

    /** A response to what offers encryption alone means that there is none on the other side, or, if it says so, none of ours. */
    private CallEnding ending(SipResponse refusal, Failure why) {
        SessionDescription theirs = Bodies.description(refusal);
        MediaProblem problem = !encrypted
                ? MediaProblem.NO_COMMON_CODEC
                : theirs != null && OfferAnswer.isKeyedByDtls(theirs)
                        ? MediaProblem.ENCRYPTION_UNSUPPORTED
                        : MediaProblem.ENCRYPTION_REFUSED;
        return StatusMeaning.callEnding(refusal, why, problem);
    }

    /** Of a first INVITE, this decides with whom the call is. */
    private void acknowledge(Accepted accepted) {
        OutgoingInvite answered = accepted.invite();
        Dialog open = dialog;
        if (!answered.isWithinDialog()) {
            open = answered.dialog(accepted.success());
            dialog = open;
            stack.register(open, new InDialog(open));
        }
        answered.acknowledge(required(open, "a dialog to acknowledge in"));
    }

    private RequestId owe(ServerTransactionHandle request, Dialog within) {
        RequestId id = new RequestId(
                request.request().method(), ++requests, within.id().remoteTag());
        unanswered.put(id, request);
        return id;
    }

    private void respond(ServerTransactionHandle transaction, Effect.Respond what) {
        SipRequest request = transaction.request();
        SipResponse.Builder response = endpoint.response(transaction, what.status());
        if (incoming != null && incoming.is(transaction)) {
            incoming.stopRinging();
        }
        Dialog within = dialog;
        if (what.status() < 300) {
            toldContact = contact();
        }
        if (what.status() < 300 && within != null) {
            if (request.isMethod("INVITE")) {
                within.confirm();
            }
            if (!within.isEarly()) {
                session.accept(request, response);
            }
        }
        if (what.retryAfter() >= 0) {
            response.set("Retry-After", Integer.toString(what.retryAfter()));
        }
        SessionDescription description = what.description();
        if (description != null) {
            response.body(SessionDescription.CONTENT_TYPE, description.encode());
        }
        transaction.respond(response.build());
    }

    private void bye() {
        session.stop();
        Dialog open = required(dialog, "a dialog to end");
        byesOpen++;
        endpoint.send(open, open.request("BYE"), new RequestListener() {
            @Override
            public void success(SipResponse response) {
                over();
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                over();
            }

            @Override
            public void failed(Failure why) {
                over();
            }

            private void over() {
                byesOpen--;
                listener.input(new Input.GoodbyeDone());
            }
        });
    }

    /**
     * Hears what comes in for one dialog: the call's own, or, as long as nobody has answered our INVITE, that of one of the phones that ring.
     */
    private final class InDialog implements DialogHandler {
        private final Dialog within;

        InDialog(Dialog within) {
            this.within = within;
        }

        @Override
        public void request(ServerTransactionHandle request) {
            if (dialog != null && dialog != within) {
                leftBehind(request);
                return;
            }
            if (request.request().isMethod("INVITE") || request.request().isMethod("UPDATE")) {
                identify(request.request(), request.flow(), within.id().remoteTag());
            }
            switch (request.request().method()) {
                case "BYE" -> {
                    request.respond(200);
                    listener.input(
                            dialog == null
                                    ? new Input.EarlyDialogEnded(within.id().remoteTag())
                                    : new Input.Goodbye(StatusMeaning.isAnsweredElsewhere(request.request())));
                }
                case "INVITE", "UPDATE" -> offered(request);
                case "INFO" -> info(request);
                case "PRACK" -> {
                    if (incoming == null) {
                        request.respond(481);
                    } else {
                        incoming.acknowledged(request);
                    }
                }
                // No subscription belongs to the dialog of a call (RFC 6665 §4.1.3).
                case "NOTIFY" -> request.respond(481);
                default -> request.respond(501);
            }
        }

        /** Another phone has answered: for a while there is still a dialog, but nothing to agree in it (RFC 3261 §13.2.2.4). */
        private void leftBehind(ServerTransactionHandle request) {
            boolean harmless = request.request().isMethod("BYE")
                    || (request.request().isMethod("UPDATE")
                            && !request.request().hasBody());
            if (harmless) {
                request.respond(endpoint.response(request, 200).build());
            } else {
                request.respond(481);
            }
        }

        private void offered(ServerTransactionHandle request) {
            int refusal = Bodies.refusal(request.request());
            SessionDescription offer = Bodies.description(request.request());
            if (refusal != 0) {
                request.respond(refusal);
            } else if (SessionTerms.isTooShort(request.request())) {
                SipResponse.Builder tooShort = request.response(422);
                request.respond(tooShort.set("Min-SE", Long.toString(SessionTerms.SHORTEST.getSeconds()))
                        .build());
            } else {
                RequestId id = owe(request, within);
                listener.input(
                        request.request().isMethod("INVITE")
                                ? new Input.Offered(id, offer)
                                : new Input.Updated(id, offer));
            }
        }

        @Override
        public void cancelled(ServerTransactionHandle invited, SipRequest cancel) {
            if (incoming != null && incoming.is(invited)) {
                listener.input(new Input.GivenUp(StatusMeaning.isAnsweredElsewhere(cancel)));
            }
        }

        @Override
        public void ack(SipRequest ack) {
            incoming = null;
            listener.input(new Input.Acknowledged(Bodies.description(ack)));
        }

        @Override
        public void ackTimedOut() {
            listener.input(new Input.AckMissing());
        }
    }

    /**
     * Who the other side is, if it is the account's own phone system that says so: nobody else vouches for an identity (RFC 3325 §6).
     *
     * @param remoteTag of the dialog it is said in: as long as phones ring there may be several
     */
    private void identify(SipMessage message, @Nullable Flow from, String remoteTag) {
        PartyIdentity party = from != null && endpoint.trusts(from) ? CallingParty.connected(message) : null;
        if (party != null) {
            if (identities.size() < MOST_IDENTITIES) {
                identities.put(remoteTag, party);
            }
            listener.identified(party);
        }
    }

    private void info(ServerTransactionHandle request) {
        InfoDtmf key = InfoDtmf.parse(request.request());
        request.respond(key != null || !request.request().hasBody() ? 200 : 415);
        if (key != null) {
            listener.keyPressed(key);
        }
    }

    /** Hears whether the caller still waits, after the connection to them was lost while it rang. */
    private final class StillThere implements RequestListener {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (StatusMeaning.of(response.status()).endsDialog()) {
                listener.input(new Input.Lost());
            }
        }

        @Override
        public void failed(Failure why) {
            if (why instanceof Failure.TimedOut) {
                listener.input(new Input.Lost());
            }
        }
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
            return new InDialog(made);
        }

        @Override
        public void provisional(SipResponse response) {
            identify(response, sent().flow(), tagOf(response));
            if (!sent().isWithinDialog()) {
                boolean ringing = response.status() == 180 || response.status() == 182;
                listener.input(new Input.Progress(tagOf(response), ringing, Bodies.description(response)));
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
            identify(response, answered.flow(), tagOf(response));
            answeredBy(tagOf(response));
            session.accepted(response);
            if (answered.isWithinDialog() && dialog != null) {
                dialog.confirm(response);
            }
            AnswerId id = new AnswerId(response.cseq().number(), tagOf(response));
            unacknowledged.put(id, new Accepted(answered, response));
            listener.input(new Input.Accepted(id, Bodies.description(response)));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (!sent().isCancelled() && session.raise(response)) {
                invite(offer);
                return;
            }
            listener.input(new Input.Refused(StatusMeaning.shown(response), ending(response, why)));
        }

        @Override
        public void failed(Failure why) {
            listener.input(new Input.Unanswered(why));
        }

        /** What another phone said of itself while it rang is not who answered. */
        private void answeredBy(String tag) {
            if (!sent().isWithinDialog() && target != null && !identities.isEmpty()) {
                listener.identified(identities.getOrDefault(tag, Party.of(NameAddr.of(target))));
            }
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
