// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.internal.sip.RegistrationFlow;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one account, over one flow or, where the phone system keeps a binding for each and has two servers, over two (RFC 5626): then
 * the account is registered as long as one of them is. Belongs to the loop, except where said.
 */
public final class Registration {
    private final RegistrationContext context;
    private final SipAccount account;
    private final Consumer<RegistrationSnapshot> listener;
    private final List<Answer<RegistrationSnapshot>> awaiting = new ArrayList<>(0);
    /** As {@link #awaiting}, of those who do not wait for another attempt. */
    private final List<Answer<RegistrationSnapshot>> awaitingAttempt = new ArrayList<>(0);
    /** By reg-id. Of those after the first, the account can do without. */
    private final List<FlowRegistration> flows = new ArrayList<>(1);

    private volatile RegistrationSnapshot snapshot;
    private @Nullable SipEndpoint endpoint;

    /**
     * From any thread; {@link #start} follows on the loop.
     *
     * @param listener told of every change, on the loop
     */
    public Registration(RegistrationContext context, SipAccount account, Consumer<RegistrationSnapshot> listener) {
        this.context = context;
        this.account = account;
        this.listener = listener;
        this.snapshot = snapshot(FlowStatus.STARTING, null);
    }

    /** As it was told last. From any thread. */
    public RegistrationSnapshot snapshot() {
        return snapshot;
    }

