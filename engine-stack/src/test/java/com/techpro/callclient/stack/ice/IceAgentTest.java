// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunError;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent does with each message, one at a time. */
class IceAgentTest {
    private static final InetSocketAddress HERE = at("192.0.2.1", 4000);
    private static final InetSocketAddress THERE = at("192.0.2.2", 5000);
    private static final InetSocketAddress ELSEWHERE = at("192.0.2.3", 6000);
    private static final IceCredentials PEER = new IceCredentials("peer", "the password of the other side");
    private static final IntegrityKey PEER_KEY = IntegrityKey.shortTerm(PEER.password());

    private final Random random = Seeds.random(7);
    private long now = Duration.ofSeconds(1).toNanos();
    private IceAgent agent = new IceAgent(true, 1, random);
    private final List<IceEffect> effects = new ArrayList<>();

    static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void does(List<IceEffect> what) {
        effects.addAll(what);
    }

    private void begin(boolean controlling, boolean lite) {
        agent = new IceAgent(controlling, 1, random);
        does(agent.addLocal(IceCandidate.host(1, HERE, 65_535), now));
        does(agent.localsComplete(now));
        does(agent.remote(PEER, lite, IceAttributes.DEFAULT_PACING, now));
        does(agent.addRemote(IceCandidate.host(1, THERE, 65_535), now));
        does(agent.remotesComplete(now));
    }

    private void pass(Duration time) {
        long until = now + time.toNanos();
        for (Duration next = agent.untilWake(now); next != null; next = agent.untilWake(now)) {
            if (now + next.toNanos() - until > 0) {
                break;
            }
            now += next.toNanos();
            does(agent.wake(now));
        }
        now = until;
    }

    private static StunMessage parsed(byte[] packet) {
        return ((StunParseResult.Parsed) StunParser.parse(ByteBuffer.wrap(packet))).message();
    }

    private List<IceEffect.Send> sent() {
        return effects.stream()
                .filter(IceEffect.Send.class::isInstance)
                .map(IceEffect.Send.class::cast)
                .toList();
    }

    /** The requests sent so far, and forgets all that was. */
    private List<StunMessage> requests() {
        List<StunMessage> found = sent().stream()
                .map(send -> parsed(send.packet()))
                .filter(message -> message.kind() == StunClass.REQUEST)
                .toList();
        effects.clear();
        return found;
    }

    private void answer(StunMessage request, InetSocketAddress base, InetSocketAddress from, IntegrityKey key) {
        does(agent.received(base, from, parsed(CheckMessages.success(request, HERE, key)), now));
    }

    private StunWriter request() {
        return new StunWriter(StunClass.REQUEST, StunMethod.BINDING, TransactionId.random(random))
                .text(StunAttribute.USERNAME, agent.credentials().ufrag() + ":" + PEER.ufrag())
                .uint32(StunAttribute.PRIORITY, 1000);
    }

    private IntegrityKey key() {
        return IntegrityKey.shortTerm(agent.credentials().password());
    }

    private StunMessage ask(InetSocketAddress from, StunWriter request, IntegrityKey key) {
        effects.clear();
        does(agent.received(HERE, from, parsed(request.integrity(key).fingerprint()), now));
        return sent().isEmpty() ? null : parsed(sent().get(0).packet());
    }

    private void connect() {
        answer(requests().get(0), HERE, THERE, PEER_KEY);
        pass(Duration.ofMillis(100));
        StunMessage nomination = requests().get(0);
        assertThat(nomination.has(StunAttribute.USE_CANDIDATE)).isTrue();
        answer(nomination, HERE, THERE, PEER_KEY);
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
        effects.clear();
    }

    @Test
    void RFC8445_7_2_5_1_tie_breakers_are_random_also_after_a_refusal() {
        RandomDraws.assertRandomOctets(() -> {
            IceRole role = new IceRole(true, random);
            long first = role.tieBreaker();
            role.renewTieBreaker();
            return ByteBuffer.allocate(16)
                    .putLong(first)
                    .putLong(role.tieBreaker())
                    .array();
        });
    }

