// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.media.dtls.ClientHello;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS association of one component (RFC 8842 §3): the handshakes that may give its keys, of
 * which one wins. Belongs to the media loop.
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
 * <p>A failed handshake ends only itself, as an attacker can have started it. At the expected
 * address, a wrong certificate or profile counts at once. Any other failure counts when
 * {@link DtlsHandshake#DEADLINE} is over.
 */
final class DtlsAssociation implements AutoCloseable {
    /** The most handshakes at unverified addresses. */
    private static final int MOST_UNEXPECTED = 4;

    /** The most handshakes in all: with ICE, several addresses may be expected. */
    private static final int MOST = 8;

    /**
     * After this time, the oldest of them gives way to another address; a real client needs less.
     */
    private static final long TURN_NANOS = 1_000_000_000;

    /**
     * After this time without a datagram, a handshake gives way to another from its address: its
     * first hello may have been forged.
     */
    private static final long STALLED_NANOS = 500_000_000;

    /**
     * The shortest interval between new handshakes of a client that keeps forgetting the old ones.
     */
    private static final long RENEWAL_NANOS = 250_000_000;

    /**
     * How long a handshake in progress may still continue after the server said that it has a new
     * association.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The delay before a client retries after a protocol error. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private static final int MOST_RETRIES = 3;

    /**
     * After the signalling announced a new association, this many hellos each replace the handshake
     * in progress at once. Late datagrams of the former handshake would end a client that has just
     * restarted.
     */
    private static final int MOST_REPLACEMENTS = 4;

    /**
     * Limits what is sent to an unverified address to this multiple of what came from there. That
     * suffices for one answer without repetitions, so that forged addresses gain little (RFC 9000
     * §8.1 has the same rule, with three).
     */
    private static final int AMPLIFICATION = 5;

    /** The trust in an address. */
    enum Source {
        /**
         * Named by the signalling, or the source of authentic media, or reached by a valid pair.
         */
        EXPECTED,
        /** Possibly the other side behind a NAT. */
        UNEXPECTED,
        /** With ICE: no check has been answered from there. */
        UNCHECKED
    }

    /** What a handshake gave, or what its end means. */
    sealed interface Outcome {}

    /**
     * Sends a datagram of a handshake. If there is no address yet, call {@link #unsent}.
     *
     * @param to null for the address of the media
     */
    record Datagram(
            int component, ByteBuffer bytes, @Nullable InetSocketAddress to) implements Outcome {}

    /**
     * The keys of a component.
     *
     * @param client the client's address; null if it is the expected one
     */
    record Established(
            int component, DtlsKeys keys, @Nullable InetSocketAddress client) implements Outcome {}

    /** There will be no keys. Comes once per agreement. */
    record Failed(int component, DtlsFailure reason) implements Outcome {}

    private final DtlsHandshakes handshakes;
    private final Scheduler loop;
    private final DropCounters drops;
    private final int component;
    private final Function<InetSocketAddress, Source> judge;
    private final Consumer<Outcome> outcomes;
    private final EarlyHellos early = new EarlyHellos();
    private final List<Attempt> running = new ArrayList<>(1);
    private Keying.@Nullable Dtls agreed;
    private @Nullable Attempt done;
    private @Nullable Timer deadline;
    private @Nullable Timer retry;
    private @Nullable DtlsFailure noted;
    private boolean told;
    private int retries;
    /** What is left of {@link #MOST_REPLACEMENTS}. */
    private int replacements;

    private long renewedAt;

    /**
     * @param judge tells how far an address is trusted now
     * @param outcomes takes the results of handshakes, on the loop
     */
    DtlsAssociation(
            DtlsHandshakes handshakes,
            Scheduler loop,
            DropCounters drops,
            int component,
            Function<InetSocketAddress, Source> judge,
            Consumer<Outcome> outcomes) {
        this.handshakes = handshakes;
        this.loop = loop;
        this.drops = drops;
        this.component = component;
        this.judge = judge;
        this.outcomes = outcomes;
        renewedAt = loop.nanoTime() - RENEWAL_NANOS;
    }

    /** Begins another association; a client sends its first flight. */
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
     * The other side, with the same certificate and role, says that it has a new association. A
     * server waits for the client's hello, which may have come already; that hello replaces a
     * handshake in progress at once. A client lets its handshake in progress continue for
     * {@link #PATIENCE}, then begins another; without one it begins at once.
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

    /** Whether our handshake as client is in progress. */
    boolean awaitsServer() {
        return agreed != null && agreed.role() == DtlsRole.CLIENT && !running.isEmpty();
    }

    /**
     * Whether the server may have keys already that our handshake as its client has not given yet.
     */
    boolean awaitsLastFlight() {
        return awaitsServer() && running.get(0).handshake.awaitsLastFlight();
    }

    /**
     * Another address may be expected now: processes the hellos that came from there. A client sends
     * its hello if it could not leave before.
     */
    void pathFound() {
        List.copyOf(running).forEach(Attempt::sendUnsent);
        if (agreed != null) {
            early.take(from -> judge.apply(from) == Source.EXPECTED, this::received);
            early.take(from -> judge.apply(from) != Source.UNCHECKED, this::received);
        }
    }

    /** A datagram of the handshake at this address had no address to go to. */
    void unsent(@Nullable InetSocketAddress to) {
        Attempt waiting = find(to);
        if (waiting != null) {
            waiting.unsent = true;
        }
    }

    void received(ByteBuffer datagram, InetSocketAddress from) {
        Keying.Dtls dtls = agreed;
        Source source = dtls == null ? Source.UNCHECKED : judge.apply(from);
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

    private @Nullable Attempt find(@Nullable InetSocketAddress from) {
        return running.stream()
                .filter(attempt -> Objects.equals(from, attempt.from))
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
        outcomes.accept(new Established(component, keys, winner.isExpected() ? null : winner.from));
    }

    private void failed(Attempt attempt, DtlsFailure reason) {
        // A failed handshake at an unverified address keeps its place until its time is up, so that
        // a flood of them costs no more.
        if (done != null || attempt.isExpected()) {
            running.remove(attempt);
        }
        Keying.Dtls dtls = agreed;
        if (done != null || dtls == null) {
            return;
        }
        boolean judged = reason == DtlsFailure.FINGERPRINT || reason == DtlsFailure.SRTP_PROFILE;
        if (attempt.isExpected() && (judged || reason == DtlsFailure.TOO_MANY)) {
            report(reason);
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
        report(noted != null ? noted : refused ? DtlsFailure.REFUSED : DtlsFailure.TIMEOUT);
    }

    private void report(DtlsFailure reason) {
        if (!told) {
            told = true;
            stop(deadline);
            outcomes.accept(new Failed(component, reason));
        }
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Hellos that wait for the answer are kept. */
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

    /** Drops the waiting hellos. */
    void forget() {
        early.clear();
    }

    /** One handshake. */
    private final class Attempt implements DtlsHandshake.Listener {
        /** Null for our handshake as client. */
        private final @Nullable InetSocketAddress from;

        private final byte[] hello;
        private final long begunAt = loop.nanoTime();
        private final DtlsHandshake handshake;
        private long heardAt = begunAt;
        private long allowance;
        /** Whether a datagram had no address to go to. */
        private boolean unsent;

        Attempt(Keying.Dtls dtls, @Nullable InetSocketAddress from, byte[] hello) {
            this.from = from;
            this.hello = hello;
            // The listener is called on the loop, and not before this returns.
            handshake = handshakes.begin(dtls.role(), dtls.own(), dtls.theirs(), dtls.suites(), loop, this);
        }

        boolean isExpected() {
            return from == null || judge.apply(from) == Source.EXPECTED;
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
            outcomes.accept(new Datagram(component, datagram, from));
        }

        void sendUnsent() {
            if (unsent) {
                unsent = false;
                handshake.sendAgain();
            }
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
