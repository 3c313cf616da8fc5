// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.report;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.ReceivedDtmf;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports one call's events to the host and to one more follower. Belongs to the loop, except for
 * {@link #snapshot}.
 */
public final class CallReporter {
    private final SnapshotPublisher snapshots;
    private final Supplier<@Nullable CallQuality> quality;
    private final LongSupplier clock;
    private final Runnable identified;
    private final Consumer<CallEvent> host;
    private final ReceivedDtmf digits = new ReceivedDtmf();
    private @Nullable Consumer<CallEvent> follower;

    /**
     * @param quality returns the call's quality, or null if unknown; called from any thread
     * @param clock in nanoseconds
     * @param identified runs when the far end is another party. An observer that knows the party
     *     tells the call, before the host is notified.
     */
    public CallReporter(
            SnapshotPublisher snapshots,
            Supplier<@Nullable CallQuality> quality,
            LongSupplier clock,
            Runnable identified,
            Consumer<CallEvent> host) {
        this.snapshots = snapshots;
        this.quality = quality;
        this.clock = clock;
        this.identified = identified;
        this.host = host;
    }

    public String id() {
        return snapshots.id();
    }

    public CallDirection direction() {
        return snapshots.direction();
    }

    /** From any thread. */
    public CallSnapshot snapshot() {
        CallSnapshot published = snapshots.snapshot();
        return published.codecAgreed()
                ? published.toBuilder().quality(quality.get()).build()
                : published;
    }

    public void tell(CallEvent event) {
        host.accept(event);
        if (follower != null) {
            follower.accept(event);
        }
    }

    public void refuse(CallCommand command, CommandRefusal reason) {
        tell(new CallEvent.CommandRefused(snapshot(), command, reason));
    }

    /**
     * Reports what a new phase changes.
     *
     * @param handshaken the cipher agreed by a handshake; null before
     */
    public void advance(CallPhase next, @Nullable SrtpSuite handshaken, Instant now) {
        snapshots.advance(next, quality.get(), handshaken, now).forEach(this::tell);
    }

    /** Reports the quality. Before the first packet there is none. */
    public void quality() {
        CallQuality now = quality.get();
        if (now != null) {
            tell(snapshots.quality(now));
        }
    }

    public void muted(boolean muted) {
        snapshots.setMuted(muted, quality.get()).forEach(this::tell);
    }

    /** @param other the call that this one is mixed with, or null */
    public void mixed(@Nullable String other) {
        snapshots.mergedWith(other).forEach(this::tell);
    }

    /** Reports who the far end is, after a lookup, unless nothing changed. */
    public void resolved(Caller caller) {
        CallEvent event = snapshots.resolved(caller);
        if (event != null) {
            tell(event);
        }
    }

    /** @param status the latest status of the transfer, or 0 */
    public void transferring(boolean now, int status) {
        CallEvent event = snapshots.transferring(now, status);
        if (event != null) {
            tell(event);
        }
    }

    /** Sets a consumer that receives the call's events after the host. */
    public void follow(Consumer<CallEvent> by) {
        follower = by;
    }

    /** Reports an observation, unless the host knows it. */
    public void report(CallInput.Observation what) {
        if (what instanceof CallInput.PartyIdentified now) {
            identified(now.party());
        } else if (what instanceof CallInput.DtmfReceived digit) {
            if (digits.isNew(digit.tone(), digit.path(), digit.length(), clock.getAsLong())) {
                tell(new CallEvent.DtmfReceived(snapshot(), digit.tone(), digit.length()));
            }
        } else if (what instanceof CallInput.DtmfRefused ours) {
            refuse(CallCommand.SEND_DTMF, ours.why());
        } else if (what instanceof CallInput.Keyed now) {
            snapshots.keyed(now.cipher(), snapshot().quality()).forEach(this::tell);
        } else if (what instanceof CallInput.ReceptionChanged now) {
            CallEvent changed = snapshots.nothingArrives(now.nothingArrives());
            if (changed != null) {
                tell(changed);
            }
        } else if (what instanceof CallInput.AudioInterrupted trouble) {
            tell(new CallEvent.AudioInterrupted(snapshot(), trouble.failure()));
        } else if (what instanceof CallInput.AudioRestored) {
            tell(new CallEvent.AudioRestored(snapshot()));
        }
    }

    private void identified(PartyIdentity party) {
        if (party.equals(snapshots.snapshot().remote())) {
            return;
        }
        snapshots.identified(party);
        CallSnapshot asTold = snapshots.snapshot();
        identified.run();
        if (snapshots.snapshot().equals(asTold)) {
            // No observer has reported it with more details.
            tell(new CallEvent.CallerChanged(asTold));
        }
    }
}
