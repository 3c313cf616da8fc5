// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call as the host sees it: the last snapshot, and the events that lead from it to the next. */
final class CallView {
    private volatile CallSnapshot snapshot;

    CallView(
            String id,
            CallDirection direction,
            PartyIdentity remote,
            @Nullable PartyIdentity originallyCalled,
            List<CallHeader> headers,
            boolean loweredFloor,
            Instant started) {
        this.snapshot = CallSnapshot.builder(id, direction, remote)
                .originallyCalled(originallyCalled)
                .headers(headers)
                .loweredFloor(loweredFloor)
                .started(started)
                .build();
    }

    String id() {
        return snapshot.id();
    }

    CallDirection direction() {
        return snapshot.direction();
    }

    /** From any thread. */
    CallSnapshot snapshot() {
        return snapshot;
    }

    /** The snapshot becomes that of the new phase; the answer is what changed, in the order to tell it. */
    List<CallEvent> advance(Phase phase, @Nullable CallQuality quality, Instant now) {
        CallSnapshot before = snapshot;
        CallState state = phase.state();
        CallEnding ending = phase instanceof Phase.Over over ? over.ending() : null;
        NegotiatedMedia media = phase.media();
        boolean ended = ending != null;
        CallSnapshot.Builder next = before.toBuilder()
                .state(state)
                .ringing(stamp(before.ringing(), state == CallState.RINGING_OUT, now))
                .answered(
                        stamp(before.answered(), state == CallState.CONNECTING || state == CallState.ESTABLISHED, now))
                .ended(stamp(before.ended(), ended, now))
                .quality(quality)
                .ending(ending);
        // What was heard last is how it ended.
        CallSnapshot after = ended
                ? next.build()
                : next.hold(phase.hold())
                        .encrypted(media != null && media.parameters().encrypted())
                        .codecAgreed(media != null)
                        .build();
        snapshot = after;
        return differences(before, after);
    }

    private static @Nullable Instant stamp(@Nullable Instant before, boolean reached, Instant now) {
        return before == null && reached ? now : before;
    }

    private static List<CallEvent> differences(CallSnapshot before, CallSnapshot after) {
        List<CallEvent> events = new ArrayList<>(2);
        if (before.state() != after.state() && after.ending() == null) {
            events.add(new CallEvent.StateChanged(after));
        }
        if (before.hold() != after.hold()) {
            events.add(new CallEvent.HoldChanged(after));
        }
        if (before.codecAgreed() != after.codecAgreed() || before.encrypted() != after.encrypted()) {
            events.add(new CallEvent.MediaChanged(after));
        }
        if (before.ending() == null && after.ending() != null) {
            events.add(new CallEvent.Ended(after, after.ending()));
        }
        return events;
    }

    List<CallEvent> setMuted(boolean muted, @Nullable CallQuality quality) {
        CallSnapshot before = snapshot;
        if (before.muted() == muted || before.state() == CallState.ENDED) {
            return List.of();
        }
        snapshot = before.toBuilder().muted(muted).quality(quality).build();
        return List.of(new CallEvent.MediaChanged(snapshot));
    }

    /** @param other the call that this one is mixed with, or null */
    List<CallEvent> mergedWith(@Nullable String other) {
        if (Objects.equals(other, snapshot.mergedWith()) || snapshot.state() == CallState.ENDED) {
            return List.of();
        }
        snapshot = snapshot.toBuilder().mergedWith(other).build();
        return List.of(new CallEvent.MergeChanged(snapshot));
    }

    CallEvent quality(@Nullable CallQuality quality) {
        snapshot = snapshot.toBuilder().quality(quality).build();
        return new CallEvent.QualityChanged(snapshot);
    }

    /** @return null if that is known already */
    @Nullable
    CallEvent resolved(Caller caller) {
        if (snapshot.caller().equals(caller)) {
            return null;
        }
        snapshot = snapshot.toBuilder().caller(caller).build();
        return new CallEvent.CallerChanged(snapshot);
    }
}
