// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.CallReport;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.media.AccountMedia;
import com.techpro.callclient.engine.internal.call.media.IceServers;
import com.techpro.callclient.engine.internal.call.media.LearntKeys;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.internal.message.AccountMessages;
import com.techpro.callclient.engine.internal.mwi.MessageWaiting;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account: its registration, its calls and its text messages. Used on the loop, except where
 * stated.
 */
public final class AccountSession {
    private final CallContext context;
    private final String id;
    private final SipAccount account;
    private final Consumer<AccountEvent> events;
    private final Supplier<String> callIds;
    private final IceServers iceServers;
    private final AccountMedia media;
    private final Set<CallSession> calls = new LinkedHashSet<>();

    private final Registration registration;
    private @Nullable SipEndpoint endpoint;
    private @Nullable MessageWaiting messages;
    private @Nullable AccountMessages texts;
    /** Whether our address has changed since the phone system was last told it. */
    private boolean moved;

    private RegistrationState before = RegistrationState.REGISTERING;
    private volatile boolean removed;
    private boolean unregistering;
    private boolean unregistered;

    /**
     * Creates a session, from any thread; {@link #open} and {@link #start} follow on the loop.
     *
     * @param callIds generates call ids, from any thread
     */
    public AccountSession(
            CallContext context,
            RegistrationContext registrations,
            String id,
            SipAccount account,
            Consumer<AccountEvent> events,
            Supplier<String> callIds) {
        this.context = context;
        this.id = id;
        this.account = account;
        this.events = events;
        this.callIds = callIds;
        this.iceServers = new IceServers(account, context);
        DtlsIdentity identity = context.media().identities().make(context.loop().now());
        this.media = new AccountMedia(account, identity, iceServers, new LearntKeys(account.keyingPolicy()));
        this.registration = new Registration(registrations, account, this::registrationChanged);
    }

    /** Opens the endpoint, so that calls can be made. */
    public void open() {
        iceServers.locate();
        if (account.keyingPolicy().takes(KeyExchange.DTLS)) {
            context.media().identities().expectUse(context.loop().now());
        }
        SipEndpoint opened =
                context.sip().newEndpoint(account, new AccountRequests(this, context, media, events, callIds));
        endpoint = opened;
        messages = new MessageWaiting(
                context.loop(),
                context.sip(),
                opened,
                context.random(),
                account.subscribesToMessages(),
                summary -> events.accept(new AccountEvent.MessagesWaitingChanged(this, summary)));
        texts = new AccountMessages(
                context.loop(),
                context.sip(),
                opened,
                (text, stored) -> events.accept(new AccountEvent.TextReceived(this, text, stored)),
                receipt -> events.accept(new AccountEvent.ReceiptReceived(this, receipt)));
    }

    /** Registers, once it is {@link #open}. */
    public void start() {
        if (endpoint != null && !unregistering) {
            registration.start(endpoint);
        }
    }

    /** From any thread. */
    public String id() {
        return id;
    }

    /** From any thread. */
    public SipAccount account() {
        return account;
    }

    /** From any thread. */
    public Registration registration() {
        return registration;
    }

    /**
     * Returns the account's SIP endpoint; null before {@link #open} and after the account is gone.
     */
    public @Nullable SipEndpoint endpoint() {
        return endpoint;
    }

    public SipStack sip() {
        return context.sip();
    }

    /**
     * Creates a call, which {@link #place} starts. Both may be called from any thread.
     *
     * @throws IllegalArgumentException if the target cannot be an address, or a header is not one
     *     of the custom headers
     */
    public CallSession newCall(String target, CallOptions options) {
        requirePermitted(options);
        DialTarget dialled = DialTarget.dialled(target, account.domain());
        CallSession call = newCall(dialled.uri(), options);
        call.pressAfterAnswer(dialled.keys());
        return call;
    }

    /** @throws IllegalArgumentException if a header is not one of the custom headers */
    public void requirePermitted(CallOptions options) {
        context.customHeaders().requirePermitted(options.headers());
    }

    /**
     * As {@link #newCall(String, CallOptions)}, but the headers are the engine's own and not
     * checked.
     */
    public CallSession newCall(SipUri target, CallOptions options) {
        return newCall(target, RemoteParty.of(NameAddr.of(target)), options);
    }

    /** @param remote the party expected there; the target need not name it */
    public CallSession newCall(SipUri target, PartyIdentity remote, CallOptions options) {
        return CallSession.outgoing(context, media, this::reported, callIds.get(), target, remote, options);
    }

