// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.FINGERPRINT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.SDES_KEY;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.description;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A phone system that takes keys in one way and says 488 to any other, without a word of why, as endpoints that are set to DTLS do to SDES and to an offer of both.
 */
class OtherKeysTest {
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @AfterEach
    void close() {
        scene.close();
    }

    private void registered(KeyingPolicy policy) {
        scene = ScriptedPhoneSystem.encrypting(488, policy).registered();
        pbx = scene.pbx;
    }

    private static boolean offersSdes(ScriptedMessage invite) {
        return invite.body().contains("a=crypto:");
    }

    private static boolean offersDtls(ScriptedMessage invite) {
        return invite.body().contains("a=fingerprint:");
    }

    private static boolean isDtlsAlone(ScriptedMessage invite) {
        return invite.body().contains(" UDP/TLS/RTP/SAVP ") && offersDtls(invite) && !offersSdes(invite);
    }

    private static boolean isSdesAlone(ScriptedMessage invite) {
        return invite.body().contains(" RTP/SAVP ") && offersSdes(invite) && !offersDtls(invite);
    }

    /** Answers what it takes, and says 488 to everything else. */
    private void takes(Predicate<ScriptedMessage> taken) {
        pbx.on("INVITE", invite -> {
            if (!taken.test(invite)) {
                pbx.respond(invite, "488 Not Acceptable Here");
            } else if (offersDtls(invite)) {
                pbx.respond(invite, "200 OK", description(1, "UDP/TLS/RTP/SAVP 0", FINGERPRINT, "a=setup:passive"));
            } else {
                String crypto = line(invite, "AES_CM_128_HMAC_SHA1_80");
                String tag = crypto.substring("a=crypto:".length()).split(" ")[0];
                pbx.respond(
                        invite,
                        "200 OK",
                        description(1, "RTP/SAVP 0", "a=crypto:" + tag + " AES_CM_128_HMAC_SHA1_80 " + SDES_KEY));
            }
        });
    }

