// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.refer;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.NotifyHandler;
import com.techpro.callclient.stack.sip.OutgoingPlainRequest;
import com.techpro.callclient.stack.sip.PendingSubscription;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link ReferralMachine} of one REFER. The REFER is outside dialogs, and its first NOTIFY
 * makes one; or it is within a call's dialog, which it shares (RFC 3515 §2.4.4, RFC 6665 §4.5.2).
 * Belongs to the loop.
 */
public final class Referral {
    /** Called on the loop, never inside {@link #send} or {@link #sendWithin}. */
    @FunctionalInterface
    public interface Listener {
        /** The latest status of the request that the referee sent, from 100 to 199. */
        default void progress(int status) {}

        /** The outcome; the last call. */
        void over(ReferralOutcome outcome);
    }

    private static final String FRAGMENT = "message/sipfrag";
    private static final Pattern STATUS_LINE =
            Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d) [^\r\n]*(?:\r?\n.*)?", Pattern.DOTALL);

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Listener listener;
    /** Null within the dialog of a call. */
    private final @Nullable PendingSubscription awaited;

    private ReferralMachine.ReferralPhase phase = ReferralMachine.ReferralPhase.SENT;
    private @Nullable Timer timer;
    /** The dialog of the first NOTIFY; null until then, and within the dialog of a call. */
    private @Nullable Dialog dialog;
    /** Set within the dialog of a call, which may have had other referrals before. */
    private @Nullable OutgoingPlainRequest sent;

    /**
     * @param outside a REFER outside dialogs, or null
     */
    private Referral(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            SipRequest.@Nullable Builder outside,
            Listener listener) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.listener = listener;
        this.awaited = outside == null ? null : awaited(outside.build());
    }

    private PendingSubscription awaited(SipRequest draft) {
        String tag = draft.from().tag();
        return new PendingSubscription(draft.callId(), tag == null ? "" : tag, this::firstNotify);
    }

    /**
     * Asks the referee to send a request.
     *
     * @param target its recipient; a {@code method} parameter gives the method, by default INVITE
     *     (RFC 3515 §2.1)
     */
    public static Referral send(
            EngineLoop loop, SipStack stack, SipEndpoint endpoint, SipUri referee, SipUri target, Listener listener) {
        loop.assertOnLoop();
        SipRequest.Builder request = endpoint.newRequest("REFER", referee)
                .set("Refer-To", NameAddr.of(target).encode());
        Referral referral = new Referral(loop, stack, endpoint, request, listener);
        if (referral.awaited != null) {
            stack.await(referral.awaited);
        }
        endpoint.send(request, referral.new Answer());
        return referral;
    }

    /**
     * Transfers a call: asks its other side to call the target (RFC 5589). The handler of the
     * dialog's requests must pass its NOTIFYs to {@link #takes}.
     *
     * @param target the number to call; its header {@code Replaces} names a call to take over (RFC
     *     3891)
     */
    public static Referral sendWithin(
            EngineLoop loop, SipStack stack, SipEndpoint endpoint, Dialog call, SipUri target, Listener listener) {
        loop.assertOnLoop();
        Referral referral = new Referral(loop, stack, endpoint, null, listener);
        SipRequest.Builder request = call.request("REFER")
                .set("Refer-To", NameAddr.of(target).encode())
                .set(
                        "Referred-By",
                        NameAddr.of(endpoint.addressOfRecord().uri()).encode());
        referral.sent = endpoint.send(call, request, referral.new Answer());
        return referral;
    }

    /**
     * Processes and answers a NOTIFY of the call's dialog.
     *
     * @return false if it belongs to something else, or this referral is over: there is no such
     *     subscription
     */
    public boolean takes(ServerTransactionHandle notify) {
        ParameterizedToken event = ParameterizedToken.parse(notify.request().header("Event"));
        String id = event == null ? null : event.parameters().get("id");
        SipRequest refer = sent == null ? null : sent.request();
        // RFC 3515 §2.4.6: among several in one dialog, the CSeq number of the REFER identifies it.
        boolean another = id != null
                && refer != null
                && !id.equals(Long.toString(refer.cseq().number()));
        if (phase == ReferralMachine.ReferralPhase.OVER || another) {
            return false;
        }
        notified(notify);
        return true;
    }

    /** Whether the referee has accepted the request. */
    public boolean isAccepted() {
        return phase == ReferralMachine.ReferralPhase.ACCEPTED || phase == ReferralMachine.ReferralPhase.PROGRESSING;
    }

    /** Stops without sending anything. */
    public void dispose() {
        loop.assertOnLoop();
        phase = ReferralMachine.ReferralPhase.OVER;
        forget();
    }

    private void feed(ReferralMachine.ReferralInput input) {
        ReferralMachine.Step step = ReferralMachine.next(phase, input);
        phase = step.phase();
        if (step.timeout() != null) {
            startTimer(step.timeout());
        }
        if (step.outcome() != null) {
            forget();
            listener.over(step.outcome());
        }
    }

    private void startTimer(Duration length) {
        stopTimer();
        timer = loop.schedule(length, () -> {
            timer = null;
            feed(new ReferralMachine.ReferralInput.TimerFired());
        });
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void forget() {
        stopTimer();
        if (awaited != null) {
            stack.awaitNoMore(awaited);
        }
        if (dialog != null) {
            stack.unregister(dialog);
            dialog = null;
        }
    }

    /** As for a SUBSCRIBE (RFC 6665 §4.4.1), the first NOTIFY makes the dialog. */
    private void firstNotify(ServerTransactionHandle transaction) {
        if (dialog != null) {
            transaction.respond(481);
            return;
        }
        String localTag = transaction.request().to().tag();
        Dialog made = Dialog.uas(transaction.request(), localTag == null ? "" : localTag, false);
        dialog = made;
        stack.register(endpoint, made, new NotifyHandler(this::notified));
        notified(transaction);
    }

    private void notified(ServerTransactionHandle transaction) {
        SipRequest notify = transaction.request();
        ParameterizedToken event = ParameterizedToken.parse(notify.header("Event"));
        String state = state(notify);
        if (event == null || !event.token().equals("refer")) {
            transaction.respond(489);
        } else if (state.isEmpty()) {
            transaction.respond(400);
        } else {
            transaction.respond(200);
            int status = status(notify);
            feed(new ReferralMachine.ReferralInput.Notified(
                    status, status >= 300 ? StatusMeaning.failure(status) : null, state.equals("terminated")));
            if (status < 200 && status > 0 && phase != ReferralMachine.ReferralPhase.OVER) {
                listener.progress(status);
            }
        }
    }

    /** Without its parameters, of which Linphone's are malformed; the body has the result. */
    private static String state(SipRequest notify) {
        String value = notify.header("Subscription-State");
        return value == null ? "" : value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the status of the response that the referee received, from the first line (RFC 3515
     * §2.4.5, RFC 3420); or 0.
     */
    private static int status(SipRequest notify) {
        String type = notify.contentType();
        if (type == null || !type.regionMatches(true, 0, FRAGMENT, 0, FRAGMENT.length())) {
            return 0;
        }
        Matcher line = STATUS_LINE.matcher(notify.bodyText());
        return line.matches() ? Integer.parseInt(line.group(1)) : 0;
    }

    private final class Answer implements RequestListener {
        @Override
        public void success(SipResponse response) {
            boolean silent = "false".equalsIgnoreCase(response.header("Refer-Sub"));
            feed(new ReferralMachine.ReferralInput.Accepted(!silent));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            feed(new ReferralMachine.ReferralInput.Refused(why));
        }

        @Override
        public void failed(Failure why) {
            feed(new ReferralMachine.ReferralInput.Refused(why));
        }
    }

    @Override
    public String toString() {
        return "Referral[" + endpoint + ", " + phase + "]";
    }
}
