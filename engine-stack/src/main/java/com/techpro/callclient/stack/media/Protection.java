// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts a stream. Belongs to the media loop.
 *
 * <pre>
 *   agreed    state     what is sent     what comes
 *   ──────────────────────────────────────────────────────────────────────────
 *   nothing   NOTHING   nothing          dropped; hellos of handshakes wait
 *   clear     CLEAR     as it is         as it is
 *   SDES      KEYED     encrypted        decrypted
 *   DTLS      PENDING   nothing          held, the latest few
 *             KEYED     encrypted        decrypted
 * </pre>
 *
 * <p>If RTCP has a port of its own, it also has its own handshake and keys (RFC 5764 §4.2).
 *
 * <p>A new handshake, after a change of the other side's certificate or of the roles, leaves the
 * previous keys in use until it is done (RFC 8842 §5.1). The two ends finish it at different times.
 * Packets of the same peer under the previous keys are read for {@link #FORMER_KEYS} longer (RFC
 * 5764 §5.2); packets under the next keys are held for them. Our own packets between our last
 * flight and theirs are held too ({@link OutgoingPackets}).
 */
final class Protection {
    /** Packets held until the keys are there: half a second of sound. */
    private static final int MOST_HELD = 25;

    /** How long a client may not know yet that its handshake is done. */
    private static final Duration FORMER_KEYS = DtlsHandshake.DEADLINE;

    private enum State {
        NOTHING,
        CLEAR,
        PENDING,
        KEYED
    }

    /** A packet that came before its keys. */
    record Held(ByteBuffer packet, InetSocketAddress from, boolean report) {}

    private final List<Function<InetSocketAddress, DtlsAssociation.Source>> judges;
    private final Consumer<DtlsAssociation.Outcome> outcomes;
    private final DropCounters drops;
    private final Scheduler loop;
    private final Deque<Held> held = new ArrayDeque<>(1);
    /** Indexed by component, from RTP. */
    private final List<DtlsAssociation> associations;

    /** Signalled keys that were used to send, one for each suite at most. */
    private final Set<SrtpKeys> usedLocally = new HashSet<>(2);

    private State state = State.NOTHING;
    private @Nullable Keying agreed;
    private @Nullable SrtpKeys local;
    private @Nullable SrtpKeys remote;
    private @Nullable SrtpContext protect;
    private @Nullable SrtpContext unprotect;
    /** The previous keys; null once they are no longer accepted. */
    private @Nullable SrtpContext former;

    private @Nullable Timer formerEnds;
    private boolean readByFormer;
    /** Whether the pending handshake has another peer than the previous one. */
    private boolean somebodyElse;
    /** Whether RTCP has its own handshake and keys. */
    private boolean separate;

    private @Nullable SrtpContext protectReports;
    private @Nullable SrtpContext unprotectReports;

    /**
     * @param judges tell how far a component trusts an address now; indexed from RTP
     * @param outcomes takes the results of handshakes once they are applied
     */
    Protection(
            DtlsHandshakes handshakes,
            Scheduler loop,
            List<Function<InetSocketAddress, DtlsAssociation.Source>> judges,
            Consumer<DtlsAssociation.Outcome> outcomes,
            DropCounters drops) {
        this.judges = judges;
        this.outcomes = outcomes;
        this.drops = drops;
        this.loop = loop;
        associations = List.of(
                new DtlsAssociation(handshakes, loop, drops, MediaLink.RTP, judges.get(0), this::take),
                new DtlsAssociation(handshakes, loop, drops, MediaLink.RTCP, judges.get(1), this::take));
    }

    /** Whether the other side's media would be protected differently than before. */
    boolean rekeys(Keying keying) {
        Keying before = agreed;
        if (before == null || keying.equals(before)) {
            return false;
        }
        if (keying instanceof Keying.Dtls next && before instanceof Keying.Dtls dtls && next.isBetweenTheSame(dtls)) {
            return false;
        }
        return !(keying instanceof Keying.Sdes next
                && before instanceof Keying.Sdes keys
                && keys.remote().equals(next.remote()));
    }

    /**
     * Applies the agreed keying. The same again changes nothing: a new context would restart at
     * roll-over counter 0 and repeat its keystream.
     *
     * @param multiplexed whether RTCP shares the RTP port
     * @return whether a signalled key returns with which this side has sent before. Under the same
     *     SSRC its keystream would repeat (RFC 3711 §9.1).
     */
    boolean agree(Keying keying, boolean multiplexed) {
        if (keying.equals(agreed)) {
            return false;
        }
        Keying before = agreed;
        agreed = keying;
        if (keying instanceof Keying.Dtls next && before instanceof Keying.Dtls dtls && next.isBetweenTheSame(dtls)) {
            inUse().forEach(association -> association.renew(next));
            return false;
        }
        associations.forEach(DtlsAssociation::close);
        if (keying instanceof Keying.Clear) {
            forget();
            state = State.CLEAR;
        } else if (keying instanceof Keying.Sdes keys) {
            separate = false;
            endFormer(null);
            boolean other = local == null || !local.equals(keys.local());
            use(keys.local(), keys.remote());
            return !usedLocally.add(keys.local()) && other;
        } else if (keying instanceof Keying.Dtls dtls) {
            state = protect == null ? State.PENDING : State.KEYED;
            separate = !multiplexed;
            somebodyElse = !(before instanceof Keying.Dtls last && last.theirs().equals(dtls.theirs()));
            inUse().forEach(association -> association.begin(dtls));
        }
        return false;
    }

