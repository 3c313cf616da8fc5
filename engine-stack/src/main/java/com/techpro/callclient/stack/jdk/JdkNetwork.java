// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.stack.log.Loggers;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own sockets. One thread, {@code callclient-io}, serves all streams and pushed UDP
 * sockets; pollers run on their callers' threads.
 */
public final class JdkNetwork implements Network {
    /**
     * Documentation addresses (RFC 5737, RFC 3849) with the discard port (RFC 863): only used to
     * ask for routes, nothing is sent to them.
     */
    private static final byte[] SOMEWHERE_IPV4 = {(byte) 198, 51, 100, 1};

    private static final byte[] SOMEWHERE_IPV6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int SOME_PORT = 9;

    private final IoLoop io = new IoLoop();
    private final Set<AutoCloseable> links = ConcurrentHashMap.newKeySet();
    private final Resolver resolver;
    private volatile boolean closed;

    /**
     * Uses the resolver of the operating system.
     *
     * @param workers report look-ups that are refused for lack of room
     */
    public JdkNetwork(Executor workers) {
        this(new JdkResolver(workers));
    }

    public JdkNetwork(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        requireOpen();
        var link = new JdkDatagramLink(this, local, receiver);
        remember(link);
        link.start();
        return link;
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        requireOpen();
        var poller = new JdkPoller(this);
        remember(poller);
        return poller;
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        var stream = new JdkStream(this, remote, handler);
        if (closed) {
            io.execute(() -> stream.failed(new IOException("the network is closed")));
            return stream;
        }
        remember(stream);
        io.execute(stream::connect);
        return stream;
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        requireOpen();
        var listener = new JdkListener(this, local, acceptor);
        remember(listener);
        listener.start();
        return listener;
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
        if (remote.isUnresolved()) {
            throw new NoRouteToHostException("unresolved address");
        }
        // Connecting a UDP socket sends nothing; it only asks the kernel for the route.
        try (DatagramChannel probe = DatagramChannel.open(DatagramSockets.familyOf(remote))) {
            int port = remote.getPort() == 0 ? SOME_PORT : remote.getPort();
            probe.connect(new InetSocketAddress(remote.getAddress(), port));
            InetAddress local = DatagramSockets.localAddress(probe).getAddress();
            if (local.isAnyLocalAddress()) {
                throw new NoRouteToHostException("no route");
            }
            return local;
        }
    }

    /**
     * Returns the source addresses of the default routes, one of each family. Network interfaces
     * are not enumerated (promise C12).
     */
    @Override
    public List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        for (byte[] somewhere : List.of(SOMEWHERE_IPV4, SOMEWHERE_IPV6)) {
            InetAddress local = localAddressTowards(somewhere);
            if (local != null && !local.isLoopbackAddress() && !local.isLinkLocalAddress()) {
                addresses.add(local);
            }
        }
        return addresses;
    }

    private @Nullable InetAddress localAddressTowards(byte[] address) {
        try {
            return localAddressFor(new InetSocketAddress(InetAddress.getByAddress(address), SOME_PORT));
        } catch (IOException noRoute) {
            return null;
        }
    }

    @Override
    public int openLinks() {
        return links.size();
    }

    @Override
    public void close() {
        closed = true;
        for (AutoCloseable link : new ArrayList<>(links)) {
            closeQuietly(link);
        }
        io.finish();
        if (resolver instanceof JdkResolver own) {
            own.close();
        }
    }

    IoLoop io() {
        return io;
    }

    void remember(AutoCloseable link) {
        links.add(link);
        if (closed) {
            // close() came first.
            closeQuietly(link);
        }
    }

    /** Returns whether the link was registered until now. */
    boolean forget(AutoCloseable link) {
        return links.remove(link);
    }

    static void closeQuietly(Closeable channel) {
        closeQuietly((AutoCloseable) channel);
    }

    private static void closeQuietly(AutoCloseable link) {
        try {
            link.close();
        } catch (Exception e) {
            // Nothing can be done about it, and the link is gone either way.
            Loggers.NETWORK.debug("closing failed: {}", e.getClass().getName());
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the network is closed");
        }
    }
}
