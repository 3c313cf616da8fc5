// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one account. It uses two flows if the phone system keeps a binding for each
 * and has two servers (RFC 5626). The account is then registered while one of them is. Belongs to
 * the loop, except where stated.
 */
public final class Registration {
    private final RegistrationContext context;
    private final SipAccount account;
    private final Consumer<RegistrationSnapshot> listener;
    private final List<Answer<RegistrationSnapshot>> awaiting = new ArrayList<>(0);
    /** As {@link #awaiting}, for callers that wait for one attempt only. */
    private final List<Answer<RegistrationSnapshot>> awaitingAttempt = new ArrayList<>(0);
    /** Callers of {@link #answered}, whose attempt is under way. */
    private final List<Answer<RegistrationSnapshot>> awaitingOwn = new ArrayList<>(0);
    /** Flows by reg-id; the account can do without any but the first. */
    private final List<RegistrationDriver> flows = new ArrayList<>(1);

    private volatile RegistrationSnapshot snapshot;
    private @Nullable SipEndpoint endpoint;

    /**
     * Creates a registration, from any thread; {@link #start} follows on the loop.
     *
     * @param listener is called at every change, on the loop
     */
    public Registration(RegistrationContext context, SipAccount account, Consumer<RegistrationSnapshot> listener) {
        this.context = context;
        this.account = account;
        this.listener = listener;
        this.snapshot = snapshot(FlowStatus.STARTING, null);
    }

    /** Returns the state as last reported. May be called from any thread. */
    public RegistrationSnapshot snapshot() {
        return snapshot;
    }

    public void start(SipEndpoint own) {
        context.loop().assertOnLoop();
        endpoint = own;
        RegistrationDriver first = new RegistrationDriver(
                context, own.registrationFlow(1), account.registrationExpiry(), () -> firstChanged(own));
        flows.add(first);
        context.instance().whenKnown(urn -> {
            own.identify(urn);
            first.flow().replaces(earlier(context.instance().takeContacts(addressOfRecord())));
            first.feed(new RegistrationInput.Start());
        });
    }

    /** Distinguishes the account from others of this installation. */
    private String addressOfRecord() {
        return SipUri.of("sip", account.user(), account.domain(), account.domainPort())
                .encode();
    }

    private static List<SipUri> earlier(List<String> contacts) {
        List<SipUri> uris = new ArrayList<>();
        for (String contact : contacts) {
            try {
                uris.add(SipUri.parse(contact));
            } catch (SipParseException e) {
                // Damaged; the binding expires.
            }
        }
        return uris;
    }

    /** Keeps the Contacts that the next run must remove if this one does not end in order. */
    private void keepContacts(RegistrationState state) {
        if (state == RegistrationState.REGISTERED || state == RegistrationState.UNREGISTERED) {
            List<String> contacts = new ArrayList<>();
            flows.get(0).flow().registeredContacts().forEach(uri -> contacts.add(uri.encode()));
            context.instance().keepContacts(addressOfRecord(), contacts);
        }
    }

    /** Registers now, whatever the state, at the host's request. */
    public void register() {
        feed(new RegistrationInput.Register());
    }

    /**
     * Continues with another password.
     *
     * @param changed the endpoint wipes it
     * @param then called on the loop when a REGISTER begun with it is accepted, unless another
     *     password followed before
     */
    public void updateCredentials(Secret changed, Runnable then) {
        context.loop().assertOnLoop();
        SipEndpoint own = endpoint;
        if (own == null || flows.get(0).isLeaving()) {
            changed.wipe();
            return;
        }
        own.updatePassword(changed);
        // Further flows may be opened meanwhile.
        for (int i = 0; i < flows.size(); i++) {
            flows.get(i).updateCredentials(i == 0 ? then : null);
        }
    }

    /**
     * Implements {@link com.techpro.callclient.engine.Account#whenRegistered}. May be called from
     * any thread.
     */
    public CompletionStage<RegistrationSnapshot> whenRegistered() {
        return when(Registration::isSettled, awaiting);
    }

    /**
     * Implements {@link com.techpro.callclient.engine.Account#whenRegisteredOrFailed}. May be
     * called from any thread.
     */
    public CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed() {
        return when(Registration::isDecided, awaitingAttempt);
    }

    /**
     * Begins an attempt, and answers with the state that it leads to. May be called from any
     * thread.
     *
     * @param attempt runs on the loop
     */
    public CompletionStage<RegistrationSnapshot> answered(Runnable attempt) {
        Answer<RegistrationSnapshot> answer = newAnswer();
        context.loop().execute(() -> {
            attempt.run();
            if (isTrying()) {
                awaitingOwn.add(answer);
            } else {
                answer.tell(snapshot);
            }
        });
        return answer.stage();
    }

    /** Whether the first flow, which every account has, waits for a response or to begin. */
    private boolean isTrying() {
        return snapshot.state() != RegistrationState.UNREGISTERED
                && (flows.isEmpty() || flows.get(0).isTrying());
    }

    private Answer<RegistrationSnapshot> newAnswer() {
        return context.answers().open(snapshot(FlowStatus.of(RegistrationState.UNREGISTERED, null), null));
    }

