// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.dtls.ClientHello;
import com.techpro.callclient.engine.internal.media.dtls.DtlsFailure;
import com.techpro.callclient.engine.internal.media.dtls.DtlsHandshake;
import com.techpro.callclient.engine.internal.media.dtls.DtlsHandshakes;
import com.techpro.callclient.engine.internal.media.dtls.DtlsKeys;
import com.techpro.callclient.engine.internal.media.dtls.DtlsRole;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS association of one component (RFC 8842 §3): the handshakes that may give its keys, of which one wins. On the media loop alone.
 *
 * <pre>
 *   role     a datagram comes                                  what becomes of it
 *   ────────────────────────────────────────────────────────────────────────────────────────────────────────────
 *   none     a hello, before the answer                        waits for it, a few of each address
 *   any      with ICE, from where no pair is valid             a hello waits until one is; the rest is dropped
 *   client   from the expected address                         our handshake's; from elsewhere it is dropped
 *   server   a hello, from the expected address or another     that address's own handshake; the first that shows the signalled certificate wins
 *   server   a hello, when all is done, from the client        another handshake: the client has forgotten the first. The keys stay until it is done
 *   any      a repeated flight, when all is done               our last flight again
 * </pre>
 *
 * <p>A handshake that fails ends nothing but itself, as anybody can have begun it: of one at the expected address a wrong certificate or profile counts at once, all else when
 * {@link DtlsHandshake#DEADLINE} is over.
 */
final class DtlsAssociation implements AutoCloseable {
    /** Handshakes at addresses that nobody vouched for. */
    private static final int MOST_UNEXPECTED = 4;

    /** Handshakes in all: with ICE several addresses may be expected. */
    private static final int MOST = 8;

    /** After so long the oldest of them makes way for another address: a client needs less. */
    private static final long TURN_NANOS = 1_000_000_000;

    /** After so long without a word a handshake makes way for another of the same address: what it was begun by may have been forged. */
    private static final long STALLED_NANOS = 500_000_000;

    /** A client that forgets and forgets is answered so often. */
    private static final long RENEWAL_NANOS = 250_000_000;

    /** A server that says that it has forgotten a handshake in hand is given so long to go on with it all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** As client, after a fault. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private static final int MOST_RETRIES = 3;

    /**
     * Once the signalling has told of another association, so many hellos each replace the handshake in hand at once. What that has sent may still be on its way, and is the end of a
     * client that has just begun anew.
     */
    private static final int MOST_REPLACEMENTS = 4;

    /**
     * So many times what came from an address that nobody vouched for is sent there, which is enough to answer it once and not to repeat that: whoever forges addresses gains little
     * (RFC 9000 §8.1 has the rule, with three).
     */
    private static final int AMPLIFICATION = 5;

    /** What an address is to the call. */
    enum Source {
        /** Where the signalling says, or authentic media comes from, or a valid pair leads. */
        EXPECTED,
        /** It may be the other side, behind a NAT. */
        UNEXPECTED,
        /** With ICE: no check has been answered from there. */
        UNCHECKED
    }

    /** Whose association it is. */
    interface Owner {
        Source judge(InetSocketAddress from);

        /** @param to null for where media goes */
        void send(ByteBuffer datagram, @Nullable InetSocketAddress to);

        /** A handshake is answered there, and nobody has vouched for it. */
        void answers(InetSocketAddress unexpected);

        /** @param client where the client is; null if it is where it should be */
        void established(DtlsKeys keys, @Nullable InetSocketAddress client);

        /** There will be no keys. Told once an agreement. */
        void failed(DtlsFailure reason);
    }

    private final DtlsHandshakes handshakes;
    private final Scheduler loop;
    private final DropCounters drops;
    private final Owner owner;
    private final EarlyHellos early = new EarlyHellos();
    private final List<Attempt> running = new ArrayList<>(1);
    private Keying.@Nullable Dtls agreed;
    private @Nullable Attempt done;
    private @Nullable Timer deadline;
    private @Nullable Timer retry;
    private @Nullable DtlsFailure noted;
    private boolean told;
    private int retries;
    /** Left of {@link #MOST_REPLACEMENTS}. */
    private int replacements;

    private long renewedAt;

    DtlsAssociation(DtlsHandshakes handshakes, Scheduler loop, DropCounters drops, Owner owner) {
        this.handshakes = handshakes;
        this.loop = loop;
        this.drops = drops;
        this.owner = owner;
        renewedAt = loop.nanoTime() - RENEWAL_NANOS;
    }

    /** Another association, as client with a first flight. */
    void begin(Keying.Dtls dtls) {
        close();
        agreed = dtls;
        deadline = loop.schedule(DtlsHandshake.DEADLINE, this::overdue);
        if (dtls.role() == DtlsRole.CLIENT) {
            early.clear();
            begin(null, new byte[0]);
        } else {
            pathFound();
        }
    }

    /**
     * The same two in the same roles, and the other side says that it has a new association. A server waits for the client's hello, as ever; it may have come before the word. A
     * handshake in hand makes way for it at once, or goes on if the client does.
     */
    void renew(Keying.Dtls dtls) {
        agreed = dtls;
        if (dtls.role() == DtlsRole.SERVER) {
            replacements = MOST_REPLACEMENTS;
            return;
        }
        if (done == null && !running.isEmpty()) {
            stop(retry);
            retry = loop.schedule(PATIENCE, () -> begin(dtls));
        } else {
            begin(dtls);
        }
    }

    /** Whether our handshake as the client is under way. */
    boolean awaitsServer() {
        return agreed != null && agreed.role() == DtlsRole.CLIENT && !running.isEmpty();
    }

    /** Whether the server may have keys already that our handshake as its client has not given yet. */
    boolean awaitsLastFlight() {
        return awaitsServer() && running.get(0).handshake.awaitsLastFlight();
    }

    /** Another address may be expected now: hellos that came from there are heard. */
    void pathFound() {
        if (agreed != null) {
            early.take(from -> owner.judge(from) == Source.EXPECTED, this::received);
            early.take(from -> owner.judge(from) != Source.UNCHECKED, this::received);
        }
    }

    void received(ByteBuffer datagram, InetSocketAddress from) {
        Keying.Dtls dtls = agreed;
        Source source = dtls == null ? Source.UNCHECKED : owner.judge(from);
        if (dtls == null || source == Source.UNCHECKED) {
            if (!early.keep(datagram, from)) {
                drops.unwanted++;
            }
        } else if (dtls.role() == DtlsRole.CLIENT) {
            client(datagram, source);
        } else {
            server(datagram, from, source);
        }
    }

    private void client(ByteBuffer datagram, Source source) {
        Attempt ours = running.isEmpty() ? done : running.get(0);
        if (ours == null || source != Source.EXPECTED) {
            drops.unknownSource++;
        } else {
            ours.received(datagram);
        }
    }

    private void server(ByteBuffer datagram, InetSocketAddress from, Source source) {
        byte[] hello = ClientHello.random(datagram);
        Attempt theirs = find(from);
        if (theirs == null && done != null && from.equals(done.from) && !done.isAnother(hello)) {
            done.received(datagram);
        } else if (theirs != null && !theirs.isAnother(hello)) {
            theirs.received(datagram);
        } else if (hello != null && mayBegin(theirs, from, source)) {
            begin(from, hello).received(datagram);
        } else {
            drops.unknownSource++;
        }
    }

    private @Nullable Attempt find(InetSocketAddress from) {
        return running.stream()
                .filter(attempt -> from.equals(attempt.from))
                .findFirst()
                .orElse(null);
    }

    private boolean mayBegin(@Nullable Attempt before, InetSocketAddress from, Source source) {
        boolean expected = source == Source.EXPECTED;
        long now = loop.nanoTime();
        if (before != null) {
            if (expected && replacements > 0) {
                replacements--;
                return end(before);
            }
            return now - before.heardAt >= STALLED_NANOS && end(before);
        }
        if (done != null) {
            boolean client = expected || from.equals(done.from);
            if (!client || now - renewedAt < RENEWAL_NANOS || running.size() >= MOST_UNEXPECTED) {
                return false;
            }
            renewedAt = now;
            return true;
        }
        if (expected) {
            return running.size() < MOST;
        }
        List<Attempt> unexpected = new ArrayList<>(running);
        unexpected.removeIf(Attempt::isExpected);
        if (unexpected.size() < MOST_UNEXPECTED) {
            return true;
        }
        Attempt oldest = unexpected.stream()
                .min(Comparator.comparingLong(attempt -> attempt.begunAt - now))
                .orElseThrow(IllegalStateException::new);
        return now - oldest.begunAt >= TURN_NANOS && end(oldest);
    }

    private boolean end(Attempt attempt) {
        attempt.handshake.close();
        return running.remove(attempt);
    }

    private Attempt begin(@Nullable InetSocketAddress from, byte[] hello) {
        Keying.Dtls dtls = agreed;
        if (dtls == null) {
            throw new IllegalStateException("nothing is agreed");
        }
        Attempt begun = new Attempt(dtls, from, hello);
        running.add(begun);
        if (from != null && !begun.isExpected()) {
            owner.answers(from);
        }
        return begun;
    }

    private void established(Attempt winner, DtlsKeys keys) {
        running.remove(winner);
        running.forEach(other -> other.handshake.close());
        running.clear();
        if (done != null) {
            done.handshake.close();
        }
        done = winner;
        replacements = 0;
        told = true;
        stop(deadline);
        stop(retry);
        owner.established(keys, winner.isExpected() ? null : winner.from);
    }

    private void failed(Attempt attempt, DtlsFailure reason) {
        // That of an address that nobody vouched for keeps its place for its turn, so that a flood of them costs no
        // more.
        if (done != null || attempt.isExpected()) {
            running.remove(attempt);
        }
        Keying.Dtls dtls = agreed;
        if (done != null || dtls == null) {
            return;
        }
        boolean judged = reason == DtlsFailure.FINGERPRINT || reason == DtlsFailure.SRTP_PROFILE;
        if (attempt.isExpected() && (judged || reason == DtlsFailure.TOO_MANY)) {
            tell(reason);
            return;
        }
        if (noted != DtlsFailure.FINGERPRINT && reason != DtlsFailure.TOO_MANY) {
            noted = reason;
        }
        if (dtls.role() == DtlsRole.CLIENT && reason == DtlsFailure.PROTOCOL && retries++ < MOST_RETRIES) {
            retry = loop.schedule(RETRY, () -> begin(null, new byte[0]));
        }
    }

    private void overdue() {
        boolean refused = running.stream().anyMatch(attempt -> attempt.handshake.refused());
        tell(noted != null ? noted : refused ? DtlsFailure.REFUSED : DtlsFailure.TIMEOUT);
    }

    private void tell(DtlsFailure reason) {
        if (!told) {
            told = true;
            stop(deadline);
            owner.failed(reason);
        }
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Hellos that wait for the answer still do. */
    @Override
    public void close() {
        stop(deadline);
        stop(retry);
        running.forEach(attempt -> attempt.handshake.close());
        running.clear();
        if (done != null) {
            done.handshake.close();
        }
        done = null;
        agreed = null;
        noted = null;
        told = false;
        retries = 0;
        replacements = 0;
    }

    /** No hello waits any more. */
    void forget() {
        early.clear();
    }

    /** One handshake. */
    private final class Attempt implements DtlsHandshake.Listener {
        /** Null for ours as the client. */
        private final @Nullable InetSocketAddress from;

        private final byte[] hello;
        private final long begunAt = loop.nanoTime();
        private final DtlsHandshake handshake;
        private long heardAt = begunAt;
        private long allowance;

        Attempt(Keying.Dtls dtls, @Nullable InetSocketAddress from, byte[] hello) {
            this.from = from;
            this.hello = hello;
            // Its listener is told on the loop, and not before this returns.
            handshake = handshakes.begin(dtls.role(), dtls.own(), dtls.theirs(), dtls.suites(), loop, this);
        }

        boolean isExpected() {
            return from == null || owner.judge(from) == Source.EXPECTED;
        }

        /** Whether a datagram begins another handshake. */
        boolean isAnother(byte @Nullable [] random) {
            return random != null && !Arrays.equals(random, hello);
        }

        void received(ByteBuffer datagram) {
            heardAt = loop.nanoTime();
            allowance += (long) AMPLIFICATION * datagram.remaining();
            handshake.received(datagram);
        }

        @Override
        public void send(ByteBuffer datagram) {
            if (!isExpected()) {
                if (datagram.remaining() > allowance) {
                    return;
                }
                allowance -= datagram.remaining();
            }
            owner.send(datagram, from);
        }

        @Override
        public void established(DtlsKeys keys) {
            DtlsAssociation.this.established(this, keys);
        }

        @Override
        public void failed(DtlsFailure reason) {
            DtlsAssociation.this.failed(this, reason);
        }
    }
}
