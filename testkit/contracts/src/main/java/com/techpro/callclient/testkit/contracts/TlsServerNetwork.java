// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A network whose listeners speak TLS, by the JDK's engine and in virtual time. With it a
 * {@link ScriptedPeer} has a certificate.
 */
public final class TlsServerNetwork extends ForwardingNetwork {
    private final SSLContext context;

    public TlsServerNetwork(Network network, SSLContext context) {
        super(network);
        this.context = context;
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        return super.listen(local, link -> new Server(link, acceptor));
    }

    /** One connection, sealed towards the network and open towards who accepted it. */
    private final class Server implements StreamHandler, StreamLink {
        private final StreamLink link;
        private final StreamHandler handler;
        private final SSLEngine engine = context.createSSLEngine();
        private ByteBuffer unread = ByteBuffer.allocate(0);

        Server(StreamLink link, StreamAcceptor acceptor) {
            this.link = link;
            engine.setUseClientMode(false);
            handler = acceptor.accepted(this);
        }

        @Override
        public void connected(StreamLink open) {
            handler.connected(this);
        }

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            ByteBuffer joined = ByteBuffer.allocate(unread.remaining() + bytes.remaining());
            joined.put(unread).put(bytes).flip();
            unread = joined;
            try {
                open();
            } catch (SSLException e) {
                link.close();
            }
        }

        private void open() throws SSLException {
            while (true) {
                HandshakeStatus needs = engine.getHandshakeStatus();
                if (needs == HandshakeStatus.NEED_TASK) {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                } else if (needs == HandshakeStatus.NEED_WRAP) {
                    seal(ByteBuffer.allocate(0));
                } else {
                    ByteBuffer plain = ByteBuffer.allocate(32_768);
                    SSLEngineResult result = engine.unwrap(unread, plain);
                    plain.flip();
                    if (plain.hasRemaining()) {
                        handler.received(this, plain);
                    }
                    boolean stuck = result.bytesConsumed() == 0
                            && result.getHandshakeStatus() != HandshakeStatus.NEED_TASK
                            && result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
                    if (stuck || result.getStatus() == SSLEngineResult.Status.CLOSED) {
                        return;
                    }
                }
            }
        }

        private void seal(ByteBuffer plain) throws SSLException {
            do {
                ByteBuffer sealed = ByteBuffer.allocate(32_768);
                engine.wrap(plain, sealed);
                sealed.flip();
                link.write(sealed);
            } while (plain.hasRemaining());
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException cause) {
            handler.closed(this, cause);
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
            try {
                seal(bytes);
                return true;
            } catch (SSLException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
