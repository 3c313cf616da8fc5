// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.dialog.DialogId;
import com.techpro.callclient.engine.internal.sip.dialog.Replaces;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.refer.Referral;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's messages: what the {@link CallMachine} wants sent, and what comes in for it. It keeps what the call owes the other side, by the
 * ids that inputs and effects carry. Belongs to the loop.
 *
 * <p>What comes in, in each dialog, is for {@link CallRequests}; our INVITEs and UPDATEs are for {@link SessionRequests}.
 */
final class CallSignalling {
    private static final int BAD_INFO_PACKAGE = 469;

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Consumer<CallInput> mailbox;
    private final SessionTimer session;
    private final DtmfInfoSender pressed;
    private final TrickleInfo trickle;
    private final ConnectedParty connected;
    private final SessionRequests requests;
    /** INVITEs and UPDATEs of theirs that wait for {@link CallEffect.Respond}. */
    private final Map<RequestId, ServerTransactionHandle> unanswered = new HashMap<>(2);

    private @Nullable IncomingInvite incoming;
    /** The call's own: of an incoming call at once, of an outgoing one when a phone has answered. */
    private @Nullable Dialog dialog;

    /** Our Contact as the other side of the dialog was last told, and may have refused; null before that. */
    private @Nullable SipUri toldContact;

    /** The transfer that we asked for last, or null. */
    private @Nullable Referral referral;
    /** Whether the other side's goodbye means that it talks to somebody else now, as we asked for in another call. */
    private boolean consulting;

    /** The INVITE of whoever takes the other side's place, until it is answered; or null. */
    private @Nullable ServerTransactionHandle replacement;

    private int owed;
    private int byesOpen;

    private CallSignalling(
            CallContext context,
            SipEndpoint endpoint,
            @Nullable SipUri target,
            CallOptions options,
            Consumer<CallInput> mailbox) {
        this.loop = context.loop();
        this.stack = context.sip();
        this.session = new SessionTimer(context.loop(), mailbox);
        this.endpoint = endpoint;
        this.mailbox = mailbox;
        this.pressed = new DtmfInfoSender(endpoint, why -> mailbox.accept(new CallInput.KeysRefused(why)));
        this.trickle = new TrickleInfo(endpoint);
        this.connected =
                new ConnectedParty(endpoint, target, party -> mailbox.accept(new CallInput.PartyIdentified(party)));
        this.requests = new SessionRequests(this, endpoint, session, connected, mailbox, target, options);
    }

    /** @param options what the host wants the INVITE to say */
    static CallSignalling outgoing(
            CallContext context,
            SipEndpoint endpoint,
            @Nullable SipUri target,
            CallOptions options,
            Consumer<CallInput> mailbox) {
        return new CallSignalling(context, endpoint, target, options, mailbox);
    }

    /** {@link #ring} follows. */
    static CallSignalling incoming(CallContext context, SipEndpoint endpoint, Consumer<CallInput> mailbox) {
        return new CallSignalling(context, endpoint, null, CallOptions.DEFAULT, mailbox);
    }

    /**
     * Rings: the 180 makes an early dialog (RFC 3261 §12.1.1), through which everything about the call comes from now on, CANCEL and the loss
     * of its flow too.
     *
     * @param id of the INVITE
     */
    void ring(ServerTransactionHandle transaction, RequestId id) {
        trickle.learn(transaction.request());
        IncomingInvite ringing = new IncomingInvite(loop, transaction);
        Dialog early = Dialog.uas(transaction.request(), transaction.localTag(), true);
        incoming = ringing;
        dialog = early;
        stack.register(endpoint, early, requestsIn(early));
        unanswered.put(id, transaction);
        ringing.ring(
                endpoint,
                () -> mailbox.accept(new CallInput.CallFailed(new Failure.TimedOut(Failure.Waited.RESPONSE))));
    }

    /**
     * Sends what the machine wants.
     *
     * @throws IllegalStateException if what the effect is about is not there: the machine and this class disagree
     */
    void perform(CallEffect effect) {
        if (effect instanceof CallEffect.Invite what) {
            requests.invite(what.offer());
        } else if (effect instanceof CallEffect.Refresh) {
            requests.update();
        } else if (effect instanceof CallEffect.Cancel) {
            requests.cancel();
        } else if (effect instanceof CallEffect.Acknowledge what) {
            requests.acknowledge(what.to());
        } else if (effect instanceof CallEffect.Discard what) {
            requests.discard(what.to());
        } else if (effect instanceof CallEffect.Respond what) {
            respond(required(unanswered.remove(what.to()), "a request to answer"), what);
        } else if (effect instanceof CallEffect.Bye) {
            bye();
        } else {
            throw new IllegalStateException(
                    "nobody performs " + effect.getClass().getSimpleName());
        }
    }

