// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.jdk.Coroutine;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A handshake between the two ends of a media stream (RFC 5764), which gives both their SRTP keys.
 * An unanswered flight is retransmitted after 60 ms, and then at doubled intervals: neither end can
 * be heard before it is done.
 *
 * <pre>
 *   state      input                       → state      effect
 *   ─────────────────────────────────────────────────────────────────────────────
 *   Running    a datagram, or the resend     Running    our next flight, or the last one again
 *   Running    their last flight             Done       established; theirs repeated is answered again
 *   Running    an alert in clear text        Running    nothing: anybody can send it
 *   Running    DEADLINE, or a fault          Failed     failed, and our alert
 *   Done       a datagram                    Done       our last flight again, a few times
 *   any        close                         Closed     nothing any more
 * </pre>
 *
 * <p>Belongs to one loop; workers do the computing, one step at a time.
 */
public final class DtlsHandshake implements AutoCloseable {
    /** How long a handshake may take. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Duration FIRST_RESEND = Duration.ofMillis(60);
    /**
     * Packets sent after our last flight wait for its answer twice as long as the server took
     * before, within these bounds.
     */
    private static final long LEAST_WAIT_NANOS = 20_000_000;

    private static final long MOST_WAIT_NANOS = 200_000_000;
    /** The most datagrams that wait for their step: more than either side's flights have. */
    private static final int MOST_WAITING = 32;
    /** The most datagrams processed after the handshake is done. */
    private static final int MOST_LATE = 32;

    /** Receives the result, on the loop. */
    public interface Listener {
        /** A datagram to send to the other side; the listener may keep it. */
        void send(ByteBuffer datagram);

        /** The handshake is done. Called once; {@link #failed} never follows. */
        void established(DtlsKeys keys);

        /** There will be no keys. Called once. */
        void failed(DtlsFailure reason);
    }

    private enum State {
        RUNNING,
        DONE,
        FAILED,
        CLOSED
    }

    private final DtlsRole role;
    private final Scheduler loop;
    private final Executor workers;
    private final DtlsHandshakes limit;
    private final Listener listener;
    private final SrtpNegotiation negotiation;
    private final HandshakeCode code;
    private final Coroutine<byte[]> coroutine;
    private final RecordFilter filter = new RecordFilter();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private State state = State.RUNNING;
    private boolean entered;
    private boolean busy;
    private long begunAt;
    private long lastFlightAt;
    private boolean lastFlightSent;
    private Duration resendAfter = FIRST_RESEND;
    private @Nullable Timer resend;
    private @Nullable Timer deadline;
    private int late;
    private long dropped;

    DtlsHandshake(
            DtlsHandshakes limit,
            DtlsRole role,
            DtlsIdentity own,
            Collection<Fingerprint> expected,
            List<SrtpSuite> suites,
            Scheduler loop,
            Executor workers,
            SecureRandom random,
            Listener listener) {
        this.limit = limit;
        this.role = role;
        this.loop = loop;
        this.workers = workers;
        this.listener = listener;
        negotiation = new SrtpNegotiation(own, List.copyOf(expected), List.copyOf(suites));
        code = new HandshakeCode(role, negotiation, random);
        coroutine = new Coroutine<>("dtls", code);
    }

    void begin() {
        begunAt = loop.nanoTime();
        deadline = loop.schedule(DEADLINE, () -> fail(DtlsFailure.TIMEOUT));
        if (limit.enter()) {
            entered = true;
            step(null);
        } else {
            loop.execute(() -> fail(DtlsFailure.TOO_MANY));
        }
    }