    private static String line(ScriptedMessage invite, String part) {
        return invite.body()
                .lines()
                .filter(one -> one.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private Call established() {
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED
                || call.snapshot().state() == CallState.ENDED);
        assertThat(call.snapshot().ending()).isNull();
        return call;
    }

    private Call refused() {
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        return call;
    }

    @ParameterizedTest
    @CsvSource({"PREFER_SDES, DTLS", "OFFER_BOTH, DTLS", "PREFER_DTLS, SDES"})
    void after_a_488_the_other_keys_are_offered_in_the_same_call(KeyingPolicy policy, MediaKeying keys) {
        registered(policy);
        takes(keys == MediaKeying.DTLS ? OtherKeysTest::isDtlsAlone : OtherKeysTest::isSdesAlone);

        Call call = established();

        assertThat(call.snapshot().keying()).isEqualTo(keys);
        List<ScriptedMessage> invites = pbx.received("INVITE");
        assertThat(invites).hasSize(2);
        assertThat(invites).extracting(invite -> invite.header("CSeq")).containsExactly("1 INVITE", "2 INVITE");
        assertThat(values(invites, "Call-ID")).hasSize(1);
        assertThat(values(invites, "From")).hasSize(1);
        assertThat(invites)
                .as("RFC 3264 §8: another description has another number")
                .extracting(invite -> line(invite, "o=").split(" ")[2])
                .containsExactly("1", "2");
        assertThat(scene.client.calls()).containsExactly(call);
    }

    private static Set<String> values(List<ScriptedMessage> messages, String header) {
        return messages.stream().map(message -> message.header(header)).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({"SDES_ONLY", "DTLS_ONLY"})
    void S4_keying_forbidden_by_the_policy_is_not_offered_after_a_488(KeyingPolicy policy) {
        registered(policy);
        takes(policy == KeyingPolicy.SDES_ONLY ? OtherKeysTest::isDtlsAlone : OtherKeysTest::isSdesAlone);

        Call call = refused();

        assertThat(pbx.received("INVITE")).hasSize(1);
        assertThat(call.snapshot().ending().code()).isEqualTo("media-refused");
    }

    @ParameterizedTest
    @CsvSource({"PREFER_SDES", "PREFER_DTLS", "OFFER_BOTH"})
    void S4_the_other_keys_are_offered_once_and_sound_in_clear_never(KeyingPolicy policy) {
        registered(policy);
        takes(invite -> false);

        Call call = refused();

        assertThat(pbx.received("INVITE"))
                .hasSize(2)
                .allSatisfy(invite ->
                        assertThat(offersSdes(invite) || offersDtls(invite)).isTrue())
                .noneSatisfy(invite -> assertThat(invite.body()).contains(" RTP/AVP "));
        assertThat(call.snapshot().ending().code()).isEqualTo("media-refused");
    }

    @Test
    void the_next_call_of_the_account_offers_the_accepted_keying_first() {
        registered(KeyingPolicy.PREFER_SDES);
        takes(OtherKeysTest::isDtlsAlone);
        established().hangUp();
        pbx.forget();

        Call call = established();

        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
        assertThat(pbx.received("INVITE")).hasSize(1);
    }

    @Test
    void a_learnt_keying_is_forgotten_when_it_is_refused() {
        registered(KeyingPolicy.PREFER_SDES);
        takes(OtherKeysTest::isDtlsAlone);
        established().hangUp();
        takes(OtherKeysTest::isSdesAlone);
        established().hangUp();
        pbx.forget();

        Call call = established();

        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.SDES);
        assertThat(pbx.received("INVITE")).hasSize(1);
    }

    @Test
    void nothing_is_learnt_from_a_call_that_no_keys_would_have_helped() {
        registered(KeyingPolicy.PREFER_SDES);
        takes(invite -> false);
        refused();
        takes(OtherKeysTest::isSdesAlone);
        pbx.forget();

        established();

        assertThat(pbx.received("INVITE")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Warning: 305 pbx.example \"Incompatible media format\" | no-common-codec",
                "Warning: 399 pbx.example \"No codec in common\" | no-common-codec",
                "Warning: 399 pbx.example \"ICE is required\" | ice-refused"
            })
    void nothing_else_is_offered_where_the_refusal_is_about_something_else(String warning, String code) {
        registered(KeyingPolicy.PREFER_SDES);
        pbx.on("INVITE", invite -> pbx.respond(invite, "488 Not Acceptable Here", warning));

        Call call = refused();

        assertThat(pbx.received("INVITE")).hasSize(1);
        assertThat(call.snapshot().ending().code()).isEqualTo(code);
    }

    @Test
    void a_description_in_the_488_says_which_keys_to_offer() {
        registered(KeyingPolicy.OFFER_BOTH);
        pbx.on("INVITE", invite -> {
            if (isSdesAlone(invite)) {
                pbx.respond(invite, "486 Busy Here");
            } else {
                pbx.respond(
                        invite,
                        "488 Not Acceptable Here",
                        description(1, "RTP/SAVP 0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + SDES_KEY));
            }
        });

        Call call = refused();

        assertThat(pbx.received("INVITE")).hasSize(2);
        assertThat(call.snapshot().ending().code()).isEqualTo("busy");
    }

    @Test
    void a_call_that_was_given_up_is_not_offered_again() {
        registered(KeyingPolicy.PREFER_SDES);
        pbx.on("INVITE", invite -> pbx.respond(invite, "180 Ringing"));
        pbx.on("CANCEL", cancel -> {
            pbx.respond(cancel, "200 OK");
            pbx.respond(pbx.last("INVITE"), "488 Not Acceptable Here");
        });
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        call.hangUp();
        scene.until(() -> !pbx.received("ACK").isEmpty());

        assertThat(pbx.received("INVITE")).hasSize(1);
    }
}