    private void use(SrtpKeys sent, SrtpKeys received) {
        if (local == null || !local.equals(sent)) {
            local = sent;
            protect = new SrtpContext(sent);
        }
        if (remote == null || !remote.equals(received)) {
            SrtpContext former = unprotect;
            remote = received;
            unprotect = former == null ? new SrtpContext(received) : former.rekeyed(received);
        }
        state = State.KEYED;
    }

    private List<DtlsAssociation> inUse() {
        return associations.subList(0, separate ? 2 : 1);
    }

    private void take(DtlsAssociation.Outcome outcome) {
        if (outcome instanceof DtlsAssociation.Established established) {
            use(established.component(), established.keys());
        } else if (outcome instanceof DtlsAssociation.Failed failed) {
            DtlsFailure reason = failed.reason();
            boolean judged = reason == DtlsFailure.FINGERPRINT || reason == DtlsFailure.SRTP_PROFILE;
            // Some peers answer a later offer with another role, and keep using the existing keys.
            boolean kept = protect != null && !judged;
            if (!kept && failed.component() == MediaLink.RTCP && reason != DtlsFailure.FINGERPRINT) {
                return;
            }
            held.clear();
            if (kept) {
                return;
            }
        }
        outcomes.accept(outcome);
    }

    private void use(int component, DtlsKeys keys) {
        if (component == MediaLink.RTCP) {
            protectReports = new SrtpContext(keys.local());
            unprotectReports = new SrtpContext(keys.remote());
            return;
        }
        endFormer(somebodyElse ? null : unprotect);
        somebodyElse = false;
        // Each handshake has new keys, and its streams restart their counters (RFC 5764 §4.2).
        unprotect = null;
        use(keys.local(), keys.remote());
    }

    /**
     * @param next replaces the former context for a time
     */
    private void endFormer(@Nullable SrtpContext next) {
        if (formerEnds != null) {
            formerEnds.cancel();
            formerEnds = null;
        }
        former = next;
        if (next != null) {
            formerEnds = loop.schedule(FORMER_KEYS, () -> endFormer(null));
        }
    }

    /** Passes on a datagram of a handshake. A hello that arrives before the answer waits for it. */
    void dtls(int component, ByteBuffer datagram, InetSocketAddress from) {
        boolean none = agreed != null && !(agreed instanceof Keying.Dtls);
        boolean elsewhere = agreed != null && component == MediaLink.RTCP && !separate;
        if (none || elsewhere) {
            drops.unwanted++;
        } else {
            associations.get(component - 1).received(datagram, from);
        }
    }

    /** The datagram had no address to go to. */
    void unsent(DtlsAssociation.Datagram datagram) {
        associations.get(datagram.component() - 1).unsent(datagram.to());
    }

    /** ICE selected a path for the component, or gave way to the signalled address. */
    void pathFound(int component) {
        associations.get(component - 1).pathFound();
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean isClear() {
        return state == State.CLEAR;
    }

    /** Holds a packet until the keys are there; drops the oldest if there are too many. */
    void hold(ByteBuffer packet, InetSocketAddress from, boolean report) {
        if (held.size() == MOST_HELD) {
            held.remove();
            drops.beforeKeys++;
        }
        held.add(new Held(copy(packet), from, report));
    }

    /** Returns the next packet that was held, once the keys are there; null for none. */
    @Nullable
    Held nextHeld() {
        return held.poll();
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Decrypts a packet. Do not call it while {@link #isClear} or {@link #isPending}. */
    SrtpStatus unprotectRtp(ByteBuffer packet) {
        SrtpContext context = unprotect;
        SrtpContext before = former;
        SrtpStatus status = context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtp(packet);
        readByFormer =
                status == SrtpStatus.AUTH_FAILED && before != null && before.unprotectRtp(packet) == SrtpStatus.OK;
        return readByFormer ? SrtpStatus.OK : status;
    }

    /** Whether the last decrypted packet used the previous keys. */
    boolean isReadByFormerKeys() {
        return readByFormer;
    }

    /**
     * Whether an undecryptable packet may use the keys that our handshake is about to give; its
     * server has them first.
     */
    boolean mayBeEarly(InetSocketAddress from) {
        return associations.get(0).awaitsServer() && judges.get(0).apply(from) == DtlsAssociation.Source.EXPECTED;
    }

    /**
     * Whether the other side may have the next keys already, and have dropped those that we still
     * use.
     */
    boolean isBetweenKeys() {
        return state == State.KEYED && associations.get(0).awaitsLastFlight();
    }

    SrtpStatus unprotectRtcp(ByteBuffer packet) {
        SrtpContext context = separate ? unprotectReports : unprotect;
        return context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtcp(packet);
    }

    /** Encrypts a packet. Do not call it while {@link #isPending}. */
    SrtpStatus protectRtp(ByteBuffer packet) {
        SrtpContext context = protect;
        return context == null ? unprotected() : context.protectRtp(packet);
    }

    SrtpStatus protectRtcp(ByteBuffer packet) {
        SrtpContext context = separate ? protectReports : protect;
        return context == null ? unprotected() : context.protectRtcp(packet);
    }

    private SrtpStatus unprotected() {
        return state == State.CLEAR ? SrtpStatus.OK : SrtpStatus.NOT_ENCRYPTED;
    }

    /** Drops all keys. */
    void close() {
        associations.forEach(DtlsAssociation::close);
        associations.forEach(DtlsAssociation::forget);
        forget();
        usedLocally.clear();
        state = State.NOTHING;
        agreed = null;
    }

    private void forget() {
        local = null;
        remote = null;
        protect = null;
        unprotect = null;
        endFormer(null);
        somebodyElse = false;
        separate = false;
        protectReports = null;
        unprotectReports = null;
        held.clear();
    }
}
