// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone system moves a call whose keys came by DTLS to SDES, as where its other leg is somebody else now: taken or refused as the first offer would have been. */
class KeysMovedTest {
    private static final String FINGERPRINT =
            "a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:3F:4B:65:2E:7D:46:3F:54:42:CD:54:F1";
    private static final String KEY = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String CONTACT = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";

    private ScriptedPhoneSystem scene;

    @AfterEach
    void close() {
        scene.close();
    }

    private static String[] description(int version, String profile, String... attributes) {
        List<String> lines = new ArrayList<>(List.of(
                CONTACT,
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 20 " + version + " IN IP4 192.0.2.10",
                "s=-",
                "c=IN IP4 192.0.2.10",
                "t=0 0",
                "m=audio 40000 " + profile + " 0"));
        lines.addAll(List.of(attributes));
        return lines.toArray(new String[0]);
    }

    private Call keyedByDtls(KeyingPolicy policy) {
        scene = new ScriptedPhoneSystem(
                        8842,
                        SipTransport.UDP,
                        account -> account.keyingPolicy(policy)
                                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling()),
                        config -> config)
                .registered();
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite, "200 OK", description(1, "UDP/TLS/RTP/SAVP", FINGERPRINT, "a=setup:passive")));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
        return call;
    }

    private void reInvite(String profile, String... attributes) {
        ScriptedMessage invite = scene.pbx.received("INVITE").get(0);
        scene.pbx.request("INVITE", invite, 7, "scripted", description(2, profile, attributes));
        scene.until(() -> !scene.pbx.received("SIP/2.0").isEmpty()
                && !scene.pbx.last("SIP/2.0").startLine().contains(" 100 "));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"PREFER_DTLS", "OFFER_BOTH"})
    void SDES_is_taken_where_the_account_takes_it_and_the_user_is_shown_so(KeyingPolicy policy) {
        Call call = keyedByDtls(policy);

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + KEY);

        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 200 ");
        scene.until(() -> call.snapshot().keying() == MediaKeying.SDES);
        assertThat(call.snapshot().encrypted()).isTrue();
        assertThat(scene.told(CallEvent.MediaChanged.class)).isNotEmpty();
    }

    @Test
    void S4_SDES_is_refused_where_the_account_takes_DTLS_alone_and_the_call_goes_on_as_it_was() {
        Call call = keyedByDtls(KeyingPolicy.DTLS_ONLY);

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + KEY);

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

        reInvite("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_32 " + KEY);

        assertThat(scene.pbx.last("SIP/2.0").startLine()).contains(" 488 ");
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
    }
}
