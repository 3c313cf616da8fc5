// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.SDES_KEY;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told of a call that the other side refused: no more than the refusal says (RFC 3261 §20.43, §21.4.26). */
class RefusedMediaTest {
    private ScriptedPhoneSystem scene;

    @AfterEach
    void close() {
        scene.close();
    }

    private void registered() {
        scene = ScriptedPhoneSystem.encrypting(4881, KeyingPolicy.SDES_ONLY).registered();
    }

    private String code(String status, String... more) {
        scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, status, more));
        return codeOfCall();
    }

    private static String[] able(String media, String... attributes) {
        return ScriptedPhoneSystem.audio(0, 1, media, attributes);
    }

    private String codeOfCall() {
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        return call.snapshot().ending().code();
    }

    @ParameterizedTest
    @CsvSource({"488 Not Acceptable Here", "606 Not Acceptable", "415 Unsupported Media Type"})
    void a_refusal_without_a_reason_has_none(String status) {
        registered();

        assertThat(code(status)).isEqualTo("media-refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Warning: 305 pbx.example \"Incompatible media format\" | no-common-codec",
                "Warning: 302 pbx.example \"Incompatible transport protocol\" | encryption-refused",
                "Warning: 370 pbx.example \"Insufficient bandwidth\" | media-refused",
                "Warning: 399 pbx.example \"SRTP is not supported\" | encryption-refused",
                "Warning: 399 pbx.example \"DTLS-SRTP required\" | encryption-unsupported",
                "Warning: 399 pbx.example \"no ICE\" | ice-refused",
                "Warning: 399 pbx.example \"a device of this office\" | media-refused",
                "Warning: 399 pbx.example \"unclosed SRTP | media-refused",
                "Reason: Q.850;cause=88;text=\"INCOMPATIBLE_DESTINATION\" | media-refused",
                "Reason: SIP;cause=488;text=\"No common codec\" | no-common-codec"
            })
    void a_Warning_or_Reason_header_refines_the_media_refusal(String header, String code) {
        registered();

        assertThat(code("488 Not Acceptable Here", header)).isEqualTo(code);
    }

    @Test
    void an_SDP_in_the_rejection_identifies_the_reason() {
        registered();
        String crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + SDES_KEY;

        assertThat(code("488 Not Acceptable Here", able("RTP/AVP 0 8"))).isEqualTo("encryption-refused");
        assertThat(code("488 Not Acceptable Here", able("RTP/SAVP 0 8", "a=crypto:1 F8_128_HMAC_SHA1_80 " + SDES_KEY)))
                .isEqualTo("encryption-unsupported");
        assertThat(code("488 Not Acceptable Here", able("RTP/SAVP 18", crypto))).isEqualTo("no-common-codec");
        assertThat(code(
                        "488 Not Acceptable Here",
                        able("RTP/SAVP 0", crypto, "a=ice-ufrag:abcd", "a=ice-pwd:0123456789012345678901")))
                .isEqualTo("ice-refused");
        assertThat(code("488 Not Acceptable Here", able("RTP/SAVP 0", crypto))).isEqualTo("media-refused");
    }

    @Test
    void a_lab_without_encryption_is_told_of_a_side_that_encrypts() {
        scene = new ScriptedPhoneSystem(
                        4881,
                        SipTransport.UDP,
                        account -> account.keyingPolicy(KeyingPolicy.SDES_ONLY),
                        config -> config)
                .registered();

        assertThat(code(
                        "488 Not Acceptable Here",
                        able("RTP/SAVP 0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + SDES_KEY)))
                .isEqualTo("encryption-unsupported");
        assertThat(code("488 Not Acceptable Here")).isEqualTo("media-refused");
    }

    @Test
    void RFC4028_a_session_interval_that_cannot_be_agreed_on_has_a_reason_of_its_own() {
        registered();

        assertThat(code("422 Session Interval Too Small")).isEqualTo("session-interval-too-small");
        assertThat(code("422 Session Interval Too Small", "Min-SE: 999999999")).isEqualTo("session-interval-too-small");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP;cause=480;text=\"Do not disturb\"",
                "Q.850;cause=19;text=\"No answer from user\"",
                "Q.850;cause=18"
            })
    void a_phone_that_did_not_ring_has_not_gone_unanswered(String reason) {
        registered();

        assertThat(code("480 Temporarily Unavailable", "Reason: " + reason)).isEqualTo("unavailable");
    }

    @Test
    void a_phone_that_rang_and_says_so_has_gone_unanswered() {
        registered();
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "180 Ringing");
            scene.pbx.respond(invite, "480 Temporarily Unavailable", "Reason: Q.850;cause=19");
        });

        assertThat(codeOfCall()).isEqualTo("no-answer");
    }

    /** The user switched it on, or pressed the button, while it rang. */
    @ParameterizedTest
    @CsvSource({"'Reason: Q.850;cause=19;text=\"Do Not Disturb\"'", "'Warning: 399 phone.example \"DND\"'"})
    void a_phone_that_rang_and_will_not_be_disturbed_has_not_gone_unanswered(String header) {
        registered();
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "180 Ringing");
            scene.pbx.respond(
                    invite, "480 Temporarily Unavailable", lines("Reason: Q.850;cause=19", new String[] {header}));
        });

        assertThat(codeOfCall()).isEqualTo("unavailable");
    }

    @Test
    void a_list_of_warnings_is_read_to_its_end() {
        registered();

        assertThat(code(
                        "488 Not Acceptable Here",
                        "Warning: 399 a.example \"one, two\", 305 b.example \"Incompatible media format\""))
                .isEqualTo("no-common-codec");
    }

    @Test
    void nothing_but_the_first_INVITE_is_sent_where_the_policy_has_no_other_keys() {
        registered();
        code("488 Not Acceptable Here");

        List<ScriptedMessage> invites = scene.pbx.received("INVITE");
        assertThat(invites).hasSize(1);
    }
}
