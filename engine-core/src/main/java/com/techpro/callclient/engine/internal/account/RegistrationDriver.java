// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The registration of one flow; runs its {@link RegistrationMachine}. Belongs to the loop. */
final class RegistrationDriver {
    private static final int MAX_EXPIRES_SECONDS = 86_400;

    private final RegistrationContext context;
    private final RegistrationFlow flow;
    private final Duration expiry;
    private final Runnable changed;
    private FlowStatus status = FlowStatus.STARTING;
    private RegistrationPhase phase = new RegistrationPhase.Idle();
    private @Nullable Timer timer;
    private @Nullable SipStatus refusal;
    /** Whether the REGISTER on its way uses an outdated password. */
    private boolean credentialsChanged;
    /** Runs when the latest password is accepted; null if it was, or if it is the account's own. */
    private @Nullable Runnable accepted;
    /** Whether the REGISTER on its way only probes the connection. */
    private boolean probing;
    /** Whether we closed the flow ourselves. */
    private boolean reconnecting;

    /** @param changed runs at every change of {@link #status} */
    RegistrationDriver(RegistrationContext context, RegistrationFlow flow, Duration expiry, Runnable changed) {
        this.context = context;
        this.flow = flow;
        this.expiry = expiry;
        this.changed = changed;
        flow.refreshBy(this::probe);
    }

    /** @return whether a REGISTER is on its way that keeps the registration */
    private boolean probe() {
        if (phase instanceof RegistrationPhase.Registered) {
            feed(new RegistrationInput.TryNow());
            probing = phase instanceof RegistrationPhase.Refreshing;
        }
        return phase instanceof RegistrationPhase.Refreshing;
    }

    /**
     * Whether a {@link RegistrationFlow#refreshBy probe} caused the current change; valid while it
     * is reported.
     */
    boolean isProbe() {
        return probing;
    }

    FlowStatus status() {
        return status;
    }

    RegistrationFlow flow() {
        return flow;
    }

    /** Whether nothing is registered and a new start is needed. */
    boolean isOver() {
        return phase instanceof RegistrationPhase.Stopped || phase instanceof RegistrationPhase.Gone;
    }

    /** Whether its state will change by a response, or by its start. */
    boolean isTrying() {
        return phase instanceof RegistrationPhase.Idle
                || phase instanceof RegistrationPhase.Registering
                || phase instanceof RegistrationPhase.Refreshing
                || phase instanceof RegistrationPhase.Leaving;
    }

    boolean isLeaving() {
        return phase instanceof RegistrationPhase.Leaving || phase instanceof RegistrationPhase.Gone;
    }

    /**
     * Continues with the endpoint's current password; see {@link Registration#updateCredentials}.
     */
    void updateCredentials(@Nullable Runnable then) {
        if (isLeaving()) {
            return;
        }
        accepted = then;
        if (phase instanceof RegistrationPhase.Registering || phase instanceof RegistrationPhase.Refreshing) {
            credentialsChanged = true;
        } else {
            feed(new RegistrationInput.Register());
        }
    }

    /** Registers at once over a new connection, because the network has changed. */
    void networkChanged() {
        if (isLeaving()) {
            return;
        }
        boolean waiting = phase instanceof RegistrationPhase.Waiting;
        // A flow that we closed ourselves is no failure and needs no wait. If the user must act
        // first, a new network does not help.
        reconnecting = !waiting && !(phase instanceof RegistrationPhase.Stopped);
        flow.networkChanged();
        if (waiting) {
            feed(new RegistrationInput.TryNow());
        }
    }

    /** Stops without sending anything. */
    void dispose() {
        stopTimer();
        phase = new RegistrationPhase.Gone();
    }

    void feed(RegistrationInput input) {
        context.loop().assertOnLoop();
        if (input instanceof RegistrationInput.Register || input instanceof RegistrationInput.TryNow) {
            // The requester is notified, even if a REGISTER is already on its way.
            probing = false;
        }
        if (reconnecting && isLoss(input)) {
            reconnecting = false;
            RegistrationPhase lost = phase;
            // Later, when everything that used the old network is closed.
            context.loop().execute(() -> {
                if (phase == lost || isLeaving()) {
                    feed(new RegistrationInput.NetworkChanged());
                }
            });
            return;
        }
        RegistrationMachine.Step step =
                RegistrationMachine.next(phase, input, expiry, context.random().nextDouble());
        phase = step.phase();
        if (input instanceof RegistrationInput.Leave) {
            // An account that leaves does not wait for a silent name server.
            flow.stopSearching();
        }
        for (RegistrationEffect effect : step.effects()) {
            perform(effect);
        }
    }

