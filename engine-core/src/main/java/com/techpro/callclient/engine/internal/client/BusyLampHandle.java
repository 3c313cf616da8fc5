// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.internal.presence.LampReading;
import com.techpro.callclient.engine.internal.presence.LampSubscription;
import com.techpro.callclient.engine.internal.presence.RingingDialog;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampListener;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's handle of a busy lamp. Usable from any thread, except where stated. */
final class BusyLampHandle implements BusyLamp {
    private final LampSubscriptions subscriptions;
    private final OutgoingCalls calls;
    private final AccountSession account;
    private final SipUri target;
    private final Listeners<BusyLampListener> listeners;
    private final Consumer<LampReading> watcher = this::read;
    private Runnable whenChanged = () -> {};
    private volatile BusyLampSnapshot snapshot;
    private volatile @Nullable Pickup pickup;

    /**
     * How to pick up the ringing call.
     *
     * @param remote the watched party's caller; the destination may be a phone or the phone system
     */
    private record Pickup(SipUri destination, PartyIdentity remote, RingingDialog dialog) {}

    BusyLampHandle(
            LampSubscriptions subscriptions,
            OutgoingCalls calls,
            AccountSession account,
            String extension,
            SipUri target,
            Listeners<BusyLampListener> listeners) {
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.account = account;
        this.target = target;
        this.listeners = listeners;
        this.snapshot = new BusyLampSnapshot(extension, LampState.UNKNOWN, null, null, false);
    }

    /** Sets a task that runs at each change, for the engine itself. On the loop. */
    void whenChanged(Runnable task) {
        whenChanged = task;
    }

    /** On the loop. */
    void open() {
        LampSubscription opened = subscriptions.open(account, target, watcher);
        if (opened == null) {
            become(subscriptions.closedState(), null);
        } else {
            read(opened.reading());
        }
    }

    /** On the loop. */
    private void read(LampReading reading) {
        RingingDialog ringing = reading.ringing();
        SipEndpoint endpoint = account.endpoint();
        SipUri destination =
                ringing == null || endpoint == null ? null : ringing.destination(endpoint::isOfPhoneSystem, target);
        PartyIdentity caller = reading.caller();
        pickup = ringing == null || destination == null
                ? null
                : new Pickup(destination, caller == null ? RemoteParty.of(NameAddr.of(destination)) : caller, ringing);
        become(reading.state(), caller);
    }

    private void become(LampState state, @Nullable PartyIdentity party) {
        BusyLampSnapshot before = snapshot;
        BusyLampSnapshot after = new BusyLampSnapshot(
                before.extension(),
                state,
                party,
                party == null ? null : subscriptions.resolve(party, account),
                pickup != null);
        if (before.state() != LampState.CLOSED && !after.equals(before)) {
            snapshot = after;
            BusyLampSnapshot told = shown(after);
            whenChanged.run();
            listeners.tell(listener -> listener.lampChanged(this, told));
        }
    }

    private BusyLampSnapshot shown(BusyLampSnapshot whole) {
        return subscriptions.gate().isLocked()
                ? new BusyLampSnapshot(whole.extension(), whole.state(), null, null, whole.pickUpPossible())
                : whole;
    }

    @Override
    public BusyLampSnapshot snapshot() {
        return shown(snapshot);
    }

    @Override
    public void addListener(BusyLampListener listener) {
        Objects.requireNonNull(listener, "listener");
        subscriptions.gate().requireOpen();
        listeners.add(listener, () -> {
            BusyLampSnapshot now = shown(snapshot);
            return List.of(first -> first.lampChanged(this, now));
        });
    }

    @Override
    public void removeListener(BusyLampListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.remove(listener);
    }

    @Override
    public @Nullable Call pickUp(CallOptions options) {
        Objects.requireNonNull(options, "options");
        subscriptions.gate().requireUsable();
        Pickup now = pickup;
        return now == null
                ? null
                : calls.dial(
                        account, now.destination(), now.remote(), now.dialog().headers(), options);
    }

    @Override
    public void close() {
        if (subscriptions.gate().isClosed()) {
            return;
        }
        subscriptions.onLoop(() -> {
            subscriptions.close(account, target, watcher);
            pickup = null;
            become(LampState.CLOSED, null);
        });
    }

    @Override
    public String toString() {
        return "BusyLamp[" + snapshot.state() + "]";
    }
}