    @Test
    void the_controlling_side_checks_and_then_chooses() {
        begin(true, false);
        StunMessage check = parsed(sent().get(0).packet());
        assertThat(check.text(StunAttribute.USERNAME))
                .isEqualTo("peer:" + agent.credentials().ufrag());
        assertThat(check.has(StunAttribute.ICE_CONTROLLING)).isTrue();
        assertThat(check.has(StunAttribute.USE_CANDIDATE))
                .as("regular nomination")
                .isFalse();
        assertThat(check.uint32(StunAttribute.PRIORITY))
                .isEqualTo(IceCandidate.priority(CandidateType.PEER_REFLEXIVE, 65_535, 1));
        assertThat(check.isAuthentic(PEER_KEY)).isTrue();

        connect();
    }

    /** RFC 8445 §14.2: the higher of both wishes is the Ta of both. */
    @ParameterizedTest
    @CsvSource({"0, 10", "5, 10", "20, 20", "50, 50", "1000, 1000"})
    void checks_follow_each_other_at_the_slower_of_both_paces(long theirs, long millis) {
        agent = new IceAgent(true, 1, random);
        does(agent.addLocal(IceCandidate.host(1, HERE, 65_535), now));
        does(agent.remote(PEER, false, Duration.ofMillis(theirs), now));
        does(agent.addRemote(IceCandidate.host(1, THERE, 65_535), now));
        does(agent.addRemote(IceCandidate.host(1, ELSEWHERE, 100), now));
        assertThat(requests()).hasSize(1);
        pass(Duration.ofMillis(millis - 1));
        int before = sent().stream()
                .mapToInt(send -> send.to().equals(ELSEWHERE) ? 1 : 0)
                .sum();
        pass(Duration.ofMillis(1));
        assertThat(before).isZero();
        assertThat(sent()).anyMatch(send -> send.to().equals(ELSEWHERE));
    }

    /** RFC 8445 §7.2.5.3.2: a handshake from there need not wait for the second answer. */
    @Test
    void a_valid_pair_stays_valid_while_a_check_chooses_it() {
        begin(true, false);
        assertThat(agent.isValid(1, THERE)).isFalse();
        answer(requests().get(0), HERE, THERE, PEER_KEY);
        pass(Duration.ofMillis(100));
        assertThat(requests().get(0).has(StunAttribute.USE_CANDIDATE)).isTrue();
        assertThat(agent.isValid(1, THERE)).isTrue();
        pass(IceAgent.PATIENCE_FOR_PEER.plusSeconds(1));
        assertThat(agent.isValid(1, THERE)).as("once there is no consent").isFalse();
    }

    @Test
    void a_lite_peer_is_controlled_regardless_of_the_offerer() {
        begin(false, true);

        assertThat(agent.isControlling()).isTrue();
        connect();
    }

    @Test
    void a_response_that_the_other_side_did_not_write_counts_for_nothing() {
        begin(true, false);
        answer(requests().get(0), HERE, THERE, IntegrityKey.shortTerm("somebody else's password"));
        pass(Duration.ofMillis(100));

        assertThat(agent.count(IceCounter.WRONG_INTEGRITY)).isEqualTo(1);
        assertThat(agent.state()).isEqualTo(IceState.CHECKING);
        assertThat(effects).noneMatch(IceEffect.Selected.class::isInstance);
    }

    @Test
    void a_response_from_another_address_than_asked_fails_the_pair() {
        begin(true, false);
        answer(requests().get(0), HERE, ELSEWHERE, PEER_KEY);
        pass(Duration.ofMillis(300));

        assertThat(agent.count(IceCounter.WRONG_SOURCE)).isEqualTo(1);
        assertThat(effects).noneMatch(IceEffect.Selected.class::isInstance);
    }

    @Test
    void a_request_is_answered_only_where_it_is_vouched_for() {
        begin(true, false);
        StunMessage answer = ask(THERE, request(), key());
        assertThat(answer.kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS)).isEqualTo(THERE);
        assertThat(answer.isAuthentic(key())).isTrue();

