// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against a simulated server, over hours of virtual time. */
class TurnClientTest {
    private final VirtualTime time = VirtualTime.seeded(3);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    private final SimulatedTurnServer server = new SimulatedTurnServer(network.host("203.0.113.1"));
    private final Loop loop = time.openLoop("turn");
    private final List<TurnEffect> told = new ArrayList<>();
    private final List<String> heardByPeer = new ArrayList<>();
    private TurnClient client = client(SimulatedTurnServer.PASSWORD);
    private DatagramLink socket;
    private DatagramLink peer;
    private Timer timer;

    private TurnClient client(String password) {
        return new TurnClient(
                new LongTermAuthentication(SimulatedTurnServer.USER, Secret.of(password)),
                false,
                false,
                time.random("turn"));
    }

    @BeforeEach
    void open() throws IOException {
        socket = network.host("198.51.100.7")
                .openDatagram(new InetSocketAddress(InetAddress.getByName("198.51.100.7"), 4000), (packet, from) -> {
                    byte[] bytes = new byte[packet.remaining()];
                    packet.get(bytes);
                    loop.execute(() -> does(client.received(ByteBuffer.wrap(bytes), loop.nanoTime())));
                });
        peer = network.host("198.51.100.9")
                .openDatagram(
                        new InetSocketAddress(InetAddress.getByName("198.51.100.9"), 5000),
                        (packet, from) -> heardByPeer.add(
                                StandardCharsets.US_ASCII.decode(packet).toString()));
    }

    @AfterEach
    void close() {
        socket.close();
        peer.close();
        server.close();
        loop.close();
        assertThat(network.openLinks()).isZero();
    }

    private void does(List<TurnEffect> effects) {
        for (TurnEffect effect : effects) {
            if (effect instanceof TurnEffect.Send send) {
                socket.send(ByteBuffer.wrap(send.packet()), server.address());
            } else {
                told.add(effect);
            }
        }
        if (timer != null) {
            timer.cancel();
        }
        Duration next = client.untilWake(loop.nanoTime());
        timer = next == null ? null : loop.schedule(next, () -> does(client.wake(loop.nanoTime())));
    }

    private void start() {
        does(client.start(loop.nanoTime()));
        time.advance(Duration.ofMillis(100));
    }

    private InetSocketAddress relayed() {
        return told.stream()
                .filter(TurnEffect.Allocated.class::isInstance)
                .map(effect -> ((TurnEffect.Allocated) effect).relayed())
                .findFirst()
                .orElseThrow();
    }

    private void permit() {
        does(client.permit(peer.localAddress(), loop.nanoTime()));
        time.advance(Duration.ofMillis(100));
    }

    private void exchange(String text) {
        does(client.send(peer.localAddress(), text.getBytes(StandardCharsets.US_ASCII)));
        peer.send(ByteBuffer.wrap((text + " back").getBytes(StandardCharsets.US_ASCII)), relayed());
        time.advance(Duration.ofMillis(100));
        assertThat(heardByPeer).contains(text);
        assertThat(told)
                .anyMatch(effect -> effect instanceof TurnEffect.Received received
                        && new String(received.packet(), StandardCharsets.US_ASCII).equals(text + " back")
                        && received.peer().equals(peer.localAddress()));
    }

    @Test
    void an_allocation_permissions_and_channels_last_for_hours_and_are_given_back() {
        start();
        permit();
        exchange("by indication");
        does(client.bindChannel(peer.localAddress(), loop.nanoTime()));
        time.advance(Duration.ofMillis(100));
        exchange("on a channel");
        // Not soon after a renewal of the channel, which would renew the permission as well.
        time.advance(Duration.ofMinutes(124));
        exchange("still there");

        long refreshes = server.requests().stream().filter("REFRESH OK"::equals).count();
        assertThat(refreshes).as("every nine minutes").isBetween(13L, 14L);
        does(client.close(loop.nanoTime()));
        time.advance(Duration.ofMillis(100));
        assertThat(server.requests()).endsWith("REFRESH 0 OK");
        assertThat(server.allocations()).isZero();
        assertThat(told).endsWith(new TurnEffect.Released());
        assertThat(loop.pendingTimers()).isZero();
    }

