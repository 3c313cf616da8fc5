// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one account: runs its {@link RegistrationMachine}. The flow that it is for is the {@link SipEndpoint}'s. Belongs to the
 * loop, except where said.
 */
public final class Registration {
    private static final int MAX_EXPIRES_SECONDS = 86_400;

    private final RegistrationContext context;
    private final SipAccount account;
    private final Consumer<RegistrationSnapshot> listener;
    private final List<Answer<RegistrationSnapshot>> awaiting = new ArrayList<>(0);

    private volatile RegistrationSnapshot snapshot;
    private @Nullable SipEndpoint endpoint;
    private RegistrationPhase phase = new RegistrationPhase.Idle();
    private @Nullable Timer timer;
    private @Nullable SipStatus refusal;
    /** Whether the REGISTER on its way proves the account with a password that is not its any more. */
    private boolean credentialsChanged;
    /** Hears when the password that was given last has been accepted; null if it was, or if it is the account's own. */
    private @Nullable Runnable accepted;
    /** Whether the flow is lost because we closed it. */
    private boolean reconnecting;

    /**
     * From any thread; {@link #start} follows on the loop.
     *
     * @param listener told of every change, on the loop
     */
    public Registration(RegistrationContext context, SipAccount account, Consumer<RegistrationSnapshot> listener) {
        this.context = context;
        this.account = account;
        this.listener = listener;
        this.snapshot = snapshot(RegistrationState.REGISTERING, null, null, null);
    }

    /** As it was told last. From any thread. */
    public RegistrationSnapshot snapshot() {
        return snapshot;
    }

    public void start(SipEndpoint own) {
        context.loop().assertOnLoop();
        endpoint = own;
        context.instance().whenKnown(urn -> {
            own.identify(urn);
            feed(new RegistrationInput.Start());
        });
    }

    /** Registers now, whatever was before: the host says that it is worth it. */
    public void register() {
        feed(new RegistrationInput.Register());
    }

    /**
     * Goes on with another password.
     *
     * @param changed to be wiped by the endpoint
     * @param then called on the loop when a REGISTER that was begun with it has been accepted, unless another followed before that
     */
    public void updateCredentials(Secret changed, Runnable then) {
        context.loop().assertOnLoop();
        SipEndpoint own = endpoint;
        if (own == null || phase instanceof RegistrationPhase.Leaving || phase instanceof RegistrationPhase.Gone) {
            changed.wipe();
            return;
        }
        own.updatePassword(changed);
        accepted = then;
        if (phase instanceof RegistrationPhase.Registering || phase instanceof RegistrationPhase.Refreshing) {
            credentialsChanged = true;
        } else {
            feed(new RegistrationInput.Register());
        }
    }

    /**
     * What {@link com.techpro.callclient.engine.Account#whenRegistered} promises. From any thread.
     */
    public CompletionStage<RegistrationSnapshot> whenRegistered() {
        Answer<RegistrationSnapshot> answer =
                context.answers().open(snapshot(RegistrationState.UNREGISTERED, null, null, null));
        context.loop().execute(() -> {
            if (isSettled(snapshot.state())) {
                answer.tell(snapshot);
            } else {
                awaiting.add(answer);
            }
        });
        return answer.stage();
    }

    /** Whether nothing changes by itself. */
    private static boolean isSettled(RegistrationState state) {
        return state == RegistrationState.REGISTERED
                || state == RegistrationState.FAILED
                || state == RegistrationState.UNREGISTERED;
    }

    /** Takes the binding back; the state UNREGISTERED tells when that is over, for better or worse. */
    public void unregister() {
        feed(new RegistrationInput.Leave());
    }

    public void flowLost(@Nullable Failure why) {
        feed(new RegistrationInput.FlowLost(why == null ? new Failure.Unreachable() : why));
    }

    /** Something changed that makes it worth registering now: our address, or the network. */
    public void tryNow() {
        feed(new RegistrationInput.TryNow());
    }

    /** The way to the phone system is another one: registers at once, over a new connection. */
    public void networkChanged() {
        context.loop().assertOnLoop();
        if (endpoint == null || phase instanceof RegistrationPhase.Leaving || phase instanceof RegistrationPhase.Gone) {
            return;
        }
        if (phase instanceof RegistrationPhase.Waiting) {
            tryNow();
        } else {
            // What we close ourselves is no reason to wait; where the user has to act, nothing follows from it.
            reconnecting = !(phase instanceof RegistrationPhase.Stopped);
            endpoint.closeFlow();
        }
    }

    /** Stops without a word. */
    public void dispose() {
        context.loop().assertOnLoop();
        stopTimer();
        if (!(phase instanceof RegistrationPhase.Gone)) {
            Failure cause = snapshot.failure() == null ? new Failure.Unreachable() : snapshot.failure();
            phase = new RegistrationPhase.Gone();
            snapshot = snapshot(RegistrationState.UNREGISTERED, cause, null, null);
        }
        tellAwaiting();
    }

    private void feed(RegistrationInput input) {
        context.loop().assertOnLoop();
        RegistrationMachine.Step step = RegistrationMachine.next(
                phase, input, account.registrationExpiry(), context.random().nextDouble());
        phase = step.phase();
        for (RegistrationEffect effect : step.effects()) {
            perform(effect);
        }
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

    private void send(Duration expiry) {
        SipEndpoint own = endpoint;
        if (own == null) {
            throw new IllegalStateException("a registration starts before it sends");
        }
        credentialsChanged = false;
        SipRequest.Builder register = own.newRegister().set("Expires", Long.toString(expiry.getSeconds()));
        if (expiry.isZero()) {
            own.send(register, new Outcome(own, expiry, accepted));
        } else {
            own.register(register, new Outcome(own, expiry, accepted));
        }
    }

    private void publish(RegistrationEffect.Publish what) {
        Duration valid = what.valid();
        Instant expires = valid == null ? null : context.loop().now().plus(valid);
        snapshot = snapshot(what.state(), what.failure(), expires, what.retryIn());
        if (reconnecting && what.state() == RegistrationState.WAITING) {
            reconnecting = false;
            context.loop().execute(this::tryNow);
        }
        listener.accept(snapshot);
        if (isSettled(what.state())) {
            tellAwaiting();
        }
    }

    private void tellAwaiting() {
        List<Answer<RegistrationSnapshot>> told = new ArrayList<>(awaiting);
        awaiting.clear();
        told.forEach(answer -> answer.tell(snapshot));
    }

    private RegistrationSnapshot snapshot(
            RegistrationState state, @Nullable Failure failure, @Nullable Instant expires, @Nullable Duration retryIn) {
        return new RegistrationSnapshot(
                state,
                failure,
                expires,
                retryIn,
                account.securityFloor().isWeakened(),
                state == RegistrationState.REGISTERED ? 1 : 0,
                endpoint == null || state != RegistrationState.REGISTERED
                        ? PushSupport.NOT_ASKED
                        : endpoint.pushSupport(),
                failure == null ? null : refusal);
    }

    /** Hears how one REGISTER came out. */
    private final class Outcome implements RequestListener {
        private final SipEndpoint own;
        private final Duration asked;
        private final @Nullable Runnable ofPassword;

        Outcome(SipEndpoint own, Duration asked, @Nullable Runnable ofPassword) {
            this.own = own;
            this.asked = asked;
            this.ofPassword = ofPassword;
        }

        @Override
        public void success(SipResponse response) {
            refusal = null;
            feed(new RegistrationInput.Accepted(
                    asked.isZero() ? asked : granted(response, asked, own.boundContact())));
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
                own.probeFlow();
            }
            feed(new RegistrationInput.Failed(why));
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
