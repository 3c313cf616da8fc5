// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.report;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.party.CallerIdentity;
import com.techpro.callclient.engine.internal.call.party.Diversions;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The host's view of a call: the latest snapshot, and the events that lead from one to the next.
 */
public final class SnapshotPublisher {
    private volatile CallSnapshot snapshot;

    private SnapshotPublisher(CallSnapshot.Builder first, CallContext context, SipAccount account) {
        this.snapshot = first.weakenedSecurity(account.securityFloor().isWeakened())
                .started(context.loop().now())
                .build();
    }

    /** Creates the view of an outgoing call. */
    public static SnapshotPublisher outgoing(CallContext context, SipAccount account, String id, PartyIdentity remote) {
        return new SnapshotPublisher(CallSnapshot.builder(id, CallDirection.OUTGOING, remote), context, account);
    }

    /**
     * Creates the view of an incoming call.
     *
     * @param trusted whether the INVITE came from the phone system
     */
    public static SnapshotPublisher incoming(
            CallContext context, SipAccount account, String id, SipRequest invite, boolean trusted) {
        Alerting alerting = trusted ? Alerting.of(invite) : Alerting.PLAIN;
        CallSnapshot.Builder first = CallSnapshot.builder(
                        id, CallDirection.INCOMING, CallerIdentity.of(invite, trusted))
                .originallyCalled(Diversions.originallyCalled(invite, account.user()))
                .ringKind(alerting.kind())
                .answerAfter(alerting.answerAfter())
                .headers(context.customHeaders().of(invite));
        return new SnapshotPublisher(first, context, account);
    }

    /** Returns the snapshot of an incoming call that was rejected or forwarded before it rang. */
    public static CallSnapshot refused(
            CallContext context, SipAccount account, String id, SipRequest invite, boolean trusted, CallEnding ending) {
        return incoming(context, account, id, invite, trusted).snapshot().toBuilder()
                .state(CallState.ENDED)
                .ended(context.loop().now())
                .ending(ending)
                .build();
    }

    String id() {
        return snapshot.id();
    }

    CallDirection direction() {
        return snapshot.direction();
    }

    /** From any thread. */
    public CallSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Updates the snapshot for a new phase. Returns what changed, in the order to report it.
     *
     * @param handshaken the cipher agreed by a handshake; null before
     */
    List<CallEvent> advance(
            CallPhase phase, @Nullable CallQuality quality, @Nullable SrtpSuite handshaken, Instant now) {
        CallSnapshot before = snapshot;
        CallState state = phase.state();
        CallEnding ending = phase instanceof CallPhase.Terminated over ? over.ending() : null;
        NegotiatedMedia media = phase.media();
        boolean ended = ending != null;
        CallSnapshot.Builder next = before.toBuilder()
                .state(state)
                .ringing(stamp(before.ringing(), state == CallState.RINGING_OUT, now))
                .answered(
                        stamp(before.answered(), state == CallState.CONNECTING || state == CallState.ESTABLISHED, now))
                .ended(stamp(before.ended(), ended, now))
                .quality(quality)
                .ending(ending)
                .status(phase instanceof CallPhase.Terminated over ? over.status() : null);
        // An ended call keeps its last media settings.
        CallSnapshot after = ended
                ? next.build()
                : next.hold(phase.hold())
                        .holdAccepted(phase.holdAccepted())
                        .encrypted(media != null && media.parameters().encrypted())
                        .codecAgreed(media != null)
                        .codec(media == null ? null : media.parameters().codec().encodingName())
                        .keying(media == null ? null : keying(media.parameters()))
                        .cipher(media == null ? null : cipher(media.parameters(), handshaken))
                        .build();
        snapshot = after;
        return differences(before, after);
    }

    private static MediaKeying keying(MediaParameters agreed) {
        if (agreed.keying() instanceof Keying.Clear) {
            return MediaKeying.NONE;
        }
        return agreed.keying() instanceof Keying.Dtls ? MediaKeying.DTLS : MediaKeying.SDES;
    }

    /** With DTLS the cipher is known only after the handshake. */
    private static @Nullable SrtpSuite cipher(MediaParameters agreed, @Nullable SrtpSuite handshaken) {
        if (agreed.keying() instanceof Keying.Sdes keys) {
            return keys.local().suite();
        }
        return agreed.encrypted() ? handshaken : null;
    }

    private static @Nullable Instant stamp(@Nullable Instant before, boolean reached, Instant now) {
        return before == null && reached ? now : before;
    }

    private static List<CallEvent> differences(CallSnapshot before, CallSnapshot after) {
        List<CallEvent> events = new ArrayList<>(2);
        if (before.state() != after.state() && after.ending() == null) {
            events.add(new CallEvent.StateChanged(after));
        }
        if (before.hold() != after.hold() || before.holdAccepted() != after.holdAccepted()) {
            events.add(new CallEvent.HoldChanged(after));
        }
        if (!Objects.equals(before.codec(), after.codec())
                || before.keying() != after.keying()
                || before.cipher() != after.cipher()) {
            events.add(new CallEvent.MediaChanged(after));
        }
        if (before.ending() == null && after.ending() != null) {
            events.add(new CallEvent.Ended(after, after.ending()));
        }
        return events;
    }

    List<CallEvent> keyed(SrtpSuite cipher, @Nullable CallQuality quality) {
        CallSnapshot before = snapshot;
        if (before.state() == CallState.ENDED) {
            return List.of();
        }
        snapshot = before.toBuilder().cipher(cipher).quality(quality).build();
        return differences(before, snapshot);
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

    /**
     * @param status the latest status of the transfer, or 0
     * @return null if the call has ended
     */
    @Nullable
    CallEvent transferring(boolean now, int status) {
        if (snapshot.state() == CallState.ENDED) {
            return null;
        }
        snapshot = snapshot.toBuilder().transferring(now).build();
        return new CallEvent.TransferChanged(snapshot, status);
    }

    /** @return null if nothing changed, or the call has ended */
    @Nullable
    CallEvent nothingArrives(boolean now) {
        if (snapshot.nothingArrives() == now || snapshot.state() == CallState.ENDED) {
            return null;
        }
        snapshot = snapshot.toBuilder().nothingArrives(now).build();
        return new CallEvent.ReceptionChanged(snapshot);
    }

    CallEvent quality(@Nullable CallQuality quality) {
        snapshot = snapshot.toBuilder().quality(quality).build();
        return new CallEvent.QualityChanged(snapshot);
    }

    /** Sets a new far end, which is not looked up yet. */
    void identified(PartyIdentity party) {
        snapshot = snapshot.toBuilder().remote(party).caller(Caller.of(party)).build();
    }

    /** @return null if nothing changed */
    @Nullable
    CallEvent resolved(Caller caller) {
        if (snapshot.caller().equals(caller)) {
            return null;
        }
        snapshot = snapshot.toBuilder().caller(caller).build();
        return new CallEvent.CallerChanged(snapshot);
    }
}
