// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.FINGERPRINT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.SDES_KEY;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.description;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone system moves a call whose keys came by DTLS to SDES, as where its other leg is somebody else now: taken or refused as the first offer would have been. */
class KeysMovedTest {
    private ScriptedPhoneSystem scene;

    @AfterEach
    void close() {
        scene.close();
    }

    private Call keyedByDtls(KeyingPolicy policy) {
        scene = ScriptedPhoneSystem.encrypting(8842, policy).registered();
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite, "200 OK", description(1, "UDP/TLS/RTP/SAVP 0", FINGERPRINT, "a=setup:passive")));
        Call call = scene.established();
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
        return call;
    }

    private void reInvite(String profile, String... attributes) {
        ScriptedMessage invite = scene.pbx.received("INVITE").get(0);
        scene.pbx.request("INVITE", invite, 7, "scripted", description(2, profile + " 0", attributes));
        scene.until(() -> !scene.pbx.received("SIP/2.0").isEmpty()
                && !scene.pbx.last("SIP/2.0").startLine().contains(" 100 "));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"PREFER_DTLS", "OFFER_BOTH"})
    void SDES_is_taken_where_the_account_takes_it_and_the_user_is_shown_so(KeyingPolicy policy) {
        Call call = keyedByDtls(policy);

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + SDES_KEY);

        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 200 ");
        scene.until(() -> call.snapshot().keying() == MediaKeying.SDES);
        assertThat(call.snapshot().encrypted()).isTrue();
        assertThat(scene.told(CallEvent.MediaChanged.class)).isNotEmpty();
    }

    @Test
    void S4_SDES_is_refused_under_a_DTLS_only_policy_and_the_call_continues() {
        Call call = keyedByDtls(KeyingPolicy.DTLS_ONLY);

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + SDES_KEY);

        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 488 ");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"PREFER_DTLS", "DTLS_ONLY"})
    void S4_sound_in_clear_is_refused(KeyingPolicy policy) {
        Call call = keyedByDtls(policy);

        reInvite("RTP/AVP");
        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 488 ");
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
    }

    @Test
    void S4_a_suite_below_the_floor_is_refused() {
        Call call = keyedByDtls(KeyingPolicy.PREFER_DTLS);

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_32 " + SDES_KEY);

        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 488 ");
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
    }
}
