// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallEffect;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallMachine;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.party.ConnectedParty;
import com.techpro.callclient.engine.internal.call.party.Focus;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.refer.Referral;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's SIP messages. It performs the effects of the {@link CallMachine}. Belongs to the loop.
 *
 * <p>{@link CallRequests} handles the far end's requests in each dialog, and
 * {@link SessionResponses} answers them; {@link SessionRequests} sends our INVITEs and UPDATEs.
 */
public final class CallSignalling {
    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Consumer<CallInput> mailbox;
    private final SessionTimer session;
    private final DtmfInfoSender pressed;
    private final TrickleInfo trickle;
    private final ConnectedParty connected;
    private final SessionRequests requests;
    private final SessionResponses responses;

    private @Nullable IncomingInvite incoming;
    /**
     * The call's own dialog: set at once for an incoming call, and by the first answer for an
     * outgoing one.
     */
    private @Nullable Dialog dialog;

    /**
     * The Contact that we last sent to the far end, which may have refused it; null before that.
     */
    private @Nullable SipUri toldContact;

    /** Our latest transfer request, or null. */
    private @Nullable Referral referral;
    /**
     * Whether a BYE from the far end means that the transfer requested in another call succeeded.
     */
    private boolean consulting;

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
        this.pressed = new DtmfInfoSender(endpoint, why -> mailbox.accept(new CallInput.DtmfRefused(why)));
        this.trickle = new TrickleInfo(endpoint);
        this.connected =
                new ConnectedParty(endpoint, target, party -> mailbox.accept(new CallInput.PartyIdentified(party)));
        this.requests = new SessionRequests(this, endpoint, session, connected, mailbox, target, options);
        this.responses = new SessionResponses(this, stack, endpoint, session);
    }

    /** @param options the host's options for the INVITE */
    public static CallSignalling outgoing(
            CallContext context,
            SipEndpoint endpoint,
            @Nullable SipUri target,
            CallOptions options,
            Consumer<CallInput> mailbox) {
        return new CallSignalling(context, endpoint, target, options, mailbox);
    }

    /**
     * Obtains the flow of our INVITE, because its offer has the flow's local address.
     *
     * @param opened receives the flow, on which {@link CallEffect.Invite} will send
     */
    public void connect(Consumer<Flow> opened) {
        requests.connect(opened);
    }

    /** Creates the signalling of an incoming call; {@link CallEffect.Ring180} follows. */
    public static CallSignalling incoming(CallContext context, SipEndpoint endpoint, Consumer<CallInput> mailbox) {
        return new CallSignalling(context, endpoint, null, CallOptions.DEFAULT, mailbox);
    }

    /**
     * Rings. The 180 creates an early dialog (RFC 3261 §12.1.1). From then on, everything about the
     * call arrives through that dialog, including CANCEL and the loss of its flow.
     */
    private void ring(ServerTransactionHandle transaction) {
        trickle.learn(transaction.request());
        IncomingInvite ringing = new IncomingInvite(loop, endpoint, mailbox, transaction);
        Dialog early = Dialog.uas(transaction.request(), transaction.localTag(), true);
        incoming = ringing;
        dialog = early;
        stack.register(endpoint, early, requestsIn(early));
        ringing.ring();
    }

    /**
     * Performs an effect of the machine.
     *
     * @throws IllegalStateException if the subject of the effect does not exist: the machine and
     *     this class disagree
     */
    public void perform(CallEffect effect) {
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
            responses.respond(what);
        } else if (effect instanceof CallEffect.Ring180 what) {
            ring(responses.waiting(what.to()));
        } else if (effect instanceof CallEffect.Bye) {
            bye();
        } else {
            throw new IllegalStateException(
                    "nobody performs " + effect.getClass().getSimpleName());
        }
    }

    public static <T> T required(@Nullable T target, String what) {
        if (target == null) {
            throw new IllegalStateException("the call wants something done, but there is not " + what);
        }
        return target;
    }

    /** Whether a BYE of ours is unanswered. */
    public boolean isBusy() {
        return byesOpen > 0;
    }

    /** Returns null if the far end is no focus, or the call is not established. */
    @Nullable
    public Focus focus() {
        Dialog open = dialog;
        return open == null || open.isEarly() || !open.isFocus()
                ? null
                : new Focus(stack, endpoint, open.remoteTarget());
    }

    /** Whether the flow of the caller's INVITE is lost and the account has no new one yet. */
    public boolean isCutOff() {
        return incoming != null && incoming.isCutOff();
    }

    /** Moves a ringing call to the account's new flow; see {@link IncomingInvite#moved}. */
    public void moved(Flow flow) {
        if (incoming != null) {
            incoming.moved(flow, required(dialog, "an early dialog of the caller's"));
        }
    }

    /** Whether the far end knows our current Contact, and how to tell it if not. */
    public CallPhase.Target target() {
        Dialog open = dialog;
        SipUri now = contact();
        if (open == null || now == null || now.encode().equals(toldContact == null ? "" : toldContact.encode())) {
            return CallPhase.Target.KNOWN;
        }
        return session.takesUpdate() ? CallPhase.Target.TELL_BY_UPDATE : CallPhase.Target.TELL_BY_INVITE;
    }

    /** Returns the Contact that we send now; null while there is no flow. */
    private @Nullable SipUri contact() {
        return endpoint.flow() == null ? null : endpoint.contact().uri();
    }

    /** Asks the far end to call a target (RFC 3515). */
    public void refer(SipUri target, Referral.Listener heard) {
        Dialog open = required(dialog, "a dialog to refer in");
        referral = Referral.sendWithin(loop, stack, endpoint, open, target, heard);
    }

    /**
     * Returns the far end's address with a Replaces header, so that a caller replaces us there (RFC
     * 3891 §4). It is the address of the phone itself if that is globally routable (RFC 5589 §7.2,
     * RFC 5627), otherwise of its user.
     */
    public SipUri inPlaceOfUs() {
        Dialog open = required(dialog, "a dialog to be replaced");
        SipUri phone = open.remoteTarget();
        SipUri target = phone.param("gr") != null ? phone : open.remote().uri();
        return target.withHeader("Replaces", Replaces.of(open.id()));
    }

    /** Whether this is the call's dialog, or our first INVITE while it is unanswered. */
    public boolean isNamed(DialogId other) {
        return dialog == null ? requests.isDialledAs(other) : dialog.id().equals(other);
    }

    /**
     * Makes the replacing INVITE's dialog the call's own.
     *
     * @return the previous dialog, or null if our INVITE was unanswered
     */
    @Nullable
    Dialog takeOver(ServerTransactionHandle invite) {
        Dialog before = dialog;
        consulting = false;
        if (referral != null) {
            referral.dispose();
        }
        open(Dialog.uas(invite.request(), invite.localTag(), false));
        return before;
    }

    /** @param left the dialog that {@link #takeOver} returned */
    void leave(@Nullable Dialog left) {
        if (left != null) {
            goodbye(left);
        } else {
            requests.abandon();
        }
    }

    public void consulting(boolean now) {
        consulting = now;
    }

    /** Whether the far end's BYE means that it follows our transfer. */
    boolean isTransferred() {
        return consulting || (referral != null && referral.isAccepted());
    }

    /** @return false if the NOTIFY belongs to no subscription */
    boolean notified(ServerTransactionHandle notify) {
        return referral != null && referral.takes(notify);
    }

    public void release() {
        if (referral != null) {
            referral.dispose();
        }
        session.stop();
        requests.release();
        if (incoming != null) {
            incoming.stopRinging();
            incoming = null;
        }
        responses.release();
        if (dialog != null) {
            stack.unregister(dialog);
        }
    }

    /** Sends DTMF digits by INFO, one after the other. */
    public void sendTones(String keys, Consumer<CommandOutcome> answer) {
        pressed.send(keys, required(dialog, "a dialog"), answer);
    }

    /** Sends candidates that follow our description, if the far end supports that. */
    public void trickle(String fragment) {
        if (dialog != null) {
            trickle.send(fragment, dialog);
        }
    }

    public TrickleInfo trickle() {
        return trickle;
    }

    public SessionResponses responses() {
        return responses;
    }

    CallRequests requestsIn(Dialog within) {
        return new CallRequests(this, responses, endpoint, connected, mailbox, within);
    }

    /**
     * Whether another phone has answered or replaced this one, so that nothing is agreed in this
     * dialog any more.
     */
    boolean isLeftBehind(Dialog other) {
        return dialog != null && dialog != other;
    }

    /** Returns the call's own dialog, or null while our INVITE is unanswered. */
    public @Nullable Dialog dialog() {
        return dialog;
    }

    /** Makes this dialog the call's own. */
    void open(Dialog answered) {
        dialog = answered;
        stack.register(endpoint, answered, requestsIn(answered));
    }

    /** Notes that the far end is sent our current Contact. */
    void tellContact() {
        toldContact = contact();
    }

    /** Whether our INVITE is unanswered. */
    boolean isUndecided() {
        return dialog == null;
    }

    /** Returns the caller's INVITE until its ACK; null for an outgoing call. */
    @Nullable
    public IncomingInvite incoming() {
        return incoming;
    }

    /** Notes the ACK of the caller's INVITE or re-INVITE. */
    void acknowledged() {
        incoming = null;
    }

    /**
     * Returns the dialog of the far end's REFER: the call's own, or the one that a REFER outside it
     * creates (RFC 4538 §2).
     */
    public Dialog dialogOf(ServerTransactionHandle refer) {
        return refer.request().to().tag() == null
                ? Dialog.uas(refer.request(), refer.localTag(), false)
                : required(dialog, "a dialog");
    }

    public SipEndpoint endpoint() {
        return endpoint;
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
}
