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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What encrypts a stream and decrypts it. On the media loop alone.
 *
 * <pre>
 *   agreed    state     what is sent     what comes
 *   ──────────────────────────────────────────────────────────────────────────
 *   nothing   NOTHING   nothing          dropped; a handshake's datagrams wait
 *   clear     CLEAR     as it is         as it is
 *   SDES      KEYED     encrypted        decrypted
 *   DTLS      PENDING   nothing          held, the latest few
 *             KEYED     encrypted        decrypted
 * </pre>
 *
 * <p>Another handshake, because the other side's certificate or the roles changed, leaves the keys before it in use until it has given others (RFC 8842 §5.1).
 */
final class Protection {
    /** Packets that came before the keys: half a second of sound. */
    private static final int MOST_HELD = 25;
    /** Datagrams of a handshake that came before the answer: a flight. */
    private static final int MOST_EARLY = 8;

    /** Whose stream it is. */
    interface Owner {
        /** To the other side. */
        void sendDtls(ByteBuffer datagram);

        /** A handshake has given the keys. */
        void keyed(SrtpSuite suite);

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

    private final DtlsHandshakes handshakes;
    private final Scheduler loop;
    private final Owner owner;
    private final DropCounters drops;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<ByteBuffer> early = new ArrayDeque<>();
    private State state = State.NOTHING;
    private @Nullable Keying agreed;
    private @Nullable SrtpKeys local;
    private @Nullable SrtpKeys remote;
    private @Nullable SrtpContext protect;
    private @Nullable SrtpContext unprotect;
    private @Nullable DtlsHandshake handshake;

    Protection(DtlsHandshakes handshakes, Scheduler loop, Owner owner, DropCounters drops) {
        this.handshakes = handshakes;
        this.loop = loop;
        this.owner = owner;
        this.drops = drops;
    }

    /** Whether what comes would be protected in another way than before. */
    boolean rekeys(Keying keying) {
        Keying before = agreed;
        if (before == null || keying.equals(before)) {
            return false;
        }
        return !(keying instanceof Keying.Sdes next
                && before instanceof Keying.Sdes keys
                && keys.remote().equals(next.remote()));
    }

    /** The same again changes nothing: a new context would begin with roll-over counter 0 and repeat its keystream. */
    void agree(Keying keying) {
        if (keying.equals(agreed)) {
            return;
        }
        agreed = keying;
        endHandshake();
        if (keying instanceof Keying.Clear) {
            forget();
            state = State.CLEAR;
        } else if (keying instanceof Keying.Sdes keys) {
            use(keys.local(), keys.remote());
        } else if (keying instanceof Keying.Dtls dtls) {
            state = protect == null ? State.PENDING : State.KEYED;
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
        DtlsHandshake begun = handshakes.begin(
                dtls.role(), dtls.own(), dtls.theirs(), dtls.suites(), loop, new DtlsHandshake.Listener() {
                    @Override
                    public void send(ByteBuffer datagram) {
                        owner.sendDtls(datagram);
                    }

                    @Override
                    public void established(DtlsKeys keys) {
                        Protection.this.established(keys);
                    }

                    @Override
                    public void failed(DtlsFailure reason) {
                        held.clear();
                        owner.notKeyed(reason);
                    }
                });
        handshake = begun;
        early.forEach(begun::received);
        early.clear();
    }

    private void established(DtlsKeys keys) {
        // Each handshake's keys are new, and so are its streams' counters (RFC 5764 §4.2).
        unprotect = null;
        use(keys.local(), keys.remote());
        owner.keyed(keys.local().suite());
        for (Held next = held.poll(); next != null; next = held.poll()) {
            owner.held(next.packet, next.from, next.report);
        }
    }

    /** A datagram of a handshake: what comes before the answer waits for it. */
    void dtls(ByteBuffer datagram) {
        DtlsHandshake running = handshake;
        if (running != null) {
            running.received(datagram);
        } else if (state == State.NOTHING && early.size() < MOST_EARLY) {
            early.add(copy(datagram));
        } else {
            drops.unwanted++;
        }
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
        return context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtp(packet);
    }

    SrtpStatus unprotectRtcp(ByteBuffer packet) {
        SrtpContext context = unprotect;
        return context == null ? SrtpStatus.NOT_ENCRYPTED : context.unprotectRtcp(packet);
    }

    /** Of a packet that is to be sent: not while {@link #isPending}. */
    SrtpStatus protectRtp(ByteBuffer packet) {
        SrtpContext context = protect;
        return context == null ? unprotected() : context.protectRtp(packet);
    }

    SrtpStatus protectRtcp(ByteBuffer packet) {
        SrtpContext context = protect;
        return context == null ? unprotected() : context.protectRtcp(packet);
    }

    private SrtpStatus unprotected() {
        return state == State.CLEAR ? SrtpStatus.OK : SrtpStatus.NOT_ENCRYPTED;
    }

    /** No keys are kept. */
    void close() {
        endHandshake();
        forget();
        state = State.NOTHING;
        agreed = null;
        early.clear();
    }

    private void forget() {
        local = null;
        remote = null;
        protect = null;
        unprotect = null;
        held.clear();
    }

    private void endHandshake() {
        DtlsHandshake running = handshake;
        if (running != null) {
            running.close();
            handshake = null;
        }
    }
}
