// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.transfer;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.party.ReferredTo;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that the far end requested, from its REFER to the last NOTIFY (RFC 3515 §2.4.4, RFC
 * 5589 §6). Belongs to the loop.
 *
 * <pre>
 *   Asked ──accepted──► Following ──answered / NOTIFY 200──► Leaving ──BYE, or 5 s──► over
 *     │                    └──ended / NOTIFY with its status──► over, and the call is taken back from hold
 *     └──refused, a minute / NOTIFY 603──► over
 * </pre>
 */
public final class IncomingTransfer {
    private static final Duration DECISION = Duration.ofSeconds(60);
    /** Longer than a phone rings. */
    private static final int SUBSCRIBED_SECONDS = 190;
    /**
     * How long we wait for the BYE of the far end once it knows that the transfer succeeded (RFC
     * 5589 §6.1).
     */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private enum Phase {
        ASKED,
        FOLLOWING,
        LEAVING,
        OVER
    }

    private final EngineLoop loop;
    private final CallSignalling signalling;
    private final Consumer<CallInput> mailbox;
    private final Dialog within;
    private final ReferredTo wanted;
    private final long id;
    private final boolean silent;
    private final boolean heldBefore;
    private Phase phase = Phase.ASKED;
    private int told;
    private @Nullable Timer timer;

    /**
     * Answers the REFER; {@link #accept} or {@link #refuse} comes next.
     *
     * @param heldBefore whether the user holds the call; it then stays on hold in any case
     */
    IncomingTransfer(
            EngineLoop loop,
            CallSignalling signalling,
            Consumer<CallInput> mailbox,
            boolean heldBefore,
            ReferredTo wanted,
            ServerTransactionHandle refer) {
        this.loop = loop;
        this.signalling = signalling;
        this.mailbox = mailbox;
        this.within = signalling.dialogOf(refer);
        this.wanted = wanted;
        this.id = refer.request().cseq().number();
        this.silent = "false".equalsIgnoreCase(refer.request().header("Refer-Sub"));
        this.heldBefore = heldBefore;
        SipResponse.Builder accepted = signalling.endpoint().response(refer, 202);
        refer.respond((silent ? accepted.set("Refer-Sub", "false") : accepted).build());
        notifyProgress(100, "Trying");
        start(DECISION, this::refuse);
    }

    boolean isAsked() {
        return phase == Phase.ASKED;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Returns the target, which must be called now; {@link #changed} follows. */
    public ReferredTo accept() {
        stop();
        phase = Phase.FOLLOWING;
        return wanted;
    }

    public void refuse() {
        finish(603, "Decline");
    }

    /**
     * Handles a change of the call to the target.
     *
     * @return whether the user's call must be resumed, because the target was not reached
     */
    public boolean changed(CallSnapshot now) {
        if (phase != Phase.FOLLOWING) {
            return false;
        }
        CallEnding ending = now.ending();
        if (ending != null) {
            SipStatus status = now.status();
            finish(status == null ? status(ending) : status.code(), status == null ? "" : status.phrase());
            return !heldBefore;
        } else if (now.state() == CallState.ESTABLISHED) {
            phase = Phase.LEAVING;
            notifyProgress(200, "OK");
            signalling.consulting(true);
            start(GOODBYE, () -> mailbox.accept(new CallInput.Transferred(false)));
        } else if (now.state() == CallState.RINGING_OUT) {
            notifyProgress(180, "Ringing");
        }
        return false;
    }

    /** Returns the status that the target would have given. */
    private static int status(CallEnding ending) {
        if (ending instanceof CallEnding.Cancelled || ending instanceof CallEnding.LocalHangUp) {
            return 487;
        }
        return ending instanceof CallEnding.NoAnswer ? 408 : 503;
    }

    private void finish(int status, String phrase) {
        stop();
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            notifyProgress(status, phrase);
        }
    }

    /**
     * Stops reporting, because the far end that requested the transfer is gone. The new call
     * continues.
     */
    void abandon() {
        stop();
        phase = Phase.OVER;
    }

    private void start(Duration length, Runnable task) {
        timer = loop.schedule(length, task);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /**
     * Sends a NOTIFY with the status line of our call's response (RFC 3515 §2.4.5); each status
     * once.
     */
    private void notifyProgress(int status, String phrase) {
        if (silent || status <= told) {
            return;
        }
        told = status;
        SipRequest.Builder notify = within.request("NOTIFY")
                .set("Event", "refer;id=" + id)
                .set(
                        "Subscription-State",
                        status < 200 ? "active;expires=" + SUBSCRIBED_SECONDS : "terminated;reason=noresource")
                .body("message/sipfrag;version=2.0", "SIP/2.0 " + status + " " + phrase + "\r\n");
        signalling.endpoint().send(within, notify, RequestListener.IGNORING);
    }
}
