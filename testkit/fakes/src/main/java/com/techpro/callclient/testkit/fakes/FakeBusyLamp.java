// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampListener;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A busy lamp in memory. It shows what the test reports by {@link FakeAccount#extensionIs} and
 * {@link FakeAccount#extensionRings}; {@link LampState#UNKNOWN} before. All methods may be called from
 * any thread.
 */
public final class FakeBusyLamp implements BusyLamp {
    private final FakeContext context;
    private final FakeExtensions extensions;
    private final String extension;
    private final FakeListeners<BusyLampListener> listeners;
    private volatile BusyLampSnapshot snapshot;

    FakeBusyLamp(FakeContext context, FakeExtensions extensions, String extension) {
        this.context = context;
        this.extensions = extensions;
        this.extension = extension;
        this.listeners = new FakeListeners<>(context);
        this.snapshot = extensions.shown(extension);
    }

    /** Shows what the phone system reports now. */
    void follow() {
        become(extensions.shown(extension));
    }

    void closeNow() {
        extensions.remove(this);
        become(new BusyLampSnapshot(extension, LampState.CLOSED, null, null, false));
    }

    private void become(BusyLampSnapshot after) {
        if (!after.equals(snapshot)) {
            snapshot = after;
            BusyLampSnapshot told = shown(after);
            listeners.tell(listener -> listener.lampChanged(this, told));
        }
    }

    private BusyLampSnapshot shown(BusyLampSnapshot whole) {
        return context.isLocked()
                ? new BusyLampSnapshot(extension, whole.state(), null, null, whole.pickUpPossible())
                : whole;
    }

    @Override
    public BusyLampSnapshot snapshot() {
        return shown(snapshot);
    }

    @Override
    public void addListener(BusyLampListener listener) {
        Objects.requireNonNull(listener, "listener");
        context.requireOpen();
        context.run(() -> {
            BusyLampSnapshot now = snapshot();
            listeners.add(listener, List.of(first -> first.lampChanged(this, now)));
        });
    }

    @Override
    public void removeListener(BusyLampListener listener) {
        listeners.remove(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public @Nullable Call pickUp(CallOptions options) {
        Objects.requireNonNull(options, "options");
        context.requireUsable();
        PartyIdentity caller = snapshot.party();
        if (caller == null || !snapshot.pickUpPossible()) {
            return null;
        }
        context.record(extensions.accountId(), "pickUp", extension);
        return extensions.dial(caller, options);
    }

    @Override
    public void close() {
        if (!context.isClosed()) {
            context.run(this::closeNow);
        }
    }

    @Override
    public String toString() {
        return "FakeBusyLamp[" + extension + ", " + snapshot.state() + "]";
    }
}
