// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.NotifyHandler;
import com.techpro.callclient.stack.sip.PendingSubscription;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs the {@link SubscriptionMachine} of one event package at one notifier (RFC 6665). Belongs to the loop. */
public final class Subscription {
    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Random random;
    private final EventPackage event;
    private final SipUri target;
    private final Listener listener;

    private SubscriptionPhase phase = new SubscriptionPhase.Idle();
    private @Nullable Timer timer;
    private @Nullable Dialog dialog;
    private @Nullable PendingSubscription awaited;
    /** Counts the subscriptions made, to recognise a late answer to an earlier SUBSCRIBE. */
    private int generation;
    /** The CSeq number of our last SUBSCRIBE. */
    private long sent;

    private int refusal;

    public Subscription(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            Random random,
            EventPackage event,
            SipUri target,
            Listener listener) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.random = random;
        this.event = event;
        this.target = target;
        this.listener = listener;
    }

    /**
     * The event to subscribe to.
     *
     * @param name such as {@code message-summary}
     * @param accept the accepted content types
     * @param expires the requested duration of the subscription
     * @param extension the option tag supported in answers, or null
     */
    public record EventPackage(
            String name,
            String accept,
            Duration expires,
            @Nullable String extension) {
        public EventPackage(String name, String accept, Duration expires) {
            this(name, accept, expires, null);
        }
    }

    /** Receives the subscription's events, on the loop. */
    public interface Listener {
        void subscription(SubscriptionState state);

        /** A notification, in order; its body may be empty or of another type than requested. */
        void notified(SipRequest notify);
    }

    /** Subscribes, or refreshes after a new registration or a change of address. */
    public void start() {
        feed(new SubscriptionInput.Start());
    }

    public void flowLost() {
        feed(new SubscriptionInput.FlowLost());
    }

    /** Unsubscribes; {@link SubscriptionState#ENDED} follows when that is done. */
    public void leave() {
        feed(new SubscriptionInput.Leave());
    }

    /** Stops without sending anything. */
    public void dispose() {
        loop.assertOnLoop();
        stopTimer();
        dropDialog();
        phase = new SubscriptionPhase.Gone();
    }

    /**
     * Returns the status of the last refusal, of a SUBSCRIBE or by the last NOTIFY; 0 if there was
     * none, or it did not say why.
     */
    public int refusal() {
        return refusal;
    }

    private void feed(SubscriptionInput input) {
        loop.assertOnLoop();
        SubscriptionMachine.Step step = SubscriptionMachine.next(phase, input, event.expires(), random.nextDouble());
        phase = step.phase();
        step.effects().forEach(this::perform);
    }

    private void perform(SubscriptionEffect effect) {
        if (effect instanceof SubscriptionEffect.Subscribe subscribe) {
            subscribe(subscribe.expires());
        } else if (effect instanceof SubscriptionEffect.Refresh refresh) {
            refresh(refresh.expires());
        } else if (effect instanceof SubscriptionEffect.DropDialog) {
            dropDialog();
        } else if (effect instanceof SubscriptionEffect.StartTimer start) {
            stopTimer();
            timer = loop.schedule(start.delay(), () -> {
                timer = null;
                feed(new SubscriptionInput.TimerFired());
            });
        } else if (effect instanceof SubscriptionEffect.StopTimer) {
            stopTimer();
        } else if (effect instanceof SubscriptionEffect.Publish publish) {
            listener.subscription(publish.state());
        }
    }

    private void subscribe(Duration expires) {
        generation++;
        sent = 1;
        SipRequest.Builder request = describe(endpoint.newRequest("SUBSCRIBE", target), expires);
        SipRequest draft = request.build();
        String tag = draft.from().tag();
        PendingSubscription first = new PendingSubscription(draft.callId(), tag == null ? "" : tag, this::firstNotify);
        awaited = first;
        stack.await(first);
        endpoint.send(request, new Outcome(generation));
    }

    private void refresh(Duration expires) {
        Dialog within = dialog;
        if (within == null) {
            loop.execute(() -> feed(new SubscriptionInput.Failed()));
        } else {
            endpoint.send(within, describe(within.request("SUBSCRIBE"), expires), new Outcome(generation));
        }
    }

    private SipRequest.Builder describe(SipRequest.Builder request, Duration expires) {
        if (event.extension() != null) {
            request.set("Supported", event.extension());
        }
        return request.set("Event", event.name())
                .set("Accept", event.accept())
                .set("Expires", Long.toString(expires.getSeconds()));
    }

    /**
     * Processes the NOTIFY that makes the dialog (§4.4.1). If the SUBSCRIBE forked, the first wins
     * and others get 481 (§4.4.9).
     */
    private void firstNotify(ServerTransactionHandle transaction) {
        if (dialog != null) {
            transaction.respond(481);
            return;
        }
        SipRequest notify = transaction.request();
        String localTag = notify.to().tag();
        Dialog made = Dialog.uas(notify, localTag == null ? "" : localTag, false);
        made.sent(sent);
        dialog = made;
        stack.register(endpoint, made, new NotifyHandler(this::notified));
        notified(transaction);
    }

    private void notified(ServerTransactionHandle transaction) {
        SipRequest notify = transaction.request();
        ParameterizedToken kind = ParameterizedToken.parse(notify.header("Event"));
        ParameterizedToken state = ParameterizedToken.parse(notify.header("Subscription-State"));
        if (kind == null || !kind.token().equals(event.name())) {
            transaction.respond(489);
            return;
        }
        if (state == null) {
            transaction.respond(400);
            return;
        }
        transaction.respond(200);
        if (notify.hasBody()) {
            listener.notified(notify);
        }
        if (state.token().equals("terminated")) {
            String reason = state.parameters().getOrDefault("reason", "").toLowerCase(Locale.ROOT);
            refusal = reason.equals("rejected") ? 403 : reason.equals("noresource") ? 404 : 0;
            feed(new SubscriptionInput.Terminated(
                    SubscriptionInput.Reason.of(reason), duration(state.seconds("retry-after"))));
        } else {
            feed(new SubscriptionInput.Notified(duration(state.seconds("expires"))));
        }
    }

    private void dropDialog() {
        if (dialog != null) {
            stack.unregister(dialog);
            dialog = null;
        }
        if (awaited != null) {
            stack.awaitNoMore(awaited);
            awaited = null;
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private static @Nullable Duration duration(long seconds) {
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    /** Receives the outcome of one SUBSCRIBE. */
    private final class Outcome implements RequestListener {
        private final int of;

        Outcome(int of) {
            this.of = of;
        }

        @Override
        public void success(SipResponse response) {
            sent = response.cseq().number();
            if (dialog != null) {
                dialog.sent(sent);
            }
            Duration granted = duration(response.number("Expires"));
            hear(new SubscriptionInput.Accepted(granted == null ? event.expires() : granted));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            refusal = response.status();
            hear(new SubscriptionInput.Rejected(
                    response.status(),
                    duration(response.number("Min-Expires")),
                    duration(response.number("Retry-After"))));
        }

        @Override
        public void failed(Failure why) {
            hear(new SubscriptionInput.Failed());
        }

        private void hear(SubscriptionInput input) {
            if (of == generation) {
                feed(input);
            }
        }
    }
}
