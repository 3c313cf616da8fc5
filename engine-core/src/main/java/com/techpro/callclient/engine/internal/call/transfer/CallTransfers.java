// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.transfer;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import com.techpro.callclient.engine.internal.call.machine.RequestId;
import com.techpro.callclient.engine.internal.call.party.CallerIdentity;
import com.techpro.callclient.engine.internal.call.party.ReferredTo;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.internal.call.report.CallReporter;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.refer.ReferralOutcome;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transfers of one call: at most one that we requested and one that the far end requested.
 * Belongs to the loop.
 */
public final class CallTransfers {
    private final CallContext context;
    private final Consumer<CallInput> mailbox;
    private final Supplier<CallPhase> phase;
    private final Supplier<@Nullable CallSignalling> signalling;
    private final LongSupplier packetsHeard;
    private final CallReporter reporter;
    private @Nullable OutgoingTransfer outgoing;
    private @Nullable IncomingTransfer incoming;
    private @Nullable FailedTransferCheck aftermath;
    /** An INVITE that replaces the far end once the open exchange is settled. */
    private @Nullable CallInput replacing;

    /**
     * @param phase returns the call's current phase
     * @param signalling returns null before the call is dialled
     * @param packetsHeard returns how many audio packets have arrived so far
     */
    public CallTransfers(
            CallContext context,
            Consumer<CallInput> mailbox,
            Supplier<CallPhase> phase,
            Supplier<@Nullable CallSignalling> signalling,
            LongSupplier packetsHeard,
            CallReporter reporter) {
        this.context = context;
        this.mailbox = mailbox;
        this.phase = phase;
        this.signalling = signalling;
        this.packetsHeard = packetsHeard;
        this.reporter = reporter;
    }

    /**
     * Asks the far end to call a target; the call is established.
     *
     * @param consultation those of the call whose far end is the target, or null
     */
    public void transferTo(SipUri somebody, @Nullable CallTransfers consultation, Consumer<TransferOutcome> answer) {
        outgoing = new OutgoingTransfer(mailbox, reporter, consultation, answer, this::failed);
        if (consultation != null) {
            consultation.consulting(true);
        }
        reporter.transferring(true, 0);
        signalled().refer(somebody, outgoing);
    }

    private CallSignalling signalled() {
        return CallSignalling.required(signalling.get(), "anything signalled");
    }

    /** Sets whether a transfer to this call's far end is in progress. */
    void consulting(boolean now) {
        signalled().consulting(now);
    }

    /** The far end of this call is the target of a transfer that has succeeded. */
    void transferred() {
        mailbox.accept(new CallInput.Transferred(false));
    }

    public boolean isTransferring() {
        return outgoing != null && !outgoing.isOver();
    }

    /**
     * Handles the far end's REFER.
     *
     * @return the transfer if its target is to be called now, or null
     */
    public @Nullable IncomingTransfer requested(RequestId id) {
        CallSignalling own = signalled();
        ServerTransactionHandle refer = own.responses().take(id);
        SipEndpoint endpoint = own.endpoint();
        ReferredTo wanted = ReferredTo.parse(refer.request());
        IncomingTransfers policy = context.limits().transfers();
        if (wanted == null) {
            refuse(refer, endpoint, RefusalReason.MALFORMED, 400);
        } else if (incoming != null && !incoming.isOver()) {
            refuse(refer, endpoint, RefusalReason.REQUEST_PENDING, 491);
        } else if (policy == IncomingTransfers.REFUSE
                || !wanted.isCall()
                || !endpoint.isOfPhoneSystem(wanted.target().uri())) {
            refuse(refer, endpoint, RefusalReason.REFERRAL_REFUSED, 603);
        } else {
            incoming = new IncomingTransfer(context.loop(), own, mailbox, isHeld(), wanted, refer);
            if (policy == IncomingTransfers.FOLLOW) {
                return incoming;
            }
            reporter.tell(new CallEvent.TransferRequested(
                    reporter.snapshot(),
                    RemoteParty.of(wanted.target()),
                    wanted.by() == null ? null : RemoteParty.of(wanted.by())));
        }
        return null;
    }

    private boolean isHeld() {
        return reporter.snapshot().hold().isLocal();
    }

    /**
     * Handles a REFER outside the call's dialog. Its NOTIFYs go to its own dialog (RFC 4538 §2, RFC
     * 5589 §6).
     */
    public void requestedBeside(ServerTransactionHandle refer, SipEndpoint endpoint) {
        if (phase.get() instanceof CallPhase.Confirmed) {
            mailbox.accept(
                    new CallInput.TransferRequested(signalled().responses().owe(refer)));
        } else {
            refuse(refer, endpoint, RefusalReason.REFERRAL_REFUSED, 603);
        }
    }

    private void refuse(ServerTransactionHandle refer, SipEndpoint endpoint, RefusalReason reason, int status) {
        context.sip().refused(endpoint.account(), reason, refer, status);
        refer.respond(status);
    }

    /** Returns the transfer that the user is asked about, or null. */
    public @Nullable IncomingTransfer asked() {
        return incoming != null && incoming.isAsked() ? incoming : null;
    }

    /**
     * Handles an INVITE that replaces the far end (RFC 3891 §3).
     *
     * @param offer null leaves it to us
     * @return the status to reject it with, or 0 if it is accepted for handling
     */
    public int replace(Replaces named, ServerTransactionHandle invite, @Nullable SessionDescription offer) {
        CallSignalling own = signalling.get();
        if (own == null) {
            return 481;
        }
        int refusal =
                own.responses().isReplacementWaiting() ? 491 : CommandRules.replacementRefusal(named, phase.get());
        LocalMedia local = phase.get().local();
        if (refusal == 0 && local != null) {
            RequestId id = own.responses().oweReplacement(invite);
            PartyIdentity party =
                    CallerIdentity.of(invite.request(), own.endpoint().trusts(invite.flow()));
            mailbox.accept(new CallInput.Replaced(id, offer, local.renewed(context.random()), party, null));
        }
        return refusal;
    }

    /**
     * @return whether the input is a replacement that must wait until the open exchange is settled,
     *     or that was cancelled
     */
    public boolean putsOff(CallInput input) {
        if (!(input instanceof CallInput.Replaced)) {
            return false;
        }
        CallSignalling own = signalling.get();
        if (own == null || !own.responses().isReplacementWaiting()) {
            return true;
        }
        if (CommandRules.isReplaceable(phase.get())) {
            return false;
        }
        replacing = input;
        return true;
    }

    /** Continues a waiting replacement after a change of phase. */
    public void settled() {
        CallInput next = replacing;
        if (next != null && CommandRules.isReplaceable(phase.get())) {
            replacing = null;
            mailbox.accept(next);
        }
    }

    /** Ends both transfers, because another party has replaced the far end. */
    public void replaced() {
        if (outgoing != null) {
            // The status that the far end would give now.
            outgoing.over(new ReferralOutcome.Failed(StatusMeaning.failure(481)));
        }
        if (incoming != null) {
            incoming.abandon();
        }
    }

    /** Checks whether the far end is still there, after our transfer failed. */
    void failed() {
        endCheck();
        if (phase.get() instanceof CallPhase.Confirmed) {
            aftermath = new FailedTransferCheck(context.loop(), phase, mailbox, packetsHeard);
        }
    }

    private void endCheck() {
        if (aftermath != null) {
            aftermath.stop();
        }
    }

    public void callOver(CallEnding ending) {
        endCheck();
        if (outgoing != null) {
            outgoing.callOver(ending);
        }
        if (incoming != null) {
            incoming.abandon();
        }
    }
}
