// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNat;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 5626 §4.4.2, behind a NAT. */
class StunKeepAliveTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 5060);
    private static final Duration GIVEN_UP = Duration.ofMillis(39_500);

    private final VirtualTime time = VirtualTime.seeded(5626);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 5626);
    private final SimulatedNat nat = network.nat("198.51.100.1");
    private final Peer phone = new Peer(time, network.hostBehind(nat, "10.0.0.1"), "phone");
    private final SimulatedHost host = network.host("192.0.2.1");
    private DatagramLink server;
    private Flow flow;
    private InetSocketAddress mapped;
    private int requests;
    private int lineBreaks;
    /** How many requests get lost. */
    private int lost;

    private boolean refuses;

    @BeforeEach
    void open() throws IOException {
        server = host.openDatagram(SERVER, this::asked);
        flow = phone.connect(SipTransport.UDP, SERVER).flow;
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.close();
        time.advance(Duration.ofSeconds(1));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    private void asked(ByteBuffer packet, InetSocketAddress from) {
        if (!(StunParser.parse(packet.duplicate()) instanceof StunParseResult.Parsed parsed)) {
            lineBreaks++;
            return;
        }
        requests++;
        mapped = from;
        if (lost > 0) {
            lost--;
        } else if (refuses) {
            answer(
                    new StunWriter(
                                    StunClass.ERROR,
                                    StunMethod.BINDING,
                                    parsed.message().id())
                            .error(400),
                    from);
        } else {
            answer(seen(parsed.message().id(), from), from);
        }
    }

    private static StunWriter seen(TransactionId id, InetSocketAddress from) {
        return new StunWriter(StunClass.SUCCESS, StunMethod.BINDING, id)
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from);
    }

    private void answer(StunWriter response, InetSocketAddress to) {
        server.send(ByteBuffer.wrap(response.fingerprint()), to);
    }

    private void keepAlive() {
        phone.run(() -> phone.layer.keepAlive(flow, true));
        time.advance(Duration.ofSeconds(1));
    }

    private void assertFailed() {
        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, new Failure.Unreachable()));
        assertThat(flow.isOpen()).isFalse();
    }

    @Test
    void a_flow_that_the_NAT_has_forgotten_has_failed() {
        keepAlive();
        keepAlive();
        assertThat(phone.closings).isEmpty();
        nat.rebind();
        keepAlive();
        assertFailed();
        assertThat(requests).isEqualTo(3);
        assertThat(lineBreaks).isZero();
    }

    @Test
    void a_request_that_is_lost_is_sent_again() {
        keepAlive();
        lost = 3;
        keepAlive();
        time.advance(GIVEN_UP);
        assertThat(requests).isEqualTo(1 + 4);
        assertThat(phone.closings).isEmpty();
    }

    @Test
    void a_server_that_no_longer_answers_is_gone() {
        keepAlive();
        lost = Integer.MAX_VALUE;
        keepAlive();
        keepAlive();
        time.advance(GIVEN_UP.minusSeconds(3));
        assertThat(phone.closings).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertFailed();
        assertThat(requests).isEqualTo(1 + 7);
    }

    /** Whatever its Flow-Timer promised. */
    @Test
    void a_server_that_never_answered_is_sent_line_breaks() {
        lost = Integer.MAX_VALUE;
        keepAlive();
        time.advance(GIVEN_UP);
        assertThat(requests).isEqualTo(7);
        keepAlive();
        keepAlive();
        assertThat(requests).isEqualTo(7);
        assertThat(lineBreaks).isEqualTo(2);
        assertThat(phone.closings).isEmpty();
    }

    @Test
    void a_refusal_is_an_answer() {
        refuses = true;
        keepAlive();
        time.advance(GIVEN_UP);
        keepAlive();
        assertThat(requests).isEqualTo(2);
        assertThat(phone.closings).isEmpty();
    }

    @Test
    void an_unsolicited_response_changes_nothing() {
        keepAlive();
        InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.9", 9);
        answer(seen(new TransactionId(1, 2), elsewhere), mapped);
        time.advance(Duration.ofSeconds(1));
        keepAlive();
        assertThat(phone.closings).isEmpty();
        assertThat(phone.arrivals).isEmpty();
    }

    @Test
    void a_response_to_another_request_does_not_answer_the_pending_one() {
        keepAlive();
        lost = Integer.MAX_VALUE;
        keepAlive();
        answer(seen(new TransactionId(1, 2), mapped), mapped);
        time.advance(GIVEN_UP);
        assertFailed();
        assertThat(requests).isEqualTo(1 + 7);
    }

    @Test
    void a_peer_without_STUN_gets_CRLF_keep_alives() {
        phone.run(() -> phone.layer.keepAlive(flow));
        time.advance(Duration.ofSeconds(1));
        assertThat(requests).isZero();
        assertThat(lineBreaks).isEqualTo(1);
    }
}
