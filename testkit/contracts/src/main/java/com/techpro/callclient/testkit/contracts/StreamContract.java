// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract of {@link StreamLink} and {@link StreamListener}. */
public abstract class StreamContract extends NetworkSubject {
    private static final int MEBIBYTE = 1 << 20;

    private final StreamRecord client = new StreamRecord();
    private final StreamRecord server = new StreamRecord();
    private final CompletableFuture<StreamLink> accepted = new CompletableFuture<>();

    /**
     * Connects, through the network under test, to a peer that accepts and then reads nothing;
     * returns once connected.
     */
    protected abstract StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception;

    @Test
    void STR_1_bytes_arrive_in_order_and_are_copied_before_write_returns() throws Exception {
        StreamLink stream = connect();
        byte[] sent = new byte[300_000];
        Seeds.random(9).nextBytes(sent);
        byte[] reused = new byte[777];
        for (int i = 0; i < sent.length; i += reused.length) {
            int length = Math.min(reused.length, sent.length - i);
            System.arraycopy(sent, i, reused, 0, length);
            assertThat(stream.write(ByteBuffer.wrap(reused, 0, length))).isTrue();
            Arrays.fill(reused, (byte) 0);
        }

        await(() -> server.size() == sent.length);

        assertThat(server.received()).isEqualTo(sent);
    }

    @Test
    void STR_1_both_directions_are_independent() throws Exception {
        StreamLink stream = connect();
        stream.write(bytes("from the client"));
        accepted.join().write(bytes("from the server"));

        await(() -> server.text().equals("from the client") && client.text().equals("from the server"));
    }

    @Test
    void STR_1_mebibytes_arrive_unchanged_in_both_directions() throws Exception {
        StreamLink stream = connect();

        assertCarries(stream, server);
        assertCarries(accepted.join(), client);
    }

    @Test
    void STR_1_an_accepted_stream_carries_mebibytes_unchanged_in_both_directions() throws Exception {
        StreamLink stream = beConnectedTo();

        assertCarries(stream, server);
        assertCarries(accepted.join(), client);
    }

    private void assertCarries(StreamLink stream, StreamRecord other) {
        byte[] sent = new byte[3 * MEBIBYTE];
        Seeds.random(13).nextBytes(sent);
        for (int i = 0; i < sent.length; i += 64 * 1024) {
            ByteBuffer chunk = ByteBuffer.wrap(sent, i, 64 * 1024);
            await(() -> stream.write(chunk));
        }
        await(() -> other.size() == sent.length);
        assertThat(Arrays.mismatch(other.received(), sent))
                .as("the first byte that changed")
                .isEqualTo(-1);
    }

