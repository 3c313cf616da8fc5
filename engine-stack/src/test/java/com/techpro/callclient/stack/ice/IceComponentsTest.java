// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where RTCP has a port of its own: what holds for sound holds for reports. */
class IceComponentsTest {
    private static final InetSocketAddress RTP = IceAgentTest.at("192.0.2.1", 4000);
    private static final InetSocketAddress RTCP = IceAgentTest.at("192.0.2.1", 4001);
    private static final InetSocketAddress PEER_RTP = IceAgentTest.at("192.0.2.2", 5000);
    private static final InetSocketAddress PEER_RTCP = IceAgentTest.at("192.0.2.2", 5001);
    private static final IceCredentials PEER = new IceCredentials("peer", "the password of the other side");
    private static final IntegrityKey PEER_KEY = IntegrityKey.shortTerm(PEER.password());

    private final IceAgent agent = new IceAgent(true, 2, Seeds.random(2));
    private final List<IceEffect> told = new ArrayList<>();
    private long now = Duration.ofSeconds(1).toNanos();
    /** Where the other side answers nothing. */
    private InetSocketAddress silent = IceAgentTest.at("192.0.2.9", 9);
    /** What left from one of our addresses is answered at the other. */
    private boolean crossed;

    private void begin() {
        does(agent.addLocal(IceCandidate.host(1, RTP, 65_535), now));
        does(agent.addLocal(IceCandidate.host(2, RTCP, 65_535), now));
        does(agent.localsComplete(now));
        does(agent.remote(PEER, false, IceAttributes.DEFAULT_PACING, now));
        does(agent.addRemote(IceCandidate.host(1, PEER_RTP, 65_535), now));
        does(agent.addRemote(IceCandidate.host(2, PEER_RTCP, 65_535), now));
        does(agent.remotesComplete(now));
    }

    /** The other side answers each check at once, from where it went to. */
    private void does(List<IceEffect> effects) {
        for (IceEffect effect : effects) {
            if (effect instanceof IceEffect.Send send) {
                StunMessage check = parsed(send.packet());
                if (check.kind() == StunClass.REQUEST && !send.to().equals(silent)) {
                    byte[] answer = CheckMessages.success(check, send.base(), PEER_KEY);
                    does(agent.received(answeredAt(send.base()), send.to(), parsed(answer), now));
                }
            } else {
                told.add(effect);
            }
        }
    }

    private InetSocketAddress answeredAt(InetSocketAddress base) {
        return crossed ? (base.equals(RTP) ? RTCP : RTP) : base;
    }

    private static StunMessage parsed(byte[] packet) {
        return ((StunParseResult.Parsed) StunParser.parse(ByteBuffer.wrap(packet))).message();
    }

    private void pass(Duration time) {
        long until = now + time.toNanos();
        int wakes = 0;
        for (Duration next = agent.untilWake(now); next != null; next = agent.untilWake(now)) {
            assertThat(wakes++).as("wakes").isLessThan(1_000);
            if (now + next.toNanos() - until > 0) {
                break;
            }
            now += next.toNanos();
            does(agent.wake(now));
        }
        now = until;
    }

    @Test
    void each_component_gets_a_pair() {
        begin();
        pass(Duration.ofSeconds(1));

        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
        assertThat(told).filteredOn(IceEffect.Selected.class::isInstance).hasSize(2);
    }

    /** RFC 7675 §5.1. */
    @Test
    void consent_that_is_lost_for_reports_alone_is_lost_for_them() {
        begin();
        pass(Duration.ofSeconds(1));
        silent = PEER_RTCP;
        pass(Duration.ofSeconds(40));

        assertThat(told)
                .filteredOn(IceEffect.ConsentLost.class::isInstance)
                .containsExactly(new IceEffect.ConsentLost(2));
        assertThat(agent.state()).isEqualTo(IceState.CONSENT_LOST);
    }

    @Test
    void consent_that_is_lost_for_sound_alone_is_lost_for_it() {
        begin();
        pass(Duration.ofSeconds(1));
        silent = PEER_RTP;
        pass(Duration.ofSeconds(40));

        assertThat(told)
                .filteredOn(IceEffect.ConsentLost.class::isInstance)
                .containsExactly(new IceEffect.ConsentLost(1));
    }

    /** RFC 8445 §7.2.5.2.1: also the address that an answer comes to has to be the one that the check left from. */
    @Test
    void an_answer_that_comes_to_another_address_of_ours_fails_the_pair() {
        crossed = true;
        begin();
        pass(Duration.ofSeconds(2));

        assertThat(agent.count(IceCounter.WRONG_SOURCE)).isPositive();
        assertThat(told).noneMatch(IceEffect.Selected.class::isInstance);
    }

    /** RFC 8445 §6.1.2.1: what is told of a component that both sides dropped makes no pairs. */
    @Test
    void once_reports_share_the_port_of_sound_candidates_of_their_own_are_not_kept() {
        begin();
        does(agent.oneComponent(now));
        int pairs = agent.pairs();
        does(agent.addRemote(IceCandidate.host(2, IceAgentTest.at("192.0.2.3", 6001), 1), now));
        does(agent.addLocal(IceCandidate.host(2, IceAgentTest.at("192.0.2.1", 4003), 1), now));
        does(agent.addRemote(IceCandidate.host(2, IceAgentTest.at("192.0.2.4", 6001), 1), now));

        assertThat(agent.pairs()).isEqualTo(pairs).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
    }
}
