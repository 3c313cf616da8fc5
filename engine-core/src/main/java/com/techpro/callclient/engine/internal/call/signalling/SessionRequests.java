// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static com.techpro.callclient.engine.internal.call.signalling.CallSignalling.required;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.context.CustomHeaders;
import com.techpro.callclient.engine.internal.call.machine.AnswerId;
import com.techpro.callclient.engine.internal.call.machine.CallEffect;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.party.ConnectedParty;
import com.techpro.callclient.engine.internal.call.sdp.MediaCapabilities;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.stack.sip.DialogHandler;
import com.techpro.callclient.stack.sip.InviteListener;
import com.techpro.callclient.stack.sip.OutgoingInvite;
import com.techpro.callclient.stack.sip.OutgoingPlainRequest;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Our requests that start, change or refresh the session of one call: INVITE with its ACK and
 * CANCEL (RFC 3261 §13, §14), and UPDATE (RFC 3311). Belongs to the loop.
 */
public final class SessionRequests {
    /** A 2xx, and our INVITE that it answers. */
    private record Accepted(OutgoingInvite invite, SipResponse success) {}

    private final CallSignalling signalling;
    private final SipEndpoint endpoint;
    private final SessionTimer session;
    private final ConnectedParty connected;
    private final Consumer<CallInput> mailbox;
    private final @Nullable SipUri target;
    private final CallOptions options;
    /** Received 2xx that wait for {@link CallEffect.Acknowledge} or {@link CallEffect.Discard}. */
    private final Map<AnswerId, Accepted> unacknowledged = new HashMap<>(2);

    /** Obtained for the first INVITE, until that is sent. */
    private @Nullable Flow obtained;

    private @Nullable OutgoingInvite invite;
    private @Nullable Outcome outcome;
    /** Our latest UPDATE. */
    private @Nullable Refreshing refreshing;
    /** Set once per call: a far end that refuses both key exchanges accepts none. */
    private boolean otherKeysOffered;

    /**
     * @param target the party to call; null for an incoming call
     * @param options the host's options for the first INVITE
     */
    SessionRequests(
            CallSignalling signalling,
            SipEndpoint endpoint,
            SessionTimer session,
            ConnectedParty connected,
            Consumer<CallInput> mailbox,
            @Nullable SipUri target,
            CallOptions options) {
        this.signalling = signalling;
        this.endpoint = endpoint;
        this.session = session;
        this.connected = connected;
        this.mailbox = mailbox;
        this.target = target;
        this.options = options;
    }

    /** Obtains the flow on which the first INVITE goes. */
    void connect(Consumer<Flow> opened) {
        endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                obtained = flow;
                opened.accept(flow);
            }

