// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.net.LoopStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS stream to a server other than a SIP server. Its handler's {@code connected} is called once
 * the server is verified. The handler is called on the loop, to which this belongs.
 */
public final class TlsLink implements StreamLink {
    /** The most bytes that can be written before the server is verified. */
    private static final int MAX_EARLY = 65_536;

    private final StreamHandler handler;
    private final TlsStream tls;
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();
    private final StreamLink link;
    private boolean open;
    private boolean closed;
    private boolean toldClosed;

    private TlsLink(
            Network network,
            InetSocketAddress remote,
            SSLEngine engine,
            Scheduler loop,
            Executor workers,
            StreamHandler handler) {
        this.handler = handler;
        this.tls = new TlsStream(
                loop::execute, workers, engine, List.of(), new TlsStream.Scratch(), this::writeSealed, this::proceed);
        this.link = network.connect(remote, new LoopStreamHandler(loop, new Wire()));
    }

    /**
     * Starts connecting. Call it on the loop.
     *
     * @param host the name that the server's certificate must have, by the rules of the web (RFC
     *     9525)
     * @throws IllegalArgumentException if no certificate can have that name
     */
    public static TlsLink connect(
            Network network,
            InetSocketAddress remote,
            WebTls tls,
            String host,
            Scheduler loop,
            Executor workers,
            StreamHandler handler) {
        SSLEngine engine = tls.engine(host, remote.getPort());
        return new TlsLink(network, remote, engine, loop, workers, handler);
    }

    @Override
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        if (closed) {
            return false;
        }
        if (open) {
            InOrder.take(tls.send(bytes), this::take);
            return !closed;
        }
        if (early.size() + bytes.remaining() > MAX_EARLY) {
            return false;
        }
        while (bytes.hasRemaining()) {
            early.write(bytes.get());
        }
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tls.close();
            link.close();
        }
    }

    /** A missing record would end the stream in any case. */
    private void writeSealed(ByteBuffer record) {
        if (!link.write(record) && !closed) {
            closed = true;
            link.close();
        }
    }

    /** A worker is done with a computation of the handshake. */
    private void proceed() {
        InOrder.take(tls.proceed(), this::take);
    }

    private void take(TlsStream.Outcome outcome) {
        if (outcome instanceof TlsStream.Outcome.Ended end) {
            ended(end.problem() == null ? null : new SSLException("TLS failed: " + end.problem()));
        } else if (outcome instanceof TlsStream.Outcome.Opened && !closed) {
            opened();
        } else if (outcome instanceof TlsStream.Outcome.Plaintext plaintext && !closed) {
            handler.received(this, ByteBuffer.wrap(plaintext.bytes()));
        }
    }

    private void opened() {
        open = true;
        handler.connected(this);
        if (early.size() > 0 && !closed) {
            InOrder.take(tls.send(ByteBuffer.wrap(early.toByteArray())), this::take);
            early.reset();
        }
    }

    private void ended(@Nullable IOException cause) {
        close();
        if (!toldClosed) {
            toldClosed = true;
            handler.closed(this, cause);
        }
    }

    /** Receives the events of the stream below. */
    private final class Wire implements StreamHandler {
        @Override
        public void connected(StreamLink below) {
            if (!closed) {
                InOrder.take(tls.start(), TlsLink.this::take);
            }
        }

        @Override
        public void received(StreamLink below, ByteBuffer bytes) {
            InOrder.take(tls.open(bytes), TlsLink.this::take);
        }

        @Override
        public void closed(StreamLink below, @Nullable IOException cause) {
            ended(cause);
        }
    }
}