    /** Starts a call. May be called from any thread. */
    public void place(CallSession call) {
        context.loop().execute(() -> events.accept(new AccountEvent.Dialled(this, call)));
        context.loop().execute(() -> {
            calls.add(call);
            if (endpoint == null || unregistering) {
                call.fail(new Failure.Unreachable());
            } else if (calls.size() > context.limits().maxCalls()) {
                call.fail(new Failure.TooManyCalls());
            } else {
                call.dial(endpoint);
            }
        });
    }

    /**
     * Returns the account's text messages, or null if none can be sent or received any more. On the
     * loop.
     */
    public @Nullable AccountMessages texts() {
        return unregistering ? null : texts;
    }

    /** Whether the account has begun to go. From any thread. */
    public boolean isRemoved() {
        return removed;
    }

    /** As {@link #unregister}, from any thread. */
    public void remove() {
        removed = true;
        context.loop().execute(this::unregister);
    }

    /** Hangs up all calls and unregisters; {@link AccountEvent.AccountGone} reports completion. */
    public void unregister() {
        removed = true;
        if (!unregistering) {
            unregistering = true;
            new ArrayList<>(calls).forEach(CallSession::hangUpNow);
            if (messages != null) {
                messages.unsubscribe();
            }
            registration.unregister();
        }
    }

    /** Releases everything at once, without sending anything. */
    public void dispose() {
        unregistering = true;
        new ArrayList<>(calls).forEach(CallSession::dispose);
        registration.dispose();
        if (messages != null) {
            messages.dispose();
        }
        unregistered = true;
        goIfDone();
    }

    /** Registers now, ahead of schedule. */
    public void refresh() {
        registration.tryNow();
    }

    /** Registers at once over a new connection, because the network has changed. Calls continue. */
    public void networkChanged() {
        registration.networkChanged();
    }

    /** Notes that there is no network. Calls continue when it is back. */
    public void networkLost() {
        registration.networkLost();
    }

    private void registrationChanged(RegistrationSnapshot after) {
        boolean fresh = before != RegistrationState.REGISTERED || moved;
        before = after.state();
        events.accept(new AccountEvent.RegistrationChanged(this, after));
        if (messages != null && fresh && after.state() == RegistrationState.REGISTERED) {
            moved = false;
            messages.registered();
        }
        if (after.state() == RegistrationState.REGISTERED) {
            follow();
        }
        if (unregistering && after.state() == RegistrationState.UNREGISTERED) {
            unregistered = true;
            if (messages != null) {
                messages.dispose();
            }
            goIfDone();
        }
    }

    /** Moves the media of open calls to the registration's current flow (promise C10). */
    private void follow() {
        Flow flow = endpoint == null || unregistering ? null : endpoint.flow();
        if (flow != null) {
            new ArrayList<>(calls).forEach(call -> call.moved(flow));
        }
    }

    void flowLost(RegistrationFlow lost, @Nullable Failure why) {
        if (messages != null && (endpoint == null || endpoint.flow() == null)) {
            messages.flowLost();
        }
        registration.flowLost(lost, why);
    }

    void contactChanged() {
        moved = true;
        registration.tryNow();
    }

    /** Returns the calls that are not yet released. */
    Set<CallSession> calls() {
        return calls;
    }

    @Nullable
    MessageWaiting messages() {
        return messages;
    }

    boolean isUnregistering() {
        return unregistering;
    }

    /** Returns how many calls are not yet released. On the loop. */
    public int openCalls() {
        return calls.size();
    }

    private void goIfDone() {
        if (unregistered && calls.isEmpty() && endpoint != null) {
            endpoint.close();
            endpoint = null;
            if (texts != null) {
                texts.close();
                texts = null;
            }
            events.accept(new AccountEvent.AccountGone(this));
        }
    }

    /** Updates the set of calls, then reports. */
    void reported(CallReport report) {
        if (report instanceof CallReport.TransferAccepted transfer) {
            CallSession next = newCall(transfer.target(), transfer.options());
            events.accept(new AccountEvent.TransferFollowed(this, transfer.call(), next));
            place(next);
            next.reportTo(transfer.heard());
            return;
        }
        boolean released = report instanceof CallReport.Released;
        if (released) {
            calls.remove(report.call());
        }
        events.accept(new AccountEvent.OfCall(report));
        if (released) {
            goIfDone();
        }
    }
}
