// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.registration;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the {@link RegistrationMachine} of one account. Belongs to the loop. */
public final class Registration {
    private static final int MAX_EXPIRES_SECONDS = 86_400;

    private final EngineLoop loop;
    private final Random random;
    private final SipEndpoint endpoint;
    private final Consumer<RegistrationSnapshot> listener;

    private Phase phase = new Phase.Idle();
    private @Nullable Timer timer;
    private @Nullable SipStatus refusal;

    /** @param listener told of every change, on the loop */
    public Registration(EngineLoop loop, Random random, SipEndpoint endpoint, Consumer<RegistrationSnapshot> listener) {
        this.loop = loop;
        this.random = random;
        this.endpoint = endpoint;
        this.listener = listener;
    }

    public void start() {
        feed(new Input.Start());
    }

    /** Takes the binding back; the state UNREGISTERED tells when that is over, for better or worse. */
    public void leave() {
        feed(new Input.Leave());
    }

    public void flowLost(@Nullable Failure why) {
        feed(new Input.FlowLost(why == null ? new Failure.Unreachable() : why));
    }

    /** Something changed that makes it worth registering now: our address, or the network. */
    public void tryNow() {
        feed(new Input.TryNow());
    }

    /** Stops without a word. */
    public void abandon() {
        loop.assertOnLoop();
        stopTimer();
        phase = new Phase.Gone();
    }

    private void feed(Input input) {
        loop.assertOnLoop();
        RegistrationMachine.Step step =
                RegistrationMachine.next(phase, input, endpoint.account().registrationExpiry(), random.nextDouble());
        phase = step.phase();
        for (Effect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.SendRegister register) {
            endpoint.send(
                    endpoint.newRegister()
                            .set("Expires", Long.toString(register.expiry().getSeconds())),
                    new Outcome(register.expiry()));
        } else if (effect instanceof Effect.StartTimer start) {
            stopTimer();
            timer = loop.schedule(start.delay(), () -> {
                timer = null;
                feed(new Input.TimerFired());
            });
        } else if (effect instanceof Effect.StopTimer) {
            stopTimer();
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void publish(Effect.Publish what) {
        Duration valid = what.valid();
        Instant expires = valid == null ? null : loop.now().plus(valid);
        listener.accept(new RegistrationSnapshot(
                what.state(),
                what.failure(),
                expires,
                what.retryIn(),
                endpoint.account().securityFloor().isLowered(),
                what.failure() == null ? null : refusal));
    }

    /** Hears how one REGISTER came out. */
    private final class Outcome implements RequestListener {
        private final Duration asked;

        Outcome(Duration asked) {
            this.asked = asked;
        }

        @Override
        public void success(SipResponse response) {
            refusal = null;
            feed(new Input.Accepted(
                    asked.isZero()
                            ? asked
                            : granted(response, asked, endpoint.contact().uri())));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            refusal = StatusMeaning.shown(response);
            feed(
                    why instanceof Failure.AuthenticationFailed
                            ? new Input.Failed(why)
                            : new Input.Rejected(
                                    response.status(),
                                    seconds(response, "Min-Expires"),
                                    seconds(response, "Retry-After")));
        }

        @Override
        public void failed(Failure why) {
            refusal = null;
            feed(new Input.Failed(why));
        }
    }

    private static @Nullable Duration seconds(SipResponse response, String header) {
        long seconds = response.number(header);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    /**
     * How long the registrar keeps our binding (RFC 3261 §10.2.4, §10.3 step 8). The answer lists every binding of the user; ours
     * is the one with our address. A registrar that rewrites addresses leaves none with ours: then the one that ends first is the
     * safe guess.
     */
    static Duration granted(SipResponse response, Duration asked, SipUri ours) {
        long general = response.number("Expires");
        long otherwise = general > 0 ? general : asked.getSeconds();
        long mine = -1;
        long first = -1;
        for (NameAddr contact : response.contacts()) {
            String text = contact.param("expires");
            long expires = text == null ? otherwise : seconds(text, otherwise);
            if (sameAddress(contact.uri(), ours)) {
                mine = Math.max(mine, expires);
            }
            first = first < 0 ? expires : Math.min(first, expires);
        }
        long seconds = mine > 0 ? mine : first > 0 ? first : otherwise;
        return Duration.ofSeconds(Math.min(seconds, MAX_EXPIRES_SECONDS));
    }

    private static boolean sameAddress(SipUri one, SipUri other) {
        return one.host().equalsIgnoreCase(other.host())
                && one.port() == other.port()
                && Objects.equals(one.user(), other.user());
    }

    private static long seconds(String text, long otherwise) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        return Long.parseLong(text);
    }
}