    private CompletionStage<RegistrationSnapshot> when(
            Predicate<RegistrationState> reached, List<Answer<RegistrationSnapshot>> waiting) {
        Answer<RegistrationSnapshot> answer = newAnswer();
        context.loop().execute(() -> {
            if (reached.test(snapshot.state())) {
                answer.tell(snapshot);
            } else {
                waiting.add(answer);
            }
        });
        return answer.stage();
    }

    /** Whether an attempt has succeeded or failed. */
    private static boolean isDecided(RegistrationState state) {
        return isSettled(state) || state == RegistrationState.WAITING;
    }

    /** Whether the state stays until somebody acts. */
    private static boolean isSettled(RegistrationState state) {
        return state == RegistrationState.REGISTERED
                || state == RegistrationState.FAILED
                || state == RegistrationState.UNREGISTERED;
    }

    /** Unregisters. The state UNREGISTERED reports the end, whether or not it succeeded. */
    public void unregister() {
        feed(new RegistrationInput.Leave());
    }

    public void flowLost(RegistrationFlow lost, @Nullable Failure why) {
        for (RegistrationDriver each : new ArrayList<>(flows)) {
            if (each.flow() == lost) {
                each.feed(new RegistrationInput.FlowLost(why == null ? new Failure.Unreachable() : why));
            }
        }
    }

    /** Registers now, because our address or the network has changed. */
    public void tryNow() {
        feed(new RegistrationInput.TryNow());
    }

    /**
     * Passes the input to the second flow first, so that a leaving account is not gone before both
     * flows are.
     */
    private void feed(RegistrationInput input) {
        context.loop().assertOnLoop();
        for (int i = flows.size() - 1; i >= 0; i--) {
            flows.get(i).feed(input);
        }
    }

    /** Registers at once over new connections, because the network has changed. */
    public void networkChanged() {
        context.loop().assertOnLoop();
        new ArrayList<>(flows).forEach(RegistrationDriver::networkChanged);
    }

    /**
     * Notes that there is no network. A lost connection is detected separately and then gets this
     * reason.
     */
    public void networkLost() {
        context.loop().assertOnLoop();
        flows.forEach(each -> each.flow().networkLost());
    }

    /** Stops without sending anything. */
    public void dispose() {
        context.loop().assertOnLoop();
        flows.forEach(RegistrationDriver::dispose);
        if (snapshot.state() != RegistrationState.UNREGISTERED) {
            Failure cause = snapshot.failure() == null ? new Failure.Unreachable() : snapshot.failure();
            snapshot = snapshot(FlowStatus.of(RegistrationState.UNREGISTERED, cause), null);
        }
        answer(awaiting);
        answer(awaitingAttempt);
        answer(awaitingOwn);
    }

    private void firstChanged(SipEndpoint own) {
        FlowStatus first = flows.get(0).status();
        keepContacts(first.state());
        if (first.isRegistered() && own.canHaveAnotherFlow()) {
            openSecond(own);
        } else if (first.state() == RegistrationState.FAILED && flows.size() > 1) {
            flows.get(1).feed(new RegistrationInput.Leave());
        }
        publish(flows.get(0), current());
        if (!isTrying()) {
            answer(awaitingOwn);
        }
    }

    private void openSecond(SipEndpoint own) {
        if (flows.size() > 1) {
            if (!flows.get(1).isOver()) {
                return;
            }
            flows.remove(1);
        }
        RegistrationDriver second = new RegistrationDriver(
                context, own.registrationFlow(2), account.registrationExpiry(), this::secondChanged);
        flows.add(second);
        context.loop().execute(() -> {
            if (flows.contains(second)) {
                second.feed(new RegistrationInput.Start());
            }
        });
    }

    private void secondChanged() {
        RegistrationDriver second = flows.get(1);
        if (second.status().isRegistered() && !second.flow().isOutbound()) {
            // Two bindings without a common instance would make the phone ring twice.
            context.loop().execute(() -> second.feed(new RegistrationInput.Leave()));
        }
        RegistrationSnapshot after = current();
        if (!after.equals(snapshot)) {
            publish(second, after);
        }
    }

    /** @param changed the flow that caused the change */
    private void publish(RegistrationDriver changed, RegistrationSnapshot after) {
        boolean news = !changed.isProbe() || !isRefreshed(snapshot, after);
        snapshot = after;
        if (!news) {
            return;
        }
        listener.accept(snapshot);
        if (isSettled(snapshot.state())) {
            answer(awaiting);
        }
        if (isDecided(snapshot.state())) {
            answer(awaitingAttempt);
        }
    }

    /** Whether only the expiry differs. */
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

    private void answer(List<Answer<RegistrationSnapshot>> waiting) {
        List<Answer<RegistrationSnapshot>> told = new ArrayList<>(waiting);
        waiting.clear();
        told.forEach(answer -> answer.tell(snapshot));
    }

    private RegistrationSnapshot current() {
        FlowStatus second = flows.size() > 1 ? flows.get(1).status() : null;
        return snapshot(FlowStatus.ofAccount(flows.get(0).status(), second), endpoint);
    }

    /** @param own null before it exists, and after the end */
    private RegistrationSnapshot snapshot(FlowStatus status, @Nullable SipEndpoint own) {
        int registered = 0;
        if (status.isRegistered()) {
            for (RegistrationDriver flow : flows) {
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
