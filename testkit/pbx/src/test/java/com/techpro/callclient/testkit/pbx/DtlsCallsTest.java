// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legs with keys by DTLS, and the PBX between them and others, in virtual time. */
class DtlsCallsTest {
    private PbxScene scene = new PbxScene(9, builder -> builder.dtls("1003"));

    @AfterEach
    void close() {
        scene.close();
    }

    private Phone phone(String extension, SipTransport transport, KeyingPolicy keying) {
        return scene.phone(
                        extension,
                        scene.pbx
                                .account(extension, transport)
                                .keyingPolicy(keying)
                                .build())
                .registered();
    }

    private void assertTheyTalk(Phone caller, Phone callee, MediaKeying callers, MediaKeying callees) {
        caller.speaking(440);
        callee.speaking(880);
        Call out = scene.talk(caller, callee);
        assertThat(caller.hears(880)).isGreaterThan(6_000);
        assertThat(callee.hears(440)).isGreaterThan(6_000);
        assertThat(out.snapshot().keying()).isEqualTo(callers);
        assertThat(callee.incoming.snapshot().keying()).isEqualTo(callees);

        for (Call holder : new Call[] {out, callee.incoming}) {
            Call held = holder == out ? callee.incoming : out;
            holder.hold();
            scene.until(() -> held.snapshot().hold() == HoldState.REMOTE);
            scene.pass(Duration.ofSeconds(1));
            assertThat((holder == out ? callee : caller).hears(holder == out ? 440 : 880))
                    .isLessThan(100);
            holder.resume();
            scene.until(() -> held.snapshot().hold() == HoldState.NONE);
            assertThat(caller.hears(880)).isGreaterThan(6_000);
            assertThat(callee.hears(440)).isGreaterThan(6_000);
        }
        out.sendDtmf("42");
        scene.until(() -> callee.keys().equals("42"));
        out.hangUp();
        scene.until(() -> callee.ending() != null);
        callee.incoming = null;
        callee.events.clear();
    }

    @Test
    void between_a_leg_with_dtls_and_one_with_sdes_speech_keys_and_holds_pass() {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY);
        Phone desk = phone("1002", SipTransport.TLS, KeyingPolicy.SDES_ONLY);

