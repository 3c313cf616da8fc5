// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the {@link PublicationMachine} of one account's presence (RFC 3903). Belongs to the loop. */
public final class PresencePublication {
    private static final PresenceDocument DO_NOT_DISTURB = new PresenceDocument(PresenceStatus.BUSY, "Do not disturb");

    private final EngineLoop loop;
    private final SipEndpoint endpoint;
    private final Random random;
    private final List<Consumer<PublicationOutcome>> asked = new ArrayList<>(1);

    private PublicationState state = PublicationState.START;
    private @Nullable PresenceDocument document;
    private boolean doNotDisturb;
    private PublicationOutcome last = new PublicationOutcome.Withdrawn();
    private @Nullable Timer timer;
    private boolean over;

    public PresencePublication(EngineLoop loop, SipEndpoint endpoint, Random random) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.random = random;
    }

    /** Whether a note is allowed: its length is limited, and XML must be able to hold it. */
    public static boolean isPermitted(@Nullable String note) {
        return note == null
                || (note.length() <= PresenceDocument.LONGEST_NOTE
                        && note.codePoints()
                                .noneMatch(c -> c < ' ' || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF));
    }

    /** @param outcome called once */
    public void publish(PresenceStatus status, @Nullable String note, Consumer<PublicationOutcome> outcome) {
        replaced();
        document = new PresenceDocument(status, note);
        asked.add(outcome);
        feed(new PublicationInput.Publish());
    }

    /** @param outcome called once */
    public void withdraw(Consumer<PublicationOutcome> outcome) {
        replaced();
        document = null;
        asked.add(outcome);
        feed(new PublicationInput.Withdraw());
    }

    /** Publishes do-not-disturb while it is on. */
    public void doNotDisturb(boolean on) {
        if (doNotDisturb != on) {
            doNotDisturb = on;
            if (document != null) {
                feed(new PublicationInput.Publish());
            }
        }
    }

    public void registered() {
        feed(new PublicationInput.Registered());
    }

    public void flowLost() {
        feed(new PublicationInput.FlowLost());
    }

    /**
     * Withdraws the publication before the account is removed, without waiting for the response.
     */
    public void leave() {
        document = null;
        feed(new PublicationInput.Withdraw());
    }

    /** Stops without sending anything. */
    public void dispose(PublicationOutcome why) {
        over = true;
        stopTimer();
        document = null;
        settle(why);
    }

    /** Ends earlier requests, because a new one replaces them. */
    private void replaced() {
        settle(new PublicationOutcome.Withdrawn());
    }

    private void settle(PublicationOutcome outcome) {
        List<Consumer<PublicationOutcome>> told = new ArrayList<>(asked);
        asked.clear();
        told.forEach(each -> each.accept(outcome));
    }

    private void feed(PublicationInput input) {
        loop.assertOnLoop();
        if (!over) {
            PublicationMachine.Step step = PublicationMachine.next(state, input, random.nextDouble());
            state = step.state();
            step.effects().forEach(this::perform);
        }
    }

    private void perform(PublicationMachine.Effect effect) {
        if (effect instanceof PublicationMachine.Effect.Send send) {
            send(send);
        } else if (effect instanceof PublicationMachine.Effect.StartTimer start) {
            stopTimer();
            timer = loop.schedule(start.delay(), () -> {
                timer = null;
                feed(new PublicationInput.TimerFired());
            });
        } else if (effect instanceof PublicationMachine.Effect.StopTimer) {
            stopTimer();
        } else {
            settle(state.wanted() ? last : new PublicationOutcome.Withdrawn());
        }
    }

    private void send(PublicationMachine.Effect.Send send) {
        PresenceDocument now = doNotDisturb ? DO_NOT_DISTURB : document;
        SipRequest.Builder request = endpoint.newRequest(
                        "PUBLISH", endpoint.addressOfRecord().uri())
                .set("Event", "presence")
                .set("Expires", Long.toString(send.expires().getSeconds()));
        if (send.tag() != null) {
            request.set("SIP-If-Match", send.tag());
        }
        if (send.body() && now != null) {
            request.body(
                    PidfReader.CONTENT_TYPE, now.text(endpoint.addressOfRecord().uri()));
        }
        endpoint.send(request, new Outcome(send.expires()));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private static PublicationOutcome outcome(SipResponse response, Failure why) {
        return switch (StatusMeaning.of(response.status())) {
            case FORBIDDEN, NOT_FOUND -> new PublicationOutcome.Forbidden();
            case UNSUPPORTED, BODY, NO_DIALOG -> new PublicationOutcome.Unsupported();
            default -> new PublicationOutcome.Failed(why);
        };
    }

    /** Handles the response to one PUBLISH. */
    private final class Outcome implements RequestListener {
        private final Duration expires;

        Outcome(Duration expires) {
            this.expires = expires;
        }

        @Override
        public void success(SipResponse response) {
            long granted = response.number("Expires");
            last = new PublicationOutcome.Published();
            feed(new PublicationInput.Accepted(
                    response.header("SIP-ETag"), granted < 0 ? expires : Duration.ofSeconds(granted)));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            last = outcome(response, why);
            feed(new PublicationInput.Rejected(
                    response.status(), duration(response, "Min-Expires"), duration(response, "Retry-After")));
        }

        @Override
        public void failed(Failure why) {
            last = new PublicationOutcome.Failed(why);
            feed(new PublicationInput.Failed());
        }

        private @Nullable Duration duration(SipResponse response, String name) {
            long seconds = response.number(name);
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        }
    }

    @Override
    public String toString() {
        return "PresencePublication[" + state.phase() + "]";
    }
}