    /** Processes a datagram whose first byte is 20 to 63 (RFC 7983); copies it. */
    public void received(ByteBuffer datagram) {
        boolean wanted = state == State.RUNNING || (state == State.DONE && late++ < MOST_LATE);
        if (!wanted || datagram.remaining() > HandshakeCode.LONGEST_RECEIVED || waiting.size() >= MOST_WAITING) {
            dropped++;
            return;
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.duplicate().get(copy);
        byte[] records = filter.filtered(copy);
        if (records == null) {
            dropped++;
        } else {
            input(records);
        }
    }

    /**
     * Whether an alert arrived in clear text. As anybody can send one, it ends nothing; it is the
     * reason reported if the handshake is not done by the {@link #DEADLINE}.
     */
    public boolean refused() {
        return filter.refused();
    }

    /**
     * For the client: whether only the server's last flight is missing, and is expected now. The
     * server sends it once it has the keys. If it takes much longer than before, the server has
     * lost our flight or forgotten the handshake.
     */
    public boolean awaitsLastFlight() {
        long wait = Math.max(LEAST_WAIT_NANOS, Math.min(MOST_WAIT_NANOS, 2 * (lastFlightAt - begunAt)));
        return state == State.RUNNING && lastFlightSent && loop.nanoTime() - lastFlightAt < wait;
    }

    private void input(byte[] datagram) {
        waiting.add(datagram);
        if (!busy) {
            step(waiting.remove());
        }
    }

    /**
     * @param input null for the first step
     */
    private void step(byte @Nullable [] input) {
        busy = true;
        boolean done = state == State.DONE;
        workers.execute(() -> {
            boolean waits = false;
            if (done && input != null) {
                code.answerLate(input);
            } else {
                waits = coroutine.resume(input);
            }
            boolean goesOn = waits;
            loop.execute(() -> stepped(input == HandshakeCode.OVERDUE, goesOn));
        });
    }

    private void stepped(boolean overdue, boolean goesOn) {
        busy = false;
        if (state == State.CLOSED || state == State.FAILED) {
            // It may have been done meanwhile; nobody takes the keys any more.
            negotiation.forget();
        }
        if (state == State.CLOSED) {
            return;
        }
        List<byte[]> sent = code.takeSent();
        if (!lastFlightSent && sent.stream().anyMatch(RecordFilter::changesCipher)) {
            lastFlightSent = true;
            lastFlightAt = loop.nanoTime();
        }
        sent.forEach(datagram -> listener.send(ByteBuffer.wrap(datagram)));
        if (state == State.RUNNING) {
            if (!goesOn) {
                ended();
            } else if (!sent.isEmpty()) {
                awaitAnswer(overdue ? resendAfter.multipliedBy(2) : FIRST_RESEND);
            }
        }
        byte[] next = waiting.poll();
        if (next != null && (state == State.RUNNING || state == State.DONE)) {
            step(next);
        }
    }

    /**
     * Sends the last flight again now, because it could not leave before there was a path (RFC 5763
     * §6.7.1).
     */
    public void sendAgain() {
        if (state == State.RUNNING && resend != null) {
            stop(resend);
            resendAfter = FIRST_RESEND.dividedBy(2);
            input(HandshakeCode.OVERDUE);
        }
    }

    /** A flight was sent; waits for the answer. */
    private void awaitAnswer(Duration wait) {
        stop(resend);
        waiting.remove(HandshakeCode.OVERDUE);
        resendAfter = wait;
        resend = loop.schedule(resendAfter, () -> input(HandshakeCode.OVERDUE));
    }

    private void ended() {
        DtlsFailure failure = code.failure();
        if (failure != null) {
            negotiation.forget();
            fail(failure);
            return;
        }
        state = State.DONE;
        release();
        listener.established(negotiation.takeKeys(role));
    }

    private void fail(DtlsFailure reason) {
        if (state != State.RUNNING) {
            return;
        }
        state = State.FAILED;
        release();
        listener.failed(reason == DtlsFailure.TIMEOUT && refused() ? DtlsFailure.REFUSED : reason);
    }

    private void release() {
        stop(resend);
        stop(deadline);
        waiting.clear();
        coroutine.close();
        if (entered) {
            entered = false;
            limit.leave();
        }
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /**
     * Returns the number of ignored datagrams: no records, repetitions, alerts in clear text, too
     * long, too many, or no longer expected.
     */
    public long dropped() {
        return dropped;
    }

    /** Ends the handshake without a call to the listener. */
    @Override
    public void close() {
        state = State.CLOSED;
        release();
    }
}
