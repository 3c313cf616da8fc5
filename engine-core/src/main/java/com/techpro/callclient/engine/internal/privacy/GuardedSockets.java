// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DestinationRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that connect only to permitted destinations. They use no proxy, whatever the system's
 * settings.
 */
final class GuardedSockets extends SocketFactory {
    private final PermittedDestinations permitted;

    GuardedSockets(PermittedDestinations permitted) {
        this.permitted = permitted;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(permitted);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    /** Refuses names: the guarded resolver resolves them, not the socket. */
    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new DestinationRefusedException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw new DestinationRefusedException();
    }

    private Socket connected(InetSocketAddress remote, @Nullable SocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class GuardedSocket extends Socket {
        private final PermittedDestinations permitted;

        GuardedSocket(PermittedDestinations permitted) {
            super(Proxy.NO_PROXY);
            this.permitted = permitted;
        }

        @Override
        public void connect(SocketAddress remote) throws IOException {
            connect(remote, 0);
        }

        @Override
        public void connect(SocketAddress remote, int timeoutMillis) throws IOException {
            if (!(remote instanceof InetSocketAddress to) || !permitted.permits(to)) {
                throw new DestinationRefusedException();
            }
            super.connect(remote, timeoutMillis);
        }
    }
}