    public void start(SipEndpoint own) {
        context.loop().assertOnLoop();
        endpoint = own;
        FlowRegistration first = new FlowRegistration(
                context, own.registrationFlow(1), account.registrationExpiry(), () -> firstChanged(own));
        flows.add(first);
        context.instance().whenKnown(urn -> {
            own.identify(urn);
            first.feed(new RegistrationInput.Start());
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
        if (own == null || flows.get(0).isLeaving()) {
            changed.wipe();
            return;
        }
        own.updatePassword(changed);
        // Another may be opened on the way.
        for (int i = 0; i < flows.size(); i++) {
            flows.get(i).updateCredentials(i == 0 ? then : null);
        }
    }

    /**
     * What {@link com.techpro.callclient.engine.Account#whenRegistered} promises. From any thread.
     */
    public CompletionStage<RegistrationSnapshot> whenRegistered() {
        return when(Registration::isSettled, awaiting);
    }

    /**
     * What {@link com.techpro.callclient.engine.Account#whenRegisteredOrFailed} promises. From any thread.
     */
    public CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed() {
        return when(Registration::isDecided, awaitingAttempt);
    }

    private CompletionStage<RegistrationSnapshot> when(
            Predicate<RegistrationState> reached, List<Answer<RegistrationSnapshot>> waiting) {
        Answer<RegistrationSnapshot> answer =
                context.answers().open(snapshot(FlowStatus.of(RegistrationState.UNREGISTERED, null), null));
        context.loop().execute(() -> {
            if (reached.test(snapshot.state())) {
                answer.tell(snapshot);
            } else {
                waiting.add(answer);
            }
        });
        return answer.stage();
    }

    /** Whether an attempt has come out, for better or worse. */
    private static boolean isDecided(RegistrationState state) {
        return isSettled(state) || state == RegistrationState.WAITING;
    }

    /** Whether nothing changes by itself. */
    private static boolean isSettled(RegistrationState state) {
        return state == RegistrationState.REGISTERED
                || state == RegistrationState.FAILED
                || state == RegistrationState.UNREGISTERED;
    }

    /** Takes the bindings back; the state UNREGISTERED tells when that is over, for better or worse. */
    public void unregister() {
        feed(new RegistrationInput.Leave());
    }

    public void flowLost(RegistrationFlow lost, @Nullable Failure why) {
        for (FlowRegistration each : new ArrayList<>(flows)) {
            if (each.flow() == lost) {
                each.feed(new RegistrationInput.FlowLost(why == null ? new Failure.Unreachable() : why));
            }
        }
    }

    /** Something changed that makes it worth registering now: our address, or the network. */
    public void tryNow() {
        feed(new RegistrationInput.TryNow());
    }

    /** The second first, so that an account that leaves is not gone before both are. */
    private void feed(RegistrationInput input) {
        context.loop().assertOnLoop();
        for (int i = flows.size() - 1; i >= 0; i--) {
            flows.get(i).feed(input);
        }
    }

    /** The way to the phone system is another one: registers at once, over new connections. */
    public void networkChanged() {
        context.loop().assertOnLoop();
        new ArrayList<>(flows).forEach(FlowRegistration::networkChanged);
    }

    /** There is no network; a lost connection is found out by itself, and has that reason. */
    public void networkLost() {
        context.loop().assertOnLoop();
        flows.forEach(each -> each.flow().networkLost());
    }

    /** Stops without a word. */
    public void dispose() {
        context.loop().assertOnLoop();
        flows.forEach(FlowRegistration::dispose);
        if (snapshot.state() != RegistrationState.UNREGISTERED) {
            Failure cause = snapshot.failure() == null ? new Failure.Unreachable() : snapshot.failure();
            snapshot = snapshot(FlowStatus.of(RegistrationState.UNREGISTERED, cause), null);
        }
        tell(awaiting);
        tell(awaitingAttempt);
    }

    private void firstChanged(SipEndpoint own) {
        FlowStatus first = flows.get(0).status();
        if (first.isRegistered() && own.canHaveAnotherFlow()) {
            openSecond(own);
        } else if (first.state() == RegistrationState.FAILED && flows.size() > 1) {
            flows.get(1).feed(new RegistrationInput.Leave());
        }
        publish(flows.get(0), current());
    }

    private void openSecond(SipEndpoint own) {
        if (flows.size() > 1) {
            if (!flows.get(1).isOver()) {
                return;
            }
            flows.remove(1);
        }
        FlowRegistration second = new FlowRegistration(
                context, own.registrationFlow(2), account.registrationExpiry(), this::secondChanged);
        flows.add(second);
        context.loop().execute(() -> {
            if (flows.contains(second)) {
                second.feed(new RegistrationInput.Start());
            }
        });
    }

    private void secondChanged() {
        FlowRegistration second = flows.get(1);
        if (second.status().isRegistered() && !second.flow().isOutbound()) {
            // Two bindings that are not of one instance would ring twice.
            context.loop().execute(() -> second.feed(new RegistrationInput.Leave()));
        }
        RegistrationSnapshot after = current();
        if (!after.equals(snapshot)) {
            publish(second, after);
        }
    }

    /** @param changed leads to it */
    private void publish(FlowRegistration changed, RegistrationSnapshot after) {
        boolean news = !changed.isProbe() || !isRefreshed(snapshot, after);
        snapshot = after;
        if (!news) {
            return;
        }
        listener.accept(snapshot);
        if (isSettled(snapshot.state())) {
            tell(awaiting);
        }
        if (isDecided(snapshot.state())) {
            tell(awaitingAttempt);
        }
    }

    /** Whether nothing but the time differs at which it runs out. */
    private static boolean isRefreshed(RegistrationSnapshot before, RegistrationSnapshot after) {
        return after.equals(new RegistrationSnapshot(
                before.state(),
                before.failure(),
                after.expires(),
                before.retryIn(),
                before.weakenedSecurity(),
                before.flows(),
                before.push(),
                before.status()));
    }

    private void tell(List<Answer<RegistrationSnapshot>> waiting) {
        List<Answer<RegistrationSnapshot>> told = new ArrayList<>(waiting);
        waiting.clear();
        told.forEach(answer -> answer.tell(snapshot));
    }

    private RegistrationSnapshot current() {
        FlowStatus second = flows.size() > 1 ? flows.get(1).status() : null;
        return snapshot(FlowStatus.ofAccount(flows.get(0).status(), second), endpoint);
    }

    /** @param own null before it is there, and when it is of no more use */
    private RegistrationSnapshot snapshot(FlowStatus status, @Nullable SipEndpoint own) {
        int registered = 0;
        if (status.isRegistered()) {
            for (FlowRegistration flow : flows) {
                registered += flow.status().isRegistered() ? 1 : 0;
            }
        }
        return new RegistrationSnapshot(
                status.state(),
                status.failure(),
                status.expires(),
                status.retryIn(),
                account.securityFloor().isWeakened(),
                registered,
                own == null || !status.isRegistered() ? PushSupport.NOT_ASKED : own.pushSupport(),
                status.status());
    }
}
