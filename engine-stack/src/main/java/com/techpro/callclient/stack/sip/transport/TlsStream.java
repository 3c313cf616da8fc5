// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a stream of bytes. Runs on the loop; workers run the engine's long computations. Nothing
 * is delivered before the handshake is complete and the peer verified. Between records it holds no
 * buffer: working buffers are shared (see {@link Scratch}).
 *
 * <pre>
 * HANDSHAKING --finished, peer verified--> OPEN --close_notify or close()--> CLOSED
 * HANDSHAKING, OPEN --any fault--> CLOSED (failed)
 * </pre>
 */
final class TlsStream {
    /** What the stream made of what it got. */
    sealed interface Outcome {
        /**
         * Data can be sent from now on.
         *
         * @param peer the peer's verified certificate, or null if it presented none
         */
        record Opened(@Nullable X509Certificate peer) implements Outcome {}

        /** @param bytes do not change any more */
        @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
        record Plaintext(byte[] bytes) implements Outcome {}

        /**
         * Nothing follows. {@link #close} it.
         *
         * @param problem null if the peer ended it in order
         */
        record Ended(@Nullable TlsProblem problem) implements Outcome {}
    }

    /** The working buffers of all streams of one loop. */
    static final class Scratch {
        private ByteBuffer sealed = ByteBuffer.allocate(17_408);
        private ByteBuffer opened = ByteBuffer.allocate(17_408);

        private static ByteBuffer larger(ByteBuffer buffer) {
            return ByteBuffer.allocate(buffer.capacity() * 2);
        }

        /**
         * Wipes decrypted data after reading: a message contains names and keys, and stays in no
         * buffer.
         */
        private void forgetOpened(int length) {
            Arrays.fill(opened.array(), 0, length, (byte) 0);
        }
    }

    private enum State {
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Several records of maximum size; more while a handshake computes is an attack. */
    private static final int UNREAD_LIMIT = 65_536;

    private final Executor loop;
    private final Executor workers;
    private final SSLEngine engine;
    private final List<String> names;
    private final Scratch scratch;
    private final Consumer<ByteBuffer> wire;
    private final Runnable computed;
    private State state = State.HANDSHAKING;
    private boolean working;
    private boolean ended;
    private List<Outcome> made = List.of();
    private ByteBuffer unread = NOTHING;

    /**
     * @param names of which the peer's certificate must have one; none if the engine's own context
     *     decides, as a server's does about clients
     * @param wire receives the bytes for the peer, and copies them before it returns
     * @param computed runs on the loop when a worker is done, and {@linkplain #proceed proceeds}
     */
    TlsStream(
            Executor loop,
            Executor workers,
            SSLEngine engine,
            List<String> names,
            Scratch scratch,
            Consumer<ByteBuffer> wire,
            Runnable computed) {
        this.loop = loop;
        this.workers = workers;
        this.engine = engine;
        this.names = names;
        this.scratch = scratch;
        this.wire = wire;
        this.computed = computed;
    }

    List<Outcome> start() {
        return guarded(() -> {
            if (engine.getUseClientMode()) {
                // A client's first message has public keys, which are generated for it.
                compute(engine::beginHandshake);
            } else {
                engine.beginHandshake();
                advance();
            }
        });
    }

    /** Opens bytes from the peer. */
    List<Outcome> open(ByteBuffer bytes) {
        return guarded(() -> {
            if (state == State.CLOSED || ended) {
                return;
            }
            if (unread.remaining() > UNREAD_LIMIT) {
                throw new SSLException("more than a handshake needs");
            }
            unread = joined(unread, bytes);
            advance();
        });
    }

    /** Continues after a computation. */
    List<Outcome> proceed() {
        return guarded(this::advance);
    }

    /** Encrypts and sends. Does nothing before the stream is open or after it is closed. */
    List<Outcome> send(ByteBuffer plaintext) {
        return guarded(() -> {
            boolean progress = state == State.OPEN;
            while (progress && plaintext.hasRemaining()) {
                progress = wrap(plaintext);
            }
        });
    }

