// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.IntegrityKey.PasswordAlgorithm;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongTermAuthenticationTest {
    private static final TransactionId ID = new TransactionId(3, 4);
    private static final String ALL_FEATURES = "obMatJos2wAAAnonce";
    private static final byte[] BOTH_ALGORITHMS = {0, 1, 0, 0, 0, 2, 0, 0};

    private final LongTermAuthentication login = new LongTermAuthentication("alice", Secret.of("secret"));

    private static StunMessage challenge(int code, String nonce, byte... algorithms) {
        StunWriter writer = new StunWriter(StunClass.ERROR, StunMethod.ALLOCATE, ID)
                .error(code)
                .text(StunAttribute.REALM, "pbx.test")
                .text(StunAttribute.NONCE, nonce);
        return StunVectorsTest.parsed(
                (algorithms.length == 0 ? writer : writer.bytes(StunAttribute.PASSWORD_ALGORITHMS, algorithms))
                        .toBytes());
    }

    private StunMessage signed() {
        return StunVectorsTest.parsed(login.sign(new StunWriter(StunClass.REQUEST, StunMethod.ALLOCATE, ID))
                .toBytes());
    }

    private static IntegrityKey key(PasswordAlgorithm algorithm) {
        return IntegrityKey.longTerm("alice", "pbx.test", Secret.of("secret"), algorithm);
    }

    @Test
    void nothing_is_told_before_the_server_asks() {
        assertThat(signed().has(StunAttribute.USERNAME)).isFalse();
    }

    @Test
    void a_challenge_is_answered_with_name_and_integrity() {
        assertThat(login.challenged(challenge(401, "n1"), 0)).isEqualTo(Answer.RETRY);

        StunMessage request = signed();
        assertThat(request.text(StunAttribute.USERNAME)).isEqualTo("alice");
        assertThat(request.text(StunAttribute.NONCE)).isEqualTo("n1");
        assertThat(request.isAuthentic(key(PasswordAlgorithm.MD5))).isTrue();
    }

    @Test
    void a_second_401_means_that_the_password_is_wrong() {
        login.challenged(challenge(401, "n1"), 0);

        assertThat(login.challenged(challenge(401, "n2"), 0)).isEqualTo(Answer.REFUSED);
    }

    @Test
    void a_stale_nonce_is_replaced_but_not_for_ever() {
        login.challenged(challenge(401, "n1"), 0);
        for (int before = 0; before < 4; before++) {
            assertThat(login.challenged(challenge(438, "n" + before), before)).isEqualTo(Answer.RETRY);
        }

        assertThat(signed().text(StunAttribute.NONCE)).isEqualTo("n3");
        assertThat(login.challenged(challenge(438, "n4"), 4)).isEqualTo(Answer.UNUSABLE);
    }

    @Test
    void a_server_that_knows_SHA_256_gets_it_and_a_hashed_name() {
        assertThat(login.challenged(challenge(401, ALL_FEATURES, BOTH_ALGORITHMS), 0))
                .isEqualTo(Answer.RETRY);

        StunMessage request = signed();
        assertThat(request.has(StunAttribute.USERNAME)).isFalse();
        assertThat(request.bytes(StunAttribute.USERHASH)).isEqualTo(IntegrityKey.userHash("alice", "pbx.test"));
        assertThat(request.bytes(StunAttribute.PASSWORD_ALGORITHMS)).isEqualTo(BOTH_ALGORITHMS);
        assertThat(request.uint32(StunAttribute.PASSWORD_ALGORITHM)).isEqualTo(0x20000L);
        assertThat(request.has(StunAttribute.MESSAGE_INTEGRITY)).isFalse();
        assertThat(request.isAuthentic(key(PasswordAlgorithm.SHA_256))).isTrue();
    }

    @Test
    void a_list_of_algorithms_that_was_taken_out_is_noticed() {
        assertThat(login.challenged(challenge(401, ALL_FEATURES), 0)).isEqualTo(Answer.UNUSABLE);
    }

    @Test
    void a_challenge_without_nonce_cannot_be_answered() {
        assertThat(login.challenged(
                        StunVectorsTest.parsed(new StunWriter(StunClass.ERROR, StunMethod.ALLOCATE, ID)
                                .error(401)
                                .toBytes()),
                        0))
                .isEqualTo(Answer.UNUSABLE);
    }

    @Test
    void name_and_password_are_not_printed() {
        assertThat(login.toString() + key(PasswordAlgorithm.MD5)).doesNotContain("alice", "secret");
    }

    @Test
    void a_request_over_UDP_is_sent_seven_times_and_given_up_after_39_5_seconds() {
        List<Long> sent = new ArrayList<>(List.of(0L));
        long at = 0;
        Retransmission request = Retransmission.overUdp(Retransmission.DEFAULT_RTO);
        while (request.sendsAgain()) {
            at += request.pause().toMillis();
            sent.add(at);
            request = request.next();
        }

        assertThat(sent).containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15500L, 31500L);
        assertThat(at + request.pause().toMillis()).isEqualTo(39_500);
    }

    @Test
    void a_request_over_a_stream_is_sent_once() {
        assertThat(Retransmission.overStream().sendsAgain()).isFalse();
        assertThat(Retransmission.overStream().pause()).isEqualTo(Duration.ofMillis(39_500));
    }
}
