// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A host of a {@link SimulatedNetwork} that moves to another network while it has a stream. */
class MovedHostTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(Addresses.of("192.0.2.2"), 5061);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final SimulatedHost phone = network.host("192.0.2.1");

    @Test
    void a_stream_from_the_old_address_carries_nothing_and_notifies_neither_end() throws IOException {
        Heard atServer = new Heard();
        Heard atPhone = new Heard();
        network.host("192.0.2.2").listen(SERVER, link -> atServer);
        StreamLink stream = phone.connect(SERVER, atPhone);
        time.advance(Duration.ofSeconds(1));
        phone.moveTo("198.51.100.7");

        stream.write(ByteBuffer.wrap(new byte[] {1}));
        atServer.link.write(ByteBuffer.wrap(new byte[] {2}));
        time.advance(Duration.ofMinutes(1));
        phone.moveTo("192.0.2.1");
        stream.write(ByteBuffer.wrap(new byte[] {3}));
        time.advance(Duration.ofMinutes(1));

        assertThat(atServer.events).containsExactly("connected");
        assertThat(atPhone.events).containsExactly("connected");
        stream.close();
        time.advance(Duration.ofMinutes(1));
        assertThat(atPhone.events).containsExactly("connected", "closed");
        assertThat(phone.openLinks()).isZero();
    }

    @Test
    void a_stream_from_the_new_address_is_not_touched_by_that() throws IOException {
        Heard atServer = new Heard();
        network.host("192.0.2.2").listen(SERVER, link -> atServer);
        phone.moveTo("198.51.100.7");

        phone.connect(SERVER, new Heard()).write(ByteBuffer.wrap(new byte[] {1}));
        time.advance(Duration.ofSeconds(1));

        assertThat(atServer.events).containsExactly("connected", "received");
    }

    private static final class Heard implements StreamHandler {
        final List<String> events = new ArrayList<>();
        StreamLink link;

        @Override
        public void connected(StreamLink opened) {
            link = opened;
            events.add("connected");
        }

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            events.add("received");
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException why) {
            events.add("closed");
        }
    }
}
