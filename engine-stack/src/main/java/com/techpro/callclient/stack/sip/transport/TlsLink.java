// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.net.LoopStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
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
            Network network, InetSocketAddress remote, Scheduler loop, StreamHandler handler, TlsStream.Maker maker) {
        this.handler = handler;
        this.tls = maker.make(this::writeSealed, new Opened());
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
        return new TlsLink(
                network,
                remote,
                loop,
                handler,
                (wire, events) -> new TlsStream(
                        loop::execute, workers, engine, List.of(), new TlsStream.Scratch(), wire, events));
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
            tls.send(bytes);
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
                tls.start();
            }
        }

        @Override
        public void received(StreamLink below, ByteBuffer bytes) {
            tls.received(bytes);
        }

        @Override
        public void closed(StreamLink below, @Nullable IOException cause) {
            ended(cause);
        }
    }

    /** Receives the events of TLS. */
    private final class Opened implements TlsStream.Events {
        @Override
        public void opened(@Nullable X509Certificate peer) {
            open = true;
            handler.connected(TlsLink.this);
            if (early.size() > 0 && !closed) {
                tls.send(ByteBuffer.wrap(early.toByteArray()));
                early.reset();
            }
        }

        @Override
        public void plaintext(ByteBuffer bytes) {
            if (!closed) {
                handler.received(TlsLink.this, bytes);
            }
        }

        @Override
        public void ended() {
            TlsLink.this.ended(null);
        }

        @Override
        public void failed(TlsProblem problem) {
            TlsLink.this.ended(new SSLException("TLS failed: " + problem));
        }
    }
}