    @Test
    void STR_2_data_written_before_the_stream_is_connected_is_sent_afterwards() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), this::accept);

        StreamLink stream = network().connect(listener.localAddress(), client);
        boolean taken = stream.write(bytes("early "));
        await(client::isConnected);
        stream.write(bytes("and late"));

        assertThat(taken).isTrue();
        await(() -> server.text().equals("early and late"));
    }

    @Test
    void STR_2_writing_after_it_closed_does_nothing_and_answers_false() throws Exception {
        StreamLink stream = connect();
        stream.close();

        assertThat(stream.write(bytes("late"))).isFalse();
        await(client::isClosed);
        assertThat(stream.write(bytes("later"))).isFalse();
        await(server::isClosed);
        assertThat(server.text()).isEmpty();
    }

    @Test
    void STR_3_at_least_a_mebibyte_may_wait_and_not_without_bound() throws Exception {
        StreamLink stream = connectToDeafPeer(network(), client);
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        int taken = 0;
        while (taken < 64 * MEBIBYTE && stream.write(chunk.clear())) {
            taken += chunk.capacity();
        }

        assertThat(taken).isBetween(MEBIBYTE, 64 * MEBIBYTE - 1);
        assertThat(chunk.position()).as("what a refused write consumed").isZero();
    }

    @Test
    void STR_4_closing_sends_data_that_was_written_before() throws Exception {
        StreamLink stream = connect();
        byte[] sent = new byte[900_000];
        Seeds.random(4).nextBytes(sent);
        stream.write(ByteBuffer.wrap(sent));
        stream.close();

        await(server::isClosed);

        assertThat(server.received()).isEqualTo(sent);
        assertThat(server.cause()).isNull();
        await(client::isClosed);
        assertThat(client.cause()).isNull();
    }

    @Test
    void STR_4_closing_before_it_is_connected_still_sends_written_data() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), this::accept);
        StreamLink stream = network().connect(listener.localAddress(), client);
        stream.write(bytes("farewell"));
        stream.close();

        await(() -> server.isClosed() && client.isClosed());

        assertThat(server.text()).isEqualTo("farewell");
    }

    @Test
    void STR_4_a_peer_that_takes_nothing_cannot_hold_it_open() throws Exception {
        StreamLink stream = connectToDeafPeer(network(), client);
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        for (int i = 0; i < 1_000 && stream.write(chunk.clear()); i++) {
            // until no more is accepted
        }

        stream.close();

        await(client::isClosed);
    }

    @Test
    void STR_4_closing_a_stream_leaves_the_others_open() throws Exception {
        StreamLink staying = connect();
        StreamListener elsewhere = peer().listen(anyPeerPort(), link -> new StreamRecord());
        StreamRecord left = new StreamRecord();
        StreamLink leaving = network().connect(elsewhere.localAddress(), left);
        await(left::isConnected);

        leaving.close();
        await(left::isClosed);
        letArrive();
        staying.write(bytes("still here"));
        accepted.join().write(bytes("so am I"));

        await(() -> server.text().equals("still here") && client.text().equals("so am I"));
    }

    @Test
    void STR_5_each_side_is_notified_of_the_end_once() throws Exception {
        StreamLink stream = connect();
        stream.close();
        stream.close();
        accepted.join().close();

        await(() -> client.isClosed() && server.isClosed());
        letArrive();

        assertThat(client.sawDisorder() || server.sawDisorder()).isFalse();
        assertThat(client.cause()).isNull();
    }

    @Test
    void STR_5_a_refused_connection_is_heard_as_closed_with_a_cause() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), this::accept);
        listener.close();
        // A stream opened and closed again shows that the listener is gone.
        InetSocketAddress gone = listener.localAddress();

        network().connect(gone, client);

        await(client::isClosed);
        assertThat(client.isConnected()).isFalse();
        assertThat(client.cause()).isNotNull();
    }

    @Test
    void STR_5_an_unresolved_address_is_heard_as_closed_with_a_cause() {
        StreamLink stream = network().connect(InetSocketAddress.createUnresolved("a.test", 5061), client);

        await(client::isClosed);
        assertThat(client.cause()).isNotNull();
        assertThat(stream.write(bytes("late"))).isFalse();
    }

    @Test
    void STR_6_the_other_sides_end_closes_the_stream_here() throws Exception {
        StreamLink stream = connect();
        accepted.join().write(bytes("bye"));
        accepted.join().close();

        await(client::isClosed);

        assertThat(client.text()).isEqualTo("bye");
        assertThat(client.cause()).isNull();
        assertThat(stream.write(bytes("late"))).isFalse();
        await(() -> network().openLinks() == 0);
    }

    @Test
    void LSN_1_closing_the_listener_leaves_accepted_streams_alone() throws Exception {
        StreamListener listener = network().listen(anyPort(), this::accept);
        StreamLink stream = peer().connect(listener.localAddress(), client);
        await(() -> client.isConnected() && server.isConnected());

        listener.close();
        listener.close();
        letArrive();
        stream.write(bytes("still here"));
        accepted.join().write(bytes("so am I"));

        await(() -> server.text().equals("still here") && client.text().equals("so am I"));
        assertThat(client.isClosed() || server.isClosed()).isFalse();
    }

    @Test
    void STR_1_STR_4_an_accepted_stream_sends_data_in_order_before_it_closes() throws Exception {
        StreamLink stream = beConnectedTo();
        byte[] sent = new byte[300_000];
        Seeds.random(11).nextBytes(sent);
        stream.write(bytes("a question"));
        await(() -> server.text().equals("a question"));
        accepted.join().write(ByteBuffer.wrap(sent));
        accepted.join().close();

        await(() -> client.isClosed() && server.isClosed());

        assertThat(client.received()).isEqualTo(sent);
        assertThat(client.cause()).isNull();
        assertThat(server.cause()).isNull();
        assertThat(accepted.join().write(bytes("late"))).isFalse();
    }

    @Test
    void STR_5_STR_6_an_accepted_stream_hears_the_other_sides_end_once() throws Exception {
        StreamLink stream = beConnectedTo();
        stream.write(bytes("bye"));
        stream.close();

        await(server::isClosed);
        accepted.join().close();
        letArrive();

        assertThat(server.text()).isEqualTo("bye");
        assertThat(server.cause()).isNull();
        assertThat(server.sawDisorder()).isFalse();
        assertThat(accepted.join().write(bytes("late"))).isFalse();
    }

    @Test
    void a_stream_knows_both_its_ends() throws Exception {
        StreamLink stream = connect();

        assertThat(stream.remoteAddress()).isEqualTo(accepted.join().localAddress());
        assertThat(accepted.join().remoteAddress()).isEqualTo(stream.localAddress());
    }

    @Test
    void an_accepted_stream_knows_both_its_ends() throws Exception {
        StreamLink stream = beConnectedTo();

        assertThat(accepted.join().remoteAddress()).isEqualTo(stream.localAddress());
        assertThat(accepted.join().localAddress()).isEqualTo(stream.remoteAddress());
    }

    /** Connects from the network under test, which is the client. */
    private StreamLink connect() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), this::accept);
        StreamLink stream = network().connect(listener.localAddress(), client);
        assertThat(stream.localAddress().getPort()).isBetween(0, 65_535);
        await(() -> client.isConnected() && server.isConnected());
        return stream;
    }

    /** Connects from the other side: the network under test is the server. */
    private StreamLink beConnectedTo() throws Exception {
        StreamListener listener = network().listen(anyPort(), this::accept);
        StreamLink stream = peer().connect(listener.localAddress(), client);
        await(() -> client.isConnected() && server.isConnected());
        return stream;
    }

    private StreamHandler accept(StreamLink link) {
        accepted.complete(link);
        return server;
    }
}
