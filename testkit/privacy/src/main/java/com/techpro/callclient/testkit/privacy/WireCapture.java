// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.privacy.WireRecord.Sent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy that forwards everything and records what the client sent. For traffic outside the
 * {@code Network} port, such as HTTPS.
 */
final class WireCapture implements AutoCloseable {
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final JdkNetwork network = new JdkNetwork(schedulers.workers());
    private final InetSocketAddress server;
    private final StreamListener listener;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();

    /** @param server a literal address */
    WireCapture(HostPort server) throws IOException {
        this.server = new InetSocketAddress(server.host(), server.port());
        this.listener = network.listen(new InetSocketAddress(server.host(), 0), client -> {
            Passage passage = new Passage(client);
            passages.add(passage);
            return passage;
        });
    }

    /** Returns the address for the client. */
    HostPort address() {
        InetSocketAddress local = listener.localAddress();
        return new HostPort(local.getAddress().getHostAddress(), local.getPort());
    }

    /** Returns what the client sent, one entry per connection. */
    List<Sent> sent() {
        List<Sent> all = new ArrayList<>();
        passages.forEach(passage -> all.add(new Sent(true, server, passage.bytes())));
        return all;
    }

    @Override
    public void close() {
        listener.close();
        network.close();
        schedulers.close();
    }

    private final class Passage implements StreamHandler {
        private final StreamLink onward;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Passage(StreamLink client) {
            this.onward = network.connect(server, new StreamHandler() {
                @Override
                public void connected(StreamLink link) {}

                @Override
                public void received(StreamLink link, ByteBuffer bytes) {
                    client.write(bytes);
                }

                @Override
                public void closed(StreamLink link, @Nullable IOException cause) {
                    client.close();
                }
            });
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }

        @Override
        public void connected(StreamLink link) {}

        @Override
        public synchronized void received(StreamLink link, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            kept.writeBytes(copy);
            onward.write(bytes);
        }

        @Override
        public void closed(StreamLink link, @Nullable IOException cause) {
            onward.close();
        }
    }
}