        assertTheyTalk(web, desk, MediaKeying.DTLS, MediaKeying.SDES);
        assertTheyTalk(desk, web, MediaKeying.SDES, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"DTLS_ONLY", "PREFER_DTLS"})
    void over_tls_a_phone_that_is_marked_so_is_called_by_dtls(KeyingPolicy keying) {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.PREFER_DTLS);
        Phone marked = phone("1003", SipTransport.TLS, keying);

        assertTheyTalk(web, marked, MediaKeying.DTLS, MediaKeying.DTLS);
        assertTheyTalk(marked, web, MediaKeying.DTLS, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    @Test
    void an_ice_offer_is_answered_by_ice_lite_and_speech_uses_the_nominated_pair() {
        Phone web = offeringIce("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY);
        Phone desk = offeringIce("1002", SipTransport.TLS, KeyingPolicy.SDES_ONLY);

        assertTheyTalk(web, desk, MediaKeying.DTLS, MediaKeying.SDES);
        assertTheyTalk(desk, web, MediaKeying.SDES, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    private Phone offeringIce(String extension, SipTransport transport, KeyingPolicy keying) {
        return scene.phone(
                        extension,
                        scene.pbx
                                .account(extension, transport)
                                .keyingPolicy(keying)
                                .ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED))
                                .build())
                .registered();
    }

    @Test
    void between_a_leg_with_dtls_and_one_in_clear_text_speech_passes() {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY);
        Phone lab = phone("1002", SipTransport.UDP, KeyingPolicy.SDES_ONLY);

        assertTheyTalk(web, lab, MediaKeying.DTLS, MediaKeying.NONE);
        assertTheyTalk(lab, web, MediaKeying.NONE, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    /** As the phones have it whose accounts come from the provisioning of such a phone system. */
    @Test
    void in_the_field_a_phone_that_takes_the_offer_of_dtls_is_heard_and_hears() {
        scene.close();
        scene = new PbxScene(
                9,
                builder -> builder.behaving(
                        FieldBehaviour.DTLS_OFFERS, FieldBehaviour.DEAD_ICE_CANDIDATES, FieldBehaviour.DIRECT_MEDIA));
        Phone alice = phone("1001", SipTransport.TLS, KeyingPolicy.PREFER_SDES);
        Phone bob = phone("1002", SipTransport.TLS, KeyingPolicy.PREFER_SDES);

        assertTheyTalk(alice, bob, MediaKeying.SDES, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    /** The caller's leg has the PBX as the client of the handshake, the callee's as the server. */
    @Test
    void in_the_field_a_handshake_that_is_forgotten_at_each_re_INVITE_is_made_again() {
        scene.close();
        scene = new PbxScene(9, builder -> builder.behaving(FieldBehaviour.DTLS_OFFERS, FieldBehaviour.FORGETS_DTLS));
        Phone alice = phone("1001", SipTransport.TLS, KeyingPolicy.PREFER_DTLS);
        Phone bob = phone("1002", SipTransport.TLS, KeyingPolicy.PREFER_DTLS);

        assertTheyTalk(alice, bob, MediaKeying.DTLS, MediaKeying.DTLS);
        assertTheyTalk(bob, alice, MediaKeying.DTLS, MediaKeying.DTLS);
        scene.assertQuiet();
    }

    @Test
    void in_the_field_the_PBX_itself_is_heard_after_holds_that_forget_the_handshake() {
        scene.close();
        scene = new PbxScene(
                9,
                builder -> builder.behaving(
                        FieldBehaviour.DTLS_OFFERS,
                        FieldBehaviour.FORGETS_DTLS,
                        FieldBehaviour.CONNECTED_LINE_REINVITE));
        Phone web = phone("1001", SipTransport.TLS, KeyingPolicy.DTLS_ONLY);
        Call tone = web.account.dial("601");
        scene.until(() -> tone.snapshot().state() == CallState.ESTABLISHED);
        for (int i = 0; i < 3; i++) {
            assertThat(web.hears(440)).isGreaterThan(3_000);
            tone.hold();
            scene.until(() -> tone.snapshot().hold() == HoldState.LOCAL);
            scene.pass(Duration.ofSeconds(1));
            tone.resume();
            scene.until(() -> tone.snapshot().hold() == HoldState.NONE);
            scene.pass(Duration.ofSeconds(1));
        }
        assertThat(web.hears(440)).isGreaterThan(3_000);
        tone.hangUp();
        scene.assertQuiet();
    }

    @Test
    void behind_a_websocket_a_phone_that_refuses_dtls_is_called_with_sdes() {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.SDES_ONLY);
        Phone desk = phone("1002", SipTransport.TLS, KeyingPolicy.SDES_ONLY);

        assertTheyTalk(desk, web, MediaKeying.SDES, MediaKeying.SDES);
        scene.assertQuiet();
    }

    @Test
    void the_pbx_itself_speaks_and_hears_by_dtls() {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY).speaking(880);

        Call tone = web.account.dial("601");
        scene.until(() -> tone.snapshot().state() == CallState.ESTABLISHED);
        assertThat(web.hears(440)).isGreaterThan(3_000);
        tone.hangUp();
        Call echo = web.account.dial("600");
        scene.until(() -> echo.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(1));
        assertThat(web.hears(880)).isGreaterThan(6_000);
        echo.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_handshake_completes_later_despite_lost_and_duplicate_packets() {
        Phone web = phone("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY).speaking(880);
        scene.pbx.faults().media("1001").fromPhone().loseHandshake(5);
        scene.pbx.faults().media("1001").toPhone().doubleHandshake(true);

        Call tone = web.account.dial("601");
        scene.until(() -> tone.snapshot().state() == CallState.ESTABLISHED);
        assertThat(web.hears(440)).isLessThan(100);
        scene.pass(Duration.ofSeconds(3));
        assertThat(web.hears(440)).isGreaterThan(3_000);
        tone.hangUp();
        scene.assertQuiet();
    }
}