    static <T> T required(@Nullable T target, String what) {
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
            mailbox.accept(new CallInput.FlowLost());
        } else if (within.isEarly() && waiting.request().headers("Allow").contains("UPDATE")) {
            endpoint.send(within, within.request("UPDATE"), new StillThere());
        }
    }

    /** Whether our Contact is another one by now than the other side of the dialog was told, and how to tell it. */
    CallPhase.Target target() {
        Dialog open = dialog;
        SipUri now = contact();
        if (open == null || now == null || now.encode().equals(toldContact == null ? "" : toldContact.encode())) {
            return CallPhase.Target.KNOWN;
        }
        return session.takesUpdate() ? CallPhase.Target.TELL_BY_UPDATE : CallPhase.Target.TELL_BY_INVITE;
    }

    /** What requests and responses sent now say; null while there is no flow. */
    private @Nullable SipUri contact() {
        return endpoint.flow() == null ? null : endpoint.contact().uri();
    }

    /** Asks the other side to call somebody (RFC 3515). */
    void refer(SipUri target, Referral.Listener heard) {
        Dialog open = required(dialog, "a dialog to refer in");
        referral = Referral.sendWithin(loop, stack, endpoint, open, target, heard);
    }

    /**
     * The address of the other side, with what makes whoever calls it take this call's place there (RFC 3891 §4): that of the very phone where it has
     * one that anybody may call (RFC 5589 §7.2, RFC 5627), else that of its user.
     */
    SipUri inPlaceOfUs() {
        Dialog open = required(dialog, "a dialog to be replaced");
        SipUri phone = open.remoteTarget();
        SipUri target = phone.param("gr") != null ? phone : open.remote().uri();
        return target.withHeader("Replaces", Replaces.of(open.id()));
    }

    /** Whether this is the dialog of the call, or its first INVITE that nobody has answered yet. */
    boolean isNamed(DialogId other) {
        return dialog == null ? requests.isDialledAs(other) : dialog.id().equals(other);
    }

    /** Keeps the INVITE of somebody who takes the other side's place, until {@link CallEffect.Respond} answers it. */
    RequestId oweReplacement(ServerTransactionHandle invite) {
        RequestId id = new RequestId("INVITE", ++owed, invite.localTag());
        unanswered.put(id, invite);
        replacement = invite;
        return id;
    }

    /** Whether whoever takes the other side's place has not given that up. */
    boolean isReplacementWaiting() {
        return replacement != null && !replacement.isAnswered();
    }

    /** @return the dialog of the call until now, or null if nobody had answered */
    private @Nullable Dialog takeOver(ServerTransactionHandle invite) {
        Dialog before = dialog;
        SipRequest request = invite.request();
        consulting = false;
        if (referral != null) {
            referral.dispose();
        }
        mailbox.accept(new CallInput.PlaceTaken());
        open(Dialog.uas(request, invite.localTag(), false));
        mailbox.accept(new CallInput.PartyIdentified(CallerIdentity.of(request, endpoint.trusts(invite.flow()))));
        return before;
    }

    void consulting(boolean now) {
        consulting = now;
    }

    /** Whether the other side leaves because we sent it to somebody else. */
    boolean isTransferred() {
        return consulting || (referral != null && referral.isAccepted());
    }

    /** @return false if it belongs to no subscription */
    boolean notified(ServerTransactionHandle notify) {
        return referral != null && referral.takes(notify);
    }

    void release() {
        if (referral != null) {
            referral.dispose();
        }
        session.stop();
        requests.release();
        if (incoming != null) {
            incoming.stopRinging();
            incoming = null;
        }
        // Only a call that is dropped without a word owes an answer still: the transaction ends, whether the caller
        // hears it or not.
        unanswered.values().forEach(owed -> owed.respond(480));
        unanswered.clear();
        replacement = null;
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

    /** Tells candidates of ours that follow our description, if the other side takes them. */
    void trickle(String fragment) {
        if (dialog != null) {
            trickle.send(fragment, dialog);
        }
    }

    TrickleInfo trickle() {
        return trickle;
    }

    CallRequests requestsIn(Dialog within) {
        return new CallRequests(this, endpoint, connected, mailbox, within);
    }

    /** Whether another phone has answered, so that nothing is to be agreed in this dialog any more. */
    boolean isLeftBehind(Dialog other) {
        return dialog != null && dialog != other;
    }

    /** The call's own, or null as long as nobody has answered our INVITE. */
    @Nullable
    Dialog dialog() {
        return dialog;
    }

    /** This is whom the call is with: with the phone that answered our INVITE. */
    void open(Dialog answered) {
        dialog = answered;
        stack.register(endpoint, answered, requestsIn(answered));
    }

    /** What is sent to the other side now says how we are reached. */
    void tellContact() {
        toldContact = contact();
    }

    /** Whether nobody has answered our INVITE yet. */
    boolean isUndecided() {
        return dialog == null;
    }

    /** The caller's INVITE, until its ACK; null in a call of ours. */
    @Nullable
    IncomingInvite incoming() {
        return incoming;
    }

    /** The caller's INVITE, or a later one of theirs, was acknowledged. */
    void acknowledged() {
        incoming = null;
    }

    /** Keeps a request of theirs until {@link CallEffect.Respond} answers it. */
    RequestId owe(ServerTransactionHandle request, Dialog within) {
        RequestId id =
                new RequestId(request.request().method(), ++owed, within.id().remoteTag());
        unanswered.put(id, request);
        return id;
    }

    private void respond(ServerTransactionHandle transaction, CallEffect.Respond what) {
        SipRequest request = transaction.request();
        boolean replaces = transaction == replacement && what.status() < 300;
        Dialog left = replaces ? takeOver(transaction) : null;
        if (transaction == replacement) {
            replacement = null;
        }
        SipResponse.Builder response = endpoint.response(transaction, what.status());
        if (incoming != null && incoming.is(transaction)) {
            incoming.stopRinging();
        } else if (what.status() >= 300) {
            // Why the first INVITE is not accepted is how the call ends.
            refused(transaction, reason(what.status()), what.status());
        }
        Dialog within = dialog;
        if (what.status() < 300) {
            tellContact();
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
        Forwarding forwarding = what.forwarding();
        if (forwarding != null) {
            forwarding.write(request, response);
        }
        SessionDescription description = what.description();
        if (description != null) {
            if (TrickleInfo.isOffered(description)) {
                response.set(TrickleInfo.RECV_INFO, TrickleInfo.PACKAGE);
            }
            response.body(SessionDescription.CONTENT_TYPE, description.encode());
        }
        transaction.respond(response.build());
        if (left != null) {
            goodbye(left);
        } else if (replaces) {
            requests.abandon();
        }
    }

    /**
     * Answers candidates of the other side.
     *
     * @param taken false if this call does without
     */
    void answerCandidates(RequestId id, boolean taken) {
        ServerTransactionHandle info = required(unanswered.remove(id), "candidates to answer");
        if (taken) {
            info.respond(200);
        } else {
            refusePackage(info);
        }
    }

    /** RFC 6086 §4.2.2. */
    void refusePackage(ServerTransactionHandle info) {
        refused(info, RefusalReason.UNSUPPORTED_MEDIA_TYPE, BAD_INFO_PACKAGE);
        info.respond(info.response(BAD_INFO_PACKAGE)
                .set(TrickleInfo.RECV_INFO, TrickleInfo.PACKAGE)
                .build());
    }

    static RefusalReason reason(int status) {
        return switch (status) {
            case 488 -> RefusalReason.NOT_ACCEPTABLE_HERE;
            case 481 -> RefusalReason.UNKNOWN_DIALOG;
            case 486, 603 -> RefusalReason.NOT_REPLACEABLE;
            // What they may send again a moment later.
            default -> RefusalReason.REQUEST_PENDING;
        };
    }

    /** A request of the call is refused, and nobody was asked. */
    void refused(ServerTransactionHandle request, RefusalReason reason, int status) {
        stack.refused(endpoint.account(), reason, request, status);
    }

    private void bye() {
        session.stop();
        goodbye(required(dialog, "a dialog to end"));
    }

    private void goodbye(Dialog open) {
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
                if (isLeftBehind(open)) {
                    stack.unregister(open);
                }
                mailbox.accept(new CallInput.ByeCompleted());
            }
        });
    }

    /** Hears whether the caller still waits, after the connection to them was lost while it rang. */
    private final class StillThere implements RequestListener {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (StatusMeaning.of(response.status()).endsDialog()) {
                mailbox.accept(new CallInput.FlowLost());
            }
        }

        @Override
        public void failed(Failure why) {
            if (why instanceof Failure.TimedOut) {
                mailbox.accept(new CallInput.FlowLost());
            }
        }
    }
}