    /** Whether the registration, or the REGISTER on its way, ends with its flow. */
    private boolean isLoss(RegistrationInput input) {
        return phase instanceof RegistrationPhase.Registered
                ? input instanceof RegistrationInput.FlowLost
                : input instanceof RegistrationInput.Failed;
    }

    private void perform(RegistrationEffect effect) {
        if (effect instanceof RegistrationEffect.SendRegister register) {
            send(register.expiry());
        } else if (effect instanceof RegistrationEffect.StartTimer start) {
            stopTimer();
            timer = context.loop().schedule(start.delay(), () -> {
                timer = null;
                feed(new RegistrationInput.TimerFired());
            });
        } else if (effect instanceof RegistrationEffect.StopTimer) {
            stopTimer();
        } else if (effect instanceof RegistrationEffect.Publish publish) {
            publish(publish);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void send(Duration asked) {
        credentialsChanged = false;
        SipRequest.Builder register = flow.newRegister().set("Expires", Long.toString(asked.getSeconds()));
        flow.send(register, new Outcome(asked, accepted));
    }

    private void publish(RegistrationEffect.Publish what) {
        Duration valid = what.valid();
        Instant expires = valid == null ? null : context.loop().now().plus(valid);
        status = new FlowStatus(
                what.state(), what.failure(), expires, what.retryIn(), what.failure() == null ? null : refusal);
        reconnecting = false;
        changed.run();
        probing = false;
    }

    /** Handles the response to one REGISTER. */
    private final class Outcome implements RequestListener {
        private final Duration asked;
        private final @Nullable Runnable ofPassword;

        Outcome(Duration asked, @Nullable Runnable ofPassword) {
            this.asked = asked;
            this.ofPassword = ofPassword;
        }

        @Override
        public void success(SipResponse response) {
            refusal = null;
            feed(new RegistrationInput.Accepted(
                    asked.isZero() ? asked : granted(response, asked, flow.boundContact()), flow.refreshLead()));
            if (ofPassword != null && ofPassword == accepted && !asked.isZero()) {
                accepted = null;
                ofPassword.run();
            }
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            boolean refused = why instanceof Failure.AuthenticationFailed || why instanceof Failure.Forbidden;
            if (refused && credentialsChanged) {
                feed(new RegistrationInput.CredentialsChanged());
                return;
            }
            refusal = StatusMeaning.shown(response);
            feed(
                    why instanceof Failure.AuthenticationFailed
                            ? new RegistrationInput.Failed(why)
                            : new RegistrationInput.Rejected(
                                    response.status(),
                                    seconds(response, "Min-Expires"),
                                    seconds(response, "Retry-After")));
        }

        @Override
        public void failed(Failure why) {
            refusal = null;
            if (why instanceof Failure.TimedOut) {
                flow.unanswered();
            }
            feed(new RegistrationInput.Failed(why));
        }
    }

    private static @Nullable Duration seconds(SipResponse response, String header) {
        long seconds = response.number(header);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    /**
     * Returns how long the registrar keeps our binding (RFC 3261 §10.2.4, §10.3 step 8). The
     * response lists every binding of the user; ours has our address. If the registrar rewrites
     * addresses, none has ours, and the binding that expires first is the safe choice.
     */
    static Duration granted(SipResponse response, Duration asked, @Nullable SipUri ours) {
        long general = response.number("Expires");
        long otherwise = general > 0 ? general : asked.getSeconds();
        long mine = -1;
        long first = -1;
        for (NameAddr contact : response.contacts()) {
            String text = contact.param("expires");
            long expires = text == null ? otherwise : seconds(text, otherwise);
            if (ours != null && sameAddress(contact.uri(), ours)) {
                mine = Math.max(mine, expires);
            }
            first = first < 0 ? expires : Math.min(first, expires);
        }
        long seconds = mine > 0 ? mine : first > 0 ? first : otherwise;
        return Duration.ofSeconds(Math.min(seconds, MAX_EXPIRES_SECONDS));
    }

    private static boolean sameAddress(SipUri one, SipUri other) {
        return NumericHost.same(one.host(), other.host())
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
