// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.dtls.DtlsFailure;
import com.techpro.callclient.engine.internal.media.dtls.DtlsHandshake;
import com.techpro.callclient.engine.internal.media.dtls.DtlsHandshakes;
import com.techpro.callclient.engine.internal.media.dtls.DtlsKeys;
import com.techpro.callclient.engine.internal.media.srtp.SrtpContext;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.engine.internal.media.srtp.SrtpStatus;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What encrypts a stream and decrypts it. On the media loop alone.
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
 * <p>Where RTCP has a port of its own it has a handshake of its own as well, and keys (RFC 5764 §4.2).
 *
 * <p>Another handshake, because the other side's certificate or the roles changed, leaves the keys before it in use until it has given others (RFC 8842 §5.1). The two ends learn
 * of these at different times. What the same other side has sent under the keys before is read for {@link #FORMER_KEYS} longer (RFC 5764 §5.2), and what it sends under the
 * next ones waits for them. What is said here between our last flight and theirs waits too ({@link WithheldPackets}).
 */
final class Protection {
    /** Packets that came before the keys: half a second of sound. */
    private static final int MOST_HELD = 25;

    /** As long as a client may not know yet that its handshake is done. */
    private static final Duration FORMER_KEYS = DtlsHandshake.DEADLINE;

    /** Whose stream it is. */
    interface Owner {
        /** To the other side's port of that component, or to an address that a handshake comes from. */
        void sendDtls(int component, ByteBuffer datagram, @Nullable InetSocketAddress to);

        DtlsAssociation.Source judgeDtls(int component, InetSocketAddress from);

        /** A handshake is answered at an address that nobody vouched for. */
        void answersDtls(InetSocketAddress unexpected);

        /** A handshake has given the keys. */
        void keyed(SrtpSuite suite);

        /**
         * The handshake of a component is done.
         *
         * @param client where its client is; null if it is where it should be
         */
        void handshakeDone(int component, @Nullable InetSocketAddress client);

        /** It will give none. */
        void notKeyed(DtlsFailure reason);

        /** A packet that came before the keys, which are there. */
        void held(ByteBuffer packet, InetSocketAddress from, boolean report);
    }

    private enum State {
        NOTHING,
        CLEAR,
        PENDING,
        KEYED
    }

    private record Held(ByteBuffer packet, InetSocketAddress from, boolean report) {}

    private final Owner owner;
    private final DropCounters drops;
    private final Scheduler loop;
    private final Deque<Held> held = new ArrayDeque<>();
    /** By component. */
    private final List<DtlsAssociation> associations;

    private State state = State.NOTHING;
    private @Nullable Keying agreed;
    private @Nullable SrtpKeys local;
    private @Nullable SrtpKeys remote;
    private @Nullable SrtpContext protect;
    private @Nullable SrtpContext unprotect;
    /** Of the keys before; null when they are over. */
    private @Nullable SrtpContext former;

    private @Nullable Timer formerEnds;
    private boolean readByFormer;
    /** Whether the handshake that is due is with another than the one before. */
    private boolean somebodyElse;
    /** Whether reports have a handshake of their own, which gives what protects them. */
    private boolean separate;

    private @Nullable SrtpContext protectReports;
    private @Nullable SrtpContext unprotectReports;

    Protection(DtlsHandshakes handshakes, Scheduler loop, Owner owner, DropCounters drops) {
        this.owner = owner;
        this.drops = drops;
        this.loop = loop;
        associations = List.of(
                new DtlsAssociation(handshakes, loop, drops, new Component(MediaLink.RTP)),
                new DtlsAssociation(handshakes, loop, drops, new Component(MediaLink.RTCP)));
    }

    /** Whether what comes would be protected in another way than before. */
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
     * The same again changes nothing: a new context would begin with roll-over counter 0 and repeat its keystream.
     *
     * @param multiplexed whether RTCP shares the port of RTP
     */
    void agree(Keying keying, boolean multiplexed) {
        if (keying.equals(agreed)) {
            return;
        }
        Keying before = agreed;
        agreed = keying;
        if (keying instanceof Keying.Dtls next && before instanceof Keying.Dtls dtls && next.isBetweenTheSame(dtls)) {
            associations.get(0).renew(next);
            if (separate) {
                associations.get(1).renew(next);
            }
            return;
        }
        associations.forEach(DtlsAssociation::close);
        if (keying instanceof Keying.Clear) {
            forget();
            state = State.CLEAR;
        } else if (keying instanceof Keying.Sdes keys) {
            separate = false;
            endFormer(null);
            use(keys.local(), keys.remote());
        } else if (keying instanceof Keying.Dtls dtls) {
            state = protect == null ? State.PENDING : State.KEYED;
            separate = !multiplexed;
            somebodyElse = !(before instanceof Keying.Dtls last && last.theirs().equals(dtls.theirs()));
            begin(dtls);
        }
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

    private void begin(Keying.Dtls dtls) {
        associations.get(0).begin(dtls);
        if (separate) {
            associations.get(1).begin(dtls);
        }
    }

    /** What the association of a component asks for. */
    private final class Component implements DtlsAssociation.Owner {
        private final int component;

        Component(int component) {
            this.component = component;
        }

        @Override
        public DtlsAssociation.Source judge(InetSocketAddress from) {
            return owner.judgeDtls(component, from);
        }

        @Override
        public void send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
            owner.sendDtls(component, datagram, to);
        }

        @Override
        public void answers(InetSocketAddress unexpected) {
            owner.answersDtls(unexpected);
        }

        @Override
        public void established(DtlsKeys keys, @Nullable InetSocketAddress client) {
            owner.handshakeDone(component, client);
            if (component == MediaLink.RTP) {
                Protection.this.established(keys);
            } else {
                protectReports = new SrtpContext(keys.local());
                unprotectReports = new SrtpContext(keys.remote());
            }
        }

        @Override
        public void failed(DtlsFailure reason) {
            boolean judged = reason == DtlsFailure.FINGERPRINT || reason == DtlsFailure.SRTP_PROFILE;
            if (protect != null && !judged) {
                // Some answer a later offer with another role, and go on with the keys there are.
                held.clear();
                return;
            }
            if (component == MediaLink.RTP || reason == DtlsFailure.FINGERPRINT) {
                held.clear();
                owner.notKeyed(reason);
            }
        }
    }

    private void established(DtlsKeys keys) {
        endFormer(somebodyElse ? null : unprotect);
        somebodyElse = false;
        // Each handshake's keys are new, and so are its streams' counters (RFC 5764 §4.2).
        unprotect = null;
        use(keys.local(), keys.remote());
        owner.keyed(keys.local().suite());
        for (Held next = held.poll(); next != null; next = held.poll()) {
            owner.held(next.packet, next.from, next.report);
        }
    }

    /** @param next is kept for a time in its place */
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

    /** A datagram of a handshake: a hello that comes before the answer waits for it. */
    void dtls(int component, ByteBuffer datagram, InetSocketAddress from) {
        boolean none = agreed != null && !(agreed instanceof Keying.Dtls);
        boolean elsewhere = agreed != null && component == MediaLink.RTCP && !separate;
        if (none || elsewhere) {
            drops.unwanted++;
        } else {
            associations.get(component - 1).received(datagram, from);
        }
    }

    /** ICE says where the component goes, or that it goes where the signalling says. */
    void pathFound(int component) {
        associations.get(component - 1).pathFound();
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean isClear() {
        return state == State.CLEAR;
    }

    /** Keeps a packet until the keys are there; the oldest makes way. */
    void hold(ByteBuffer packet, InetSocketAddress from, boolean report) {
        if (held.size() == MOST_HELD) {
            held.remove();
            drops.beforeKeys++;
        }
        held.add(new Held(copy(packet), from, report));
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Of a packet that is to be decrypted: not while {@link #isClear} or {@link #isPending}. */
    SrtpStatus unprotectRtp(ByteBuffer packet) {
        SrtpContext context = unprotect;
        SrtpContext before = former;
        SrtpStatus status = context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtp(packet);
        readByFormer =
                status == SrtpStatus.AUTH_FAILED && before != null && before.unprotectRtp(packet) == SrtpStatus.OK;
        return readByFormer ? SrtpStatus.OK : status;
    }

    /** Whether the packet that was decrypted last was sent under the keys before. */
    boolean isReadByFormerKeys() {
        return readByFormer;
    }

    /** Whether what cannot be decrypted may be under the keys that our handshake is about to give: its server has them first. */
    boolean mayBeEarly(InetSocketAddress from) {
        return associations.get(0).awaitsServer()
                && owner.judgeDtls(MediaLink.RTP, from) == DtlsAssociation.Source.EXPECTED;
    }

    /** Whether the other side may have the next keys, and none of those that we still send under. */
    boolean isBetweenKeys() {
        return state == State.KEYED && associations.get(0).awaitsLastFlight();
    }

    SrtpStatus unprotectRtcp(ByteBuffer packet) {
        SrtpContext context = separate ? unprotectReports : unprotect;
        return context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtcp(packet);
    }

    /** Of a packet that is to be sent: not while {@link #isPending}. */
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

    /** No keys are kept. */
    void close() {
        associations.forEach(DtlsAssociation::close);
        associations.forEach(DtlsAssociation::forget);
        forget();
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
