// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
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
    /** Receives the stream's events; called on the loop. */
    interface Events {
        /**
         * @param peer the peer's verified certificate, or null if it presented none
         */
        void opened(@Nullable X509Certificate peer);

        /** @param bytes valid only until this returns */
        void plaintext(ByteBuffer bytes);

        /** The peer closed it in order. */
        void ended();

        void failed(TlsProblem problem);
    }

    /** Makes a TLS stream over a stream of bytes. */
    interface Maker {
        TlsStream make(Consumer<ByteBuffer> wire, Events events);
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
    private final Events events;
    private State state = State.HANDSHAKING;
    private boolean working;
    private ByteBuffer unread = NOTHING;

    /**
     * @param names of which the peer's certificate must have one; none if the engine's own context
     *     decides, as a server's does about clients
     * @param wire receives the bytes for the peer, and copies them before it returns
     */
    TlsStream(
            Executor loop,
            Executor workers,
            SSLEngine engine,
            List<String> names,
            Scratch scratch,
            Consumer<ByteBuffer> wire,
            Events events) {
        this.loop = loop;
        this.workers = workers;
        this.engine = engine;
        this.names = names;
        this.scratch = scratch;
        this.wire = wire;
        this.events = events;
    }

    void start() {
        guarded(() -> {
            if (engine.getUseClientMode()) {
                // A client's first message has public keys, which are generated for it.
                compute(engine::beginHandshake);
            } else {
                engine.beginHandshake();
                proceed();
            }
        });
    }

    /** Processes bytes from the peer. */
    void received(ByteBuffer bytes) {
        if (state == State.CLOSED) {
            return;
        }
        if (unread.remaining() > UNREAD_LIMIT) {
            fail(new SSLException("more than a handshake needs"));
            return;
        }
        unread = joined(unread, bytes);
        guardedProceed();
    }

    /** Encrypts and sends. Does nothing before the stream is open or after it is closed. */
    void send(ByteBuffer plaintext) {
        if (state != State.OPEN) {
            return;
        }
        try {
            while (plaintext.hasRemaining() && state == State.OPEN) {
                wrap(plaintext);
            }
        } catch (SSLException e) {
            fail(e);
        }
    }

    /** Sends close_notify to the peer, if that is possible. */
    void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            farewell();
        }
    }

    private void guardedProceed() {
        guarded(this::proceed);
    }

    private interface Step {
        void run() throws SSLException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (SSLException e) {
            fail(e);
        } catch (RuntimeException e) {
            if (state != State.HANDSHAKING) {
                // Thrown by the layers above, which own the stream now.
                throw e;
            }
            // Providers throw undeclared exceptions, and workers may reject tasks.
            fail(new SSLException("the handshake failed", e));
        }
    }

    /** Continues until the peer, or a worker, has to act. */
    private void proceed() throws SSLException {
        while (state != State.CLOSED && !working) {
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
                loop.execute(() -> fail(new SSLException("a computation of the handshake failed", e)));
                return;
            }
            loop.execute(this::worked);
        });
    }

    private void worked() {
        working = false;
        guardedProceed();
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
                ended();
                return false;
            }
            default -> {
                ((Buffer) scratch.opened).flip();
                int length = scratch.opened.limit();
                try {
                    finishedMaybe(result);
                    if (state == State.OPEN && scratch.opened.hasRemaining()) {
                        events.plaintext(scratch.opened);
                    }
                } finally {
                    scratch.forgetOpened(length);
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
            events.opened(peer);
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

    private void ended() {
        boolean early = state == State.HANDSHAKING;
        close();
        if (early) {
            events.failed(TlsProblem.PROTOCOL);
        } else {
            events.ended();
        }
    }

    private void fail(SSLException cause) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            farewell();
            events.failed(PeerRejectedException.problemBehind(cause));
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