            @Override
            public void failed(Failure failure) {
                mailbox.accept(new CallInput.CallFailed(failure));
            }
        });
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
            // The same call again (RFC 4028 §7.4).
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
        OutgoingInvite sent = send(within, request, outcome);
        outcome.sent = sent;
        invite = sent;
    }

    private OutgoingInvite send(@Nullable Dialog within, SipRequest.Builder request, Outcome outcome) {
        Flow on = obtained;
        obtained = null;
        if (within != null) {
            return endpoint.invite(within, request, outcome);
        }
        return on == null ? endpoint.invite(request, outcome) : endpoint.invite(on, request, outcome);
    }

    /** Refreshes the session without an offer. */
    void update() {
        Dialog open = required(signalling.dialog(), "a dialog to refresh");
        SipRequest.Builder request = open.request("UPDATE");
        session.ask(request);
        signalling.tellContact();
        Refreshing outcome = new Refreshing(open.id().remoteTag());
        refreshing = outcome;
        outcome.sent = endpoint.send(open, request, outcome);
    }

    /**
     * Handles the result of one UPDATE. The call waits for the latest one only: the result of an
     * earlier one says nothing about a Contact that changed since.
     */
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
            if (refreshing == this) {
                mailbox.accept(new CallInput.Refreshed());
            }
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (refreshing != this) {
                return;
            }
            if (session.raise(response)) {
                update();
                return;
            }
            if (StatusMeaning.of(response.status()) == StatusMeaning.UNSUPPORTED) {
                session.updateRefused();
            }
            mailbox.accept(new CallInput.RefreshRefused(
                    StatusMeaning.shown(response), CallEndings.of(response, why, MediaProblem.REFUSED, true)));
        }

        @Override
        public void failed(Failure why) {
            if (refreshing == this) {
                mailbox.accept(new CallInput.RefreshUnanswered(why));
            }
        }
    }

    /**
     * Releases messages at the end of the call. The host may keep the call object, which must not
     * keep keys from the messages.
     */
    void release() {
        invite = null;
        outcome = null;
        refreshing = null;
        unacknowledged.clear();
    }

    /** Cancels our first INVITE. */
    void cancel() {
        required(invite, "an INVITE to cancel").cancel();
    }

    /** Cancels our first INVITE because of a call pickup, and discards any late answer to it. */
    void abandon() {
        if (outcome != null) {
            outcome.decided = true;
        }
        // A ringing phone must not report a missed call (RFC 3326).
        required(invite, "an INVITE to abandon").cancel("SIP;cause=200;text=\"Call completed elsewhere\"");
    }

    /** Whether this is our first INVITE, still unanswered. */
    boolean isDialledAs(DialogId dialog) {
        SipRequest sent = invite == null ? null : invite.request();
        return sent != null
                && sent.callId().equals(dialog.callId())
                && dialog.localTag().equals(sent.from().tag());
    }

    /** Sends the ACK. For a first INVITE, this decides which phone the call is with. */
    void acknowledge(AnswerId id) {
        Accepted accepted = required(unacknowledged.remove(id), "a 2xx to acknowledge");
        OutgoingInvite answered = accepted.invite();
        if (!answered.isWithinDialog()) {
            signalling.open(answered.dialog(accepted.success()));
        }
        answered.acknowledge(required(signalling.dialog(), "a dialog to acknowledge in"));
        if (answered == invite) {
            // Its transaction repeats the ACK where needed (RFC 6026 §8.4); the call needs no more of it.
            invite = null;
            outcome = null;
        }
    }

    void discard(AnswerId id) {
        Accepted unwanted = required(unacknowledged.remove(id), "a 2xx to discard");
        unwanted.invite().discard(unwanted.success());
    }

    /** Handles the responses to one INVITE. */
    private final class Outcome implements InviteListener {
        private final SessionDescription offer;
        private @Nullable OutgoingInvite sent;
        private boolean decided;
        /**
         * Whether a provisional response other than 100 arrived: a phone rings, or the phone system
         * plays ringback.
         */
        private boolean rang;

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
            rang |= response.status() > 100;
            if (!sent().isWithinDialog()) {
                boolean ringing = response.status() == 180 || response.status() == 182;
                mailbox.accept(new CallInput.Progress(
                        tagOf(response), ringing, MessageBodies.description(response), earlyMedia(response)));
            }
        }

        @Override
        public void accepted(SipResponse response) {
            OutgoingInvite answered = sent();
            if (decided) {
                // Another phone of a fork answered as well (RFC 3261 §13.2.2.4).
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
            mailbox.accept(new CallInput.Accepted(id, MessageBodies.description(response)));
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
            MediaRefusal refusal = MediaRefusal.of(offer, response);
            mailbox.accept(new CallInput.Refused(
                    StatusMeaning.shown(response),
                    CallEndings.of(response, why, refusal.problem(), rang),
                    isOfferedAgain(response) ? otherKeys(refusal) : null));
        }

        /**
         * Whether the offer may be repeated with other keys: only for the first INVITE, because a
         * refused re-INVITE changes nothing (RFC 3261 §14.1).
         */
        private boolean isOfferedAgain(SipResponse response) {
            return StatusMeaning.of(response.status()) == StatusMeaning.MEDIA
                    && !sent().isWithinDialog()
                    && !sent().isCancelled();
        }

        private @Nullable Set<KeyExchange> otherKeys(MediaRefusal refusal) {
            Set<KeyExchange> offered = MediaCapabilities.keys(offer);
            if (otherKeysOffered || offered == null || offered.isEmpty()) {
                return null;
            }
            Set<KeyExchange> other = refusal.instead(endpoint.account().keyingPolicy(), offered);
            otherKeysOffered = other != null;
            return other;
        }

        @Override
        public void failed(Failure why) {
            if (!decided) {
                boolean lost = !sent().isCancelled() && sent().isLost();
                mailbox.accept(lost ? new CallInput.InviteLost() : new CallInput.InviteTimeout(why));
            }
        }

        /**
         * Reads P-Early-Media (RFC 5009 §8), whose directions are from the sender's view. Only a
         * trusted phone system may send it.
         */
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
