// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.refer;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.DialogHandler;
import com.techpro.callclient.engine.internal.sip.PendingSubscription;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link ReferralMachine} of one REFER outside dialogs. Belongs to the loop.
 */
public final class Referral {
    private static final String FRAGMENT = "message/sipfrag";
    private static final Pattern STATUS_LINE =
            Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d) [^\r\n]*(?:\r?\n.*)?", Pattern.DOTALL);

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Consumer<ReferralOutcome> listener;
    private final PendingSubscription awaited;
    private ReferralMachine.ReferralPhase phase = ReferralMachine.ReferralPhase.SENT;
    private @Nullable Timer timer;
    private @Nullable Dialog dialog;

    private Referral(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            SipRequest.Builder request,
            Consumer<ReferralOutcome> listener) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.listener = listener;
        SipRequest draft = request.build();
        String tag = draft.from().tag();
        this.awaited = new PendingSubscription(draft.callId(), tag == null ? "" : tag, this::firstNotify);
    }

    /**
     * Asks the referee to send a request.
     *
     * @param target to whom; a {@code method} parameter says which request, else it is an INVITE (RFC 3515 §2.1)
     * @param listener told once, on the loop, never inside this call
     */
    public static Referral send(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            SipUri referee,
            SipUri target,
            Consumer<ReferralOutcome> listener) {
        loop.assertOnLoop();
        SipRequest.Builder request = endpoint.newRequest("REFER", referee)
                .set("Refer-To", NameAddr.of(target).encode());
        Referral referral = new Referral(loop, stack, endpoint, request, listener);
        stack.await(referral.awaited);
        endpoint.send(request, referral.new Answer());
        return referral;
    }

    /** Stops to listen, without a word. */
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
            listener.accept(step.outcome());
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
        stack.awaitNoMore(awaited);
        if (dialog != null) {
            stack.unregister(dialog);
            dialog = null;
        }
    }

    /** As of a SUBSCRIBE (RFC 6665 §4.4.1), the first NOTIFY makes the dialog. */
    private void firstNotify(ServerTransactionHandle transaction) {
        if (dialog != null) {
            transaction.respond(481);
            return;
        }
        String localTag = transaction.request().to().tag();
        Dialog made = Dialog.uas(transaction.request(), localTag == null ? "" : localTag, false);
        dialog = made;
        stack.register(endpoint, made, new Notifications());
        notified(transaction);
    }

    private void notified(ServerTransactionHandle transaction) {
        SipRequest notify = transaction.request();
        ParameterizedToken event = ParameterizedToken.parse(notify.header("Event"));
        ParameterizedToken state = ParameterizedToken.parse(notify.header("Subscription-State"));
        if (event == null || !event.token().equals("refer")) {
            transaction.respond(489);
        } else if (state == null) {
            transaction.respond(400);
        } else {
            transaction.respond(200);
            int status = status(notify);
            feed(new ReferralMachine.ReferralInput.Notified(
                    status,
                    status >= 300 ? StatusMeaning.failure(status) : null,
                    state.token().equals("terminated")));
        }
    }

    /** The first line of the response that the referee got (RFC 3515 §2.4.5, RFC 3420), or 0. */
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

    private final class Notifications implements DialogHandler {
        @Override
        public void request(ServerTransactionHandle request) {
            if (request.request().isMethod("NOTIFY")) {
                notified(request);
            } else {
                request.respond(501);
            }
        }

        @Override
        public void ack(SipRequest ack) {}

        @Override
        public void ackTimedOut() {}
    }

    @Override
    public String toString() {
        return "Referral[" + endpoint + ", " + phase + "]";
    }
}