        StunMessage refusal = ask(ELSEWHERE, request(), PEER_KEY);
        assertThat(refusal.error()).isEqualTo(new StunError(StunError.UNAUTHENTICATED));
        assertThat(agent.count(IceCounter.WRONG_INTEGRITY)).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThat(sent())
                .as("checks go to no address that only a stranger named")
                .allMatch(
                        send -> send.to().equals(THERE) || parsed(send.packet()).kind() == StunClass.ERROR);
    }

    @Test
    void a_vouched_for_request_from_an_unknown_address_is_a_peer_reflexive_candidate() {
        begin(false, false);
        ask(ELSEWHERE, request().uint64(StunAttribute.ICE_CONTROLLING, 1), key());
        pass(Duration.ofMillis(200));

        assertThat(sent())
                .anyMatch(send ->
                        send.to().equals(ELSEWHERE) && parsed(send.packet()).kind() == StunClass.REQUEST);
    }

    @Test
    void a_flood_with_a_wrong_password_is_counted_and_hardly_answered() {
        begin(true, false);
        int answers = 0;
        for (int i = 0; i < 10_000; i++) {
            answers += ask(at("192.0.2.77", 1 + i), request(), PEER_KEY) == null ? 0 : 1;
        }

        assertThat(answers).isEqualTo(10);
        assertThat(agent.count(IceCounter.WRONG_INTEGRITY)).isEqualTo(10_000);
        assertThat(agent.pairs()).isEqualTo(1);
    }

    @Test
    void even_the_other_side_cannot_make_the_agent_keep_or_try_without_end() {
        begin(false, false);
        for (int i = 0; i < 1000; i++) {
            ask(at("192.0.2.77", 1 + i), request(), key());
            does(agent.addRemote(IceCandidate.host(1, at("192.0.2.78", 1 + i), 1), now));
        }

        assertThat(agent.pairs()).isLessThanOrEqualTo(CheckList.MAX_REMOTE);
        assertThat(agent.count(IceCounter.TOO_MANY_CANDIDATES)).isGreaterThan(1900);
        pass(Duration.ofMinutes(3));
        assertThat(agent.pendingChecks()).isZero();
        assertThat(agent.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void requests_that_come_before_the_description_are_answered_and_checked_after_it() {
        agent = new IceAgent(false, 1, random);
        does(agent.addLocal(IceCandidate.host(1, HERE, 65_535), now));
        StunMessage answer = ask(ELSEWHERE, request().uint64(StunAttribute.ICE_CONTROLLING, 1), key());
        assertThat(answer.kind()).isEqualTo(StunClass.SUCCESS);
        for (int i = 0; i < 100; i++) {
            ask(at("192.0.2.77", 1 + i), request(), key());
        }
        assertThat(agent.count(IceCounter.TOO_MANY_EARLY_CHECKS)).isEqualTo(85);

        effects.clear();
        does(agent.remote(PEER, false, IceAttributes.DEFAULT_PACING, now));
        pass(Duration.ofMillis(10));
        assertThat(sent().get(0).to()).isEqualTo(ELSEWHERE);
    }

    @Test
    void of_an_aggressive_peers_choices_the_best_is_taken() {
        begin(false, false);
        does(agent.addRemote(IceCandidate.host(1, ELSEWHERE, 100), now));
        pass(Duration.ofMillis(200));
        List<IceEffect.Send> checks = sent();
        effects.clear();
        StunWriter aggressive =
                request().uint64(StunAttribute.ICE_CONTROLLING, 1).flag(StunAttribute.USE_CANDIDATE);
        does(agent.received(HERE, ELSEWHERE, parsed(aggressive.integrity(key()).fingerprint()), now));
        answerAll(checks, ELSEWHERE);
        pass(Duration.ofMillis(100));
        answerAll(List.copyOf(sent()), ELSEWHERE);
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);

        effects.clear();
        StunWriter better = request().uint64(StunAttribute.ICE_CONTROLLING, 1).flag(StunAttribute.USE_CANDIDATE);
        does(agent.received(HERE, THERE, parsed(better.integrity(key()).fingerprint()), now));
        pass(Duration.ofMillis(100));
        answerAll(List.copyOf(sent()), THERE);
        assertThat(effects)
                .anyMatch(effect -> effect instanceof IceEffect.Selected selected
                        && selected.remote().address().equals(THERE));
    }

    /** RFC 5245 §8.1.1.2: it may name each pair that it tries. */
    @Test
    void an_aggressive_peers_worse_choice_does_not_take_over() {
        begin(false, false);
        does(agent.addRemote(IceCandidate.host(1, ELSEWHERE, 100), now));
        pass(Duration.ofMillis(200));
        List<IceEffect.Send> checks = sent();
        answerAll(checks, THERE);
        answerAll(checks, ELSEWHERE);
        choose(THERE);
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);

        choose(ELSEWHERE);

        assertThat(effects).noneMatch(IceEffect.Selected.class::isInstance);
        pass(Duration.ofSeconds(20));
        assertThat(sent())
                .as("consent")
                .filteredOn(send -> parsed(send.packet()).kind() == StunClass.REQUEST)
                .isNotEmpty()
                .allMatch(send -> send.to().equals(THERE));
    }

    private void choose(InetSocketAddress from) {
        StunWriter chosen = request().uint64(StunAttribute.ICE_CONTROLLING, 1).flag(StunAttribute.USE_CANDIDATE);
        effects.clear();
        does(agent.received(HERE, from, parsed(chosen.integrity(key()).fingerprint()), now));
    }

    private void answerAll(List<IceEffect.Send> packets, InetSocketAddress of) {
        for (IceEffect.Send send : packets) {
            StunMessage message = parsed(send.packet());
            if (send.to().equals(of) && message.kind() == StunClass.REQUEST) {
                answer(message, HERE, of, PEER_KEY);
            }
        }
    }

    @Test
    void of_two_that_control_the_smaller_tie_breaker_gives_way() {
        begin(true, false);
        StunMessage refusal = ask(THERE, request().uint64(StunAttribute.ICE_CONTROLLING, 0), key());
        assertThat(refusal.error()).isEqualTo(new StunError(StunError.ROLE_CONFLICT));
        assertThat(refusal.isAuthentic(key())).isTrue();
        assertThat(agent.isControlling()).isTrue();

        StunMessage answer = ask(THERE, request().uint64(StunAttribute.ICE_CONTROLLING, -1), key());
        assertThat(answer.kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(agent.isControlling()).isFalse();
    }

    @Test
    void a_role_conflict_told_changes_role_and_tie_breaker_and_asks_again() {
        begin(true, false);
        StunMessage check = requests().get(0);
        does(agent.received(HERE, THERE, parsed(CheckMessages.roleConflict(check, PEER_KEY)), now));
        pass(Duration.ofMillis(100));

        StunMessage again = requests().get(0);
        assertThat(again.has(StunAttribute.ICE_CONTROLLED)).isTrue();
        assertThat(again.uint64(StunAttribute.ICE_CONTROLLED))
                .isNotEqualTo(check.uint64(StunAttribute.ICE_CONTROLLING));
    }

    @Test
    void two_checks_that_are_told_of_one_role_conflict_change_the_role_once() {
        begin(true, false);
        does(agent.addRemote(IceCandidate.host(1, ELSEWHERE, 100), now));
        pass(Duration.ofMillis(100));
        List<IceEffect.Send> checks = sent();
        assertThat(checks).extracting(IceEffect.Send::to).contains(THERE, ELSEWHERE);
        for (InetSocketAddress to : List.of(THERE, ELSEWHERE)) {
            IceEffect.Send check = checks.stream()
                    .filter(send -> send.to().equals(to))
                    .findFirst()
                    .orElseThrow();
            does(agent.received(HERE, to, parsed(CheckMessages.roleConflict(parsed(check.packet()), PEER_KEY)), now));
        }

        assertThat(agent.isControlling()).isFalse();
        effects.clear();
        pass(Duration.ofMillis(200));
        assertThat(requests()).isNotEmpty().allMatch(check -> check.has(StunAttribute.ICE_CONTROLLED));
    }

    @Test
    void an_attribute_that_must_be_understood_and_is_not_is_named() {
        begin(true, false);
        StunMessage refusal = ask(THERE, request().flag(0x7ABC), key());

        assertThat(refusal.error()).isEqualTo(new StunError(StunError.UNKNOWN_ATTRIBUTE));
        assertThat(refusal.bytes(StunAttribute.UNKNOWN_ATTRIBUTES)).containsExactly(0x7A, 0xBC);
    }

    /** Asked once or twice in six seconds, and given each time. */
    private void consentForAMinute() {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(6));
            List<StunMessage> questions = requests();
            assertThat(questions).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            answer(questions.get(questions.size() - 1), HERE, THERE, PEER_KEY);
            effects.clear();
        }
    }

    @Test
    void consent_is_asked_for_every_four_to_six_seconds_and_ends_after_thirty() {
        begin(true, false);
        connect();
        consentForAMinute();
        pass(Duration.ofSeconds(29));
        assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
        pass(Duration.ofSeconds(1));
        assertThat(agent.state()).isEqualTo(IceState.CONSENT_LOST);
        effects.clear();
        pass(Duration.ofMinutes(5));
        assertThat(sent()).isEmpty();
    }

    /** Media uses the best pair that there is until one is chosen (RFC 8445 §12.1), which may be never. */
    @Test
    void RFC7675_a_pair_that_is_in_use_and_never_chosen_needs_consent_as_well() {
        begin(false, false);
        answer(requests().get(0), HERE, THERE, PEER_KEY);
        assertThat(effects).hasAtLeastOneElementOfType(IceEffect.Selected.class);
        effects.clear();
        consentForAMinute();
        pass(Duration.ofSeconds(29));
        assertThat(agent.state()).isEqualTo(IceState.CHECKING);
        assertThat(effects).doesNotHaveAnyElementsOfTypes(IceEffect.ConsentLost.class);
        pass(Duration.ofSeconds(1));
        assertThat(agent.state()).isEqualTo(IceState.CONSENT_LOST);
        assertThat(effects).contains(new IceEffect.ConsentLost(1));

        choose(THERE);
        assertThat(agent.state()).as("with the same credentials").isEqualTo(IceState.CONSENT_LOST);
        effects.clear();
        pass(Duration.ofMinutes(5));
        assertThat(requests()).isEmpty();
    }

    @Test
    void RFC7675_a_pair_that_stays_in_use_through_a_restart_needs_consent_as_well() {
        begin(false, false);
        answer(requests().get(0), HERE, THERE, PEER_KEY);
        does(agent.restart());
        effects.clear();
        pass(Duration.ofSeconds(29));
        assertThat(requests()).isNotEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(effects).contains(new IceEffect.ConsentLost(1));
        assertThat(agent.state()).as("the other side may describe itself yet").isEqualTo(IceState.NEW);
    }

    @Test
    void an_agent_with_nothing_left_to_try_waits_for_the_peer_and_then_fails() {
        begin(true, false);
        pass(Duration.ofSeconds(39));
        assertThat(agent.state()).isEqualTo(IceState.CHECKING);
        pass(Duration.ofSeconds(1));
        assertThat(agent.state()).isEqualTo(IceState.FAILED);
        assertThat(agent.untilWake(now)).isNull();
    }

    @Test
    void checks_are_fifty_milliseconds_apart() {
        begin(true, false);
        for (int i = 0; i < 20; i++) {
            does(agent.addRemote(IceCandidate.host(1, at("192.0.2." + (10 + i), 100), i), now));
        }
        effects.clear();
        pass(Duration.ofMillis(499));

        assertThat(sent().size()).isEqualTo(9);
    }
}
