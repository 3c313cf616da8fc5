// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.IntegrityKey.PasswordAlgorithm;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the client asks for what again, by what its server said, and what it takes from a peer. */
class TurnLifetimesTest {
    private static final InetSocketAddress RELAYED = new InetSocketAddress("203.0.113.1", 50_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("198.51.100.9", 5000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.66", 5000);
    private static final IntegrityKey KEY =
            IntegrityKey.longTerm("alice", "turn.test", Secret.of("secret"), PasswordAlgorithm.MD5);

    private final TurnClient client =
            new TurnClient(new LongTermAuthentication("alice", Secret.of("secret")), false, false, Seeds.random(8656));
    private final List<String> asked = new ArrayList<>();
    private final List<TurnEffect> told = new ArrayList<>();
    private long now = Duration.ofSeconds(1).toNanos();
    /** What the server grants; in seconds. */
    private long lifetime = 600;
    /** The request of an allocation that the server has not answered yet. */
    private List<TurnEffect> signed = List.of();

    @BeforeEach
    void challenged() {
        StunMessage first = request(client.start(now).get(0));
        StunWriter challenge = new StunWriter(StunClass.ERROR, StunMethod.ALLOCATE, first.id())
                .error(401)
                .text(StunAttribute.REALM, "turn.test")
                .text(StunAttribute.NONCE, "nonce");
        signed = client.received(ByteBuffer.wrap(challenge.toBytes()), now);
    }

    private void allocate() {
        does(signed);
    }

    private static StunMessage request(TurnEffect effect) {
        byte[] packet = ((TurnEffect.Send) effect).packet();
        return ((StunParseResult.Parsed) StunParser.parse(ByteBuffer.wrap(packet))).message();
    }

    /** The server grants whatever it is asked for, at once. */
    private void does(List<TurnEffect> effects) {
        for (TurnEffect effect : effects) {
            if (effect instanceof TurnEffect.Send) {
                StunMessage request = request(effect);
                asked.add(request.method() + " at " + Duration.ofNanos(now).toSeconds());
                StunWriter granted = new StunWriter(StunClass.SUCCESS, request.method(), request.id())
                        .uint32(StunAttribute.LIFETIME, lifetime);
                if (request.method() == StunMethod.ALLOCATE) {
                    granted.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, RELAYED)
                            .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, PEER);
                }
                does(client.received(ByteBuffer.wrap(granted.integrity(KEY).toBytes()), now));
            } else {
                told.add(effect);
            }
        }
    }

    private void pass(Duration time) {
        long until = now + time.toNanos();
        int wakes = 0;
        for (Duration next = client.untilWake(now); next != null; next = client.untilWake(now)) {
            assertThat(wakes++).as("wakes").isLessThan(1_000);
            if (now + next.toNanos() - until > 0) {
                break;
            }
            now += next.toNanos();
            does(client.wake(now));
        }
        now = until;
    }

    private List<String> asked(StunMethod method) {
        return asked.stream().filter(each -> each.startsWith(method + " ")).toList();
    }

    @ParameterizedTest
    @CsvSource({"600, 541", "3600, 3541", "130, 71", "60, 31"})
    void an_allocation_is_refreshed_before_its_granted_lifetime_expires(long granted, long at) {
        lifetime = granted;
        allocate();
        pass(Duration.ofSeconds(granted));

        assertThat(asked(StunMethod.REFRESH)).first().isEqualTo("REFRESH at " + at);
    }

    @Test
    void a_lifetime_that_a_refresh_made_shorter_counts_from_then_on() {
        allocate();
        lifetime = 60;
        pass(Duration.ofSeconds(541));

        assertThat(asked(StunMethod.REFRESH)).containsExactly("REFRESH at 541");
        pass(Duration.ofSeconds(61));
        assertThat(asked(StunMethod.REFRESH)).containsExactly("REFRESH at 541", "REFRESH at 571", "REFRESH at 601");
    }

    @Test
    void permissions_are_renewed_every_four_minutes_and_channels_every_nine() {
        allocate();
        does(client.permit(PEER, now));
        does(client.bindChannel(PEER, now));
        pass(Duration.ofMinutes(19));

        assertThat(asked(StunMethod.CREATE_PERMISSION))
                .containsExactly(
                        "CREATE_PERMISSION at 1",
                        "CREATE_PERMISSION at 241",
                        "CREATE_PERMISSION at 481",
                        "CREATE_PERMISSION at 721",
                        "CREATE_PERMISSION at 961");
        assertThat(asked(StunMethod.CHANNEL_BIND))
                .containsExactly("CHANNEL_BIND at 1", "CHANNEL_BIND at 541", "CHANNEL_BIND at 1081");
        assertThat(told).filteredOn(TurnEffect.ChannelBound.class::isInstance).hasSize(1);
    }

    private static ByteBuffer data(InetSocketAddress from) {
        return ByteBuffer.wrap(new StunWriter(StunClass.INDICATION, StunMethod.DATA, new TransactionId(1, 2))
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, from)
                .bytes(StunAttribute.DATA, new byte[] {(byte) 0x80, 1, 2, 3})
                .toBytes());
    }

    /** RFC 8656 §11.4. */
    @Test
    void data_from_a_peer_without_permission_is_dropped_and_counted() {
        allocate();
        does(client.permit(PEER, now));

        assertThat(client.received(data(STRANGER), now)).isEmpty();
        assertThat(client.notPermitted()).isEqualTo(1);
        assertThat(client.received(data(PEER), now)).singleElement().isInstanceOf(TurnEffect.Received.class);
    }

    @Test
    void data_on_an_unbound_channel_is_dropped() {
        allocate();
        does(client.permit(PEER, now));
        does(client.bindChannel(PEER, now));

        assertThat(client.received(channelData(ChannelData.FIRST + 1), now)).isEmpty();
        assertThat(client.received(channelData(ChannelData.FIRST), now))
                .singleElement()
                .satisfies(effect ->
                        assertThat(((TurnEffect.Received) effect).peer()).isEqualTo(PEER));
    }

    private static ByteBuffer channelData(int channel) {
        return ByteBuffer.wrap(new byte[] {(byte) (channel >> 8), (byte) channel, 0, 2, 1, 2});
    }
}
