// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import com.techpro.callclient.engine.internal.jdk.Coroutine;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
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
 * A handshake between the two ends of a media stream (RFC 5764), from which both get the keys of their SRTP. A flight that is not answered is sent again
 * after 60 ms, and then after twice as long each time: both ends wait for it before they can be heard.
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
 * <p>Lives on one loop; the computing is done by the workers, one step at a time.
 */
public final class DtlsHandshake implements AutoCloseable {
    /** How long a handshake may take. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Duration FIRST_RESEND = Duration.ofMillis(60);
    /** What follows our last flight waits for its answer twice as long as the server took before, within these bounds. */
    private static final long LEAST_WAIT_NANOS = 20_000_000;

    private static final long MOST_WAIT_NANOS = 200_000_000;
    /** Datagrams that wait for their step: more than the flights of either side have. */
    private static final int MOST_WAITING = 32;
    /** Datagrams that are looked at when all is done. */
    private static final int MOST_LATE = 32;

    /** What comes of it, on the loop. */
    public interface Listener {
        /** A datagram to send to the other side; the listener's to keep. */
        void send(ByteBuffer datagram);

        /** It is done. Told once, and then never {@link #failed}. */
        void established(DtlsKeys keys);

        /** There will be no keys. Told once. */
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

    /** Takes a datagram whose first byte is 20 to 63 (RFC 7983); copies it. */
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
     * Whether an alert has come in clear text. Anybody can send it, so it ends nothing: it says why, if the handshake is not done by the {@link #DEADLINE}.
     */
    public boolean refused() {
        return filter.refused();
    }

    /**
     * As the client: whether all that is missing is the server's last flight, which it sends when it has the keys, and it is due. One that takes longer than it took before has not got
     * ours, or has forgotten the handshake.
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

    /** @param input null for the first step */
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
            // It may have been done meanwhile: nobody takes the keys any more.
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

    /** A flight is on its way. */
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

    /** Datagrams that were no records, came twice, were alerts in clear text, too long, too many, or came when nobody wanted them. */
    public long dropped() {
        return dropped;
    }

    /** Gives it up, without a word to the listener. */
    @Override
    public void close() {
        state = State.CLOSED;
        release();
    }
}