    @Test
    void nothing_is_sent_to_a_peer_without_permission_nor_taken_from_one() {
        start();
        does(client.send(peer.localAddress(), new byte[] {1}));
        time.advance(Duration.ofMillis(100));

        assertThat(heardByPeer).isEmpty();
        assertThat(client.notPermitted()).isEqualTo(1);
    }

    /** As with a host, a VPN, a mapped and a relayed address at the far end, all renewed together. */
    @Test
    void permissions_that_meet_a_stale_nonce_at_the_same_moment_are_all_renewed() {
        start();
        List<InetSocketAddress> peers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            peers.add(new InetSocketAddress("198.51.100." + (100 + i), 5000));
        }
        peers.forEach(each -> does(client.permit(each, loop.nanoTime())));
        time.advance(Duration.ofMinutes(3));
        server.changeNonce();
        time.advance(Duration.ofMinutes(2));
        peers.forEach(each -> does(client.send(each, new byte[] {1})));

        assertThat(client.notPermitted()).isZero();
        assertThat(told).noneMatch(TurnEffect.PermissionRefused.class::isInstance);
    }

    @Test
    void a_refused_permission_is_asked_for_again_after_a_refresh() {
        start();
        server.refuseNext(403);
        permit();
        permit();
        assertThat(told).anyMatch(TurnEffect.PermissionRefused.class::isInstance);
        does(client.send(peer.localAddress(), new byte[] {1}));
        assertThat(client.notPermitted()).isEqualTo(1);

        does(client.refresh(loop.nanoTime()));
        time.advance(Duration.ofMillis(100));
        permit();
        exchange("after the refresh");
    }

    @Test
    void a_stale_nonce_is_answered_with_the_new_one() {
        start();
        for (int i = 0; i < 10; i++) {
            server.changeNonce();
            time.advance(Duration.ofMinutes(10));
        }
        permit();
        exchange("after ten nonces");

        assertThat(server.requests()).contains("REFRESH 438");
    }

    @Test
    void a_wrong_password_is_told_after_two_requests() {
        client = client("wrong");
        start();

        assertThat(told).containsExactly(new TurnEffect.Failed(TurnFailure.WRONG_CREDENTIALS));
        assertThat(server.requests()).containsExactly("ALLOCATE 401", "ALLOCATE 401");
    }

    @ParameterizedTest
    @CsvSource({
        "300, REDIRECTED",
        "400, BAD_REQUEST",
        "403, FORBIDDEN",
        "437, ALLOCATION_MISMATCH",
        "440, ADDRESS_FAMILY_NOT_SUPPORTED",
        "441, WRONG_CREDENTIALS",
        "442, UNSUPPORTED_TRANSPORT",
        "486, ALLOCATION_QUOTA_REACHED",
        "500, SERVER_ERROR",
        "508, INSUFFICIENT_CAPACITY"
    })
    void each_refusal_has_a_name_and_is_not_asked_again(int code, TurnFailure failure) {
        server.refuseNext(code);
        start();
        time.advance(Duration.ofMinutes(1));

        assertThat(told).containsExactly(new TurnEffect.Failed(failure));
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN", "443, PEER_ADDRESS_FAMILY_MISMATCH", "508, INSUFFICIENT_CAPACITY"})
    void a_peer_that_the_server_does_not_relay_to_is_told_and_the_allocation_stays(int code, TurnFailure failure) {
        start();
        server.refuseNext(code);
        permit();

        assertThat(told)
                .endsWith(new TurnEffect.PermissionRefused(peer.localAddress().getAddress(), failure));
        assertThat(server.allocations()).isEqualTo(1);
    }

    @Test
    void a_server_that_forgot_the_allocation_ends_it() {
        start();
        server.refuseNext(437);
        time.advance(Duration.ofMinutes(10));

        assertThat(told).endsWith(new TurnEffect.Failed(TurnFailure.ALLOCATION_MISMATCH));
    }

    @Test
    void a_dead_server_is_given_up_after_39_5_seconds() {
        server.silent(true);
        start();
        time.advance(Duration.ofSeconds(39));
        assertThat(told).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertThat(told).containsExactly(new TurnEffect.Failed(TurnFailure.NO_ANSWER));
        assertThat(loop.pendingTimers()).isZero();
    }

    @Test
    void a_server_that_died_does_not_hold_up_the_end() {
        start();
        server.silent(true);
        does(client.close(loop.nanoTime()));
        time.advance(Duration.ofSeconds(4));

        assertThat(told).endsWith(new TurnEffect.Released());
        server.silent(false);
    }

    private static StunMessage requestIn(List<TurnEffect> effects) {
        TurnEffect.Send send = (TurnEffect.Send) effects.get(0);
        return ((StunParseResult.Parsed) StunParser.parse(ByteBuffer.wrap(send.packet()))).message();
    }

    @Test
    void a_response_that_the_server_did_not_write_counts_for_nothing() {
        StunMessage first = requestIn(client.start(0));
        byte[] challenge = new StunWriter(StunClass.ERROR, StunMethod.ALLOCATE, first.id())
                .error(401)
                .text(StunAttribute.REALM, "turn.test")
                .text(StunAttribute.NONCE, "nonce")
                .toBytes();
        StunMessage signed = requestIn(client.received(ByteBuffer.wrap(challenge), 0));
        StunWriter forged = new StunWriter(StunClass.SUCCESS, StunMethod.ALLOCATE, signed.id())
                .xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, peer.localAddress())
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, peer.localAddress())
                .uint32(StunAttribute.LIFETIME, 600);

        assertThat(client.received(ByteBuffer.wrap(forged.toBytes()), 0)).isEmpty();
        assertThat(client.received(
                        ByteBuffer.wrap(forged.integrity(IntegrityKey.shortTerm("guessed"))
                                .toBytes()),
                        0))
                .isEmpty();
        assertThat(client.unauthentic()).isEqualTo(2);
    }

    @Test
    void a_stream_is_cut_into_messages_wherever_it_breaks() {
        byte[] channel = new ChannelData(0x4001, new byte[] {1, 2, 3, 4, 5}).encode(true);
        byte[] message = HexFormat.of().parseHex("000100002112a44200000000000000000000002a");
        byte[] stream = new byte[channel.length * 2 + message.length];
        System.arraycopy(channel, 0, stream, 0, channel.length);
        System.arraycopy(message, 0, stream, channel.length, message.length);
        System.arraycopy(channel, 0, stream, channel.length + message.length, channel.length);

        for (int size = 1; size <= stream.length; size++) {
            TurnStreamFramer framer = new TurnStreamFramer();
            List<byte[]> found = new ArrayList<>();
            for (int at = 0; at < stream.length; at += size) {
                framer.feed(ByteBuffer.wrap(stream, at, Math.min(size, stream.length - at)))
                        .forEach(whole -> found.add(Arrays.copyOf(whole.array(), whole.limit())));
            }
            assertThat(found).as("pieces of " + size).containsExactly(channel, message, channel);
        }
    }

    @Test
    void a_stream_of_something_else_is_broken() {
        TurnStreamFramer framer = new TurnStreamFramer();
        assertThat(framer.feed(ByteBuffer.wrap("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
        TurnStreamFramer other = new TurnStreamFramer();
        other.feed(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0, 4}));

        assertThat(other.isBroken()).isTrue();
        assertThat(framer.isBroken()).isTrue();
    }

    private long refreshes() {
        return server.requests().stream()
                .filter(request -> request.startsWith("REFRESH"))
                .count();
    }

    @Test
    void a_refresh_that_is_answered_with_no_lifetime_has_ended_the_allocation() {
        start();
        server.grantByRefresh(0);
        time.advance(Duration.ofMinutes(9));
        time.advance(Duration.ofSeconds(6));

        assertThat(refreshes()).isOne();
        assertThat(told).endsWith(new TurnEffect.Failed(TurnFailure.ALLOCATION_MISMATCH));
    }

    @Test
    void a_lifetime_of_one_second_is_not_renewed_more_often_than_every_five() {
        start();
        server.grantByRefresh(1);
        time.advance(Duration.ofMinutes(10));

        assertThat(refreshes()).isBetween(10L, 14L);
    }
}