    /** Sends close_notify to the peer, if that is possible. */
    void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            farewell();
        }
    }

    private interface Step {
        void run() throws SSLException;
    }

    private List<Outcome> guarded(Step step) {
        try {
            step.run();
        } catch (SSLException e) {
            fail(e);
        } catch (RuntimeException e) {
            // Providers throw undeclared exceptions, and workers may reject tasks.
            fail(new SSLException("the TLS engine failed", e));
        }
        List<Outcome> all = made;
        made = List.of();
        return all;
    }

    private void add(Outcome outcome) {
        if (made.isEmpty()) {
            made = new ArrayList<>(2);
        }
        made.add(outcome);
    }

    /** Continues until the peer, or a worker, has to act. */
    private void advance() throws SSLException {
        while (state != State.CLOSED && !ended && !working) {
            HandshakeStatus status = engine.getHandshakeStatus();
            boolean progress = switch (status) {
                case NEED_TASK -> work();
                case NEED_WRAP -> wrap(NOTHING.duplicate());
                default -> unwrap();
            };
            if (!progress) {
                break;
            }
        }
        keepUnread();
    }

    /**
     * Copies the remaining bytes, so that their array can be freed; holds nothing if none remain.
     */
    private void keepUnread() {
        if (!unread.hasRemaining()) {
            unread = NOTHING;
        } else if (unread.position() > 0) {
            byte[] rest = new byte[unread.remaining()];
            unread.get(rest);
            unread = ByteBuffer.wrap(rest);
        }
    }

    private boolean work() throws SSLException {
        if (state == State.OPEN && !engine.getSession().getProtocol().equals("TLSv1.3")) {
            // Renegotiation could change the peer's identity after it was verified.
            throw new SSLException("renegotiation is refused");
        }
        Runnable task = engine.getDelegatedTask();
        if (task == null) {
            return true;
        }
        compute(task::run);
        return false;
    }

    /** Lets a worker compute, and then continues. */
    private void compute(Step step) {
        working = true;
        workers.execute(() -> {
            try {
                step.run();
            } catch (SSLException | RuntimeException | Error e) {
                loop.execute(() -> worked(new SSLException("a computation of the handshake failed", e)));
                return;
            }
            loop.execute(() -> worked(null));
        });
    }

    private void worked(@Nullable SSLException failure) {
        working = false;
        if (failure != null) {
            fail(failure);
        }
        computed.run();
    }

    private boolean wrap(ByteBuffer plaintext) throws SSLException {
        ((Buffer) scratch.sealed).clear();
        SSLEngineResult result = engine.wrap(plaintext, scratch.sealed);
        switch (result.getStatus()) {
            case BUFFER_OVERFLOW -> {
                scratch.sealed = Scratch.larger(scratch.sealed);
                return true;
            }
            case CLOSED -> {
                flush();
                return false;
            }
            default -> {
                flush();
                finishedMaybe(result);
                return movedOn(result);
            }
        }
    }

    /** Without this check, an engine that neither reads nor writes would loop for ever. */
    private boolean movedOn(SSLEngineResult result) {
        return result.bytesConsumed() + result.bytesProduced() > 0
                || result.getHandshakeStatus() == HandshakeStatus.NEED_TASK
                || result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    private void flush() {
        ((Buffer) scratch.sealed).flip();
        if (scratch.sealed.hasRemaining()) {
            wire.accept(scratch.sealed);
        }
    }

    private boolean unwrap() throws SSLException {
        if (!unread.hasRemaining()) {
            return false;
        }
        ((Buffer) scratch.opened).clear();
        SSLEngineResult result = engine.unwrap(unread, scratch.opened);
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                return false;
            }
            case BUFFER_OVERFLOW -> {
                scratch.opened = Scratch.larger(scratch.opened);
                return true;
            }
            case CLOSED -> {
                peerEnded();
                return false;
            }
            default -> {
                int length = scratch.opened.position();
                byte[] opened = Arrays.copyOf(scratch.opened.array(), length);
                scratch.forgetOpened(length);
                finishedMaybe(result);
                if (state == State.OPEN && length > 0) {
                    add(new Outcome.Plaintext(opened));
                }
                return movedOn(result);
            }
        }
    }

    private void finishedMaybe(SSLEngineResult result) throws SSLException {
        if (state == State.HANDSHAKING && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            X509Certificate peer = peer();
            if (!names.isEmpty()) {
                verified(peer, names);
            }
            state = State.OPEN;
            add(new Outcome.Opened(peer));
        }
    }

    /**
     * A resumed session was verified under the name of its creation; check that it is one of these.
     */
    private static void verified(@Nullable X509Certificate peer, List<String> names) throws SSLException {
        try {
            if (peer == null) {
                throw new PeerRejectedException(TlsProblem.UNTRUSTED);
            }
            PeerVerifier.checkName(peer, names);
        } catch (PeerRejectedException e) {
            throw new SSLException("the peer is another", e);
        }
    }

    private @Nullable X509Certificate peer() {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate first ? first : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** The owner closes it: first it may answer what came before the end. */
    private void peerEnded() {
        ended = true;
        add(new Outcome.Ended(state == State.HANDSHAKING ? TlsProblem.PROTOCOL : null));
    }

    private void fail(SSLException cause) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            farewell();
            add(new Outcome.Ended(PeerRejectedException.problemBehind(cause)));
        }
    }

    /** Sends the alert that tells the peer why. */
    private void farewell() {
        unread = NOTHING;
        try {
            engine.closeOutbound();
            for (int i = 0; i < 3 && !engine.isOutboundDone(); i++) {
                wrap(NOTHING.duplicate());
            }
        } catch (SSLException | RuntimeException e) {
            // The engine cannot send an alert any more; the owner closes the stream below in any
            // case.
            return;
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        if (!first.hasRemaining()) {
            return second;
        }
        ByteBuffer both = ByteBuffer.allocate(first.remaining() + second.remaining());
        ((Buffer) both.put(first).put(second)).flip();
        return both;
    }
}
