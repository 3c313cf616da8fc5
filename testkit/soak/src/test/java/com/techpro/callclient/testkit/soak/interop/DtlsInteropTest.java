// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls with a real baresip whose keys come by DTLS (OpenSSL's), through Kamailio. */
@Tag("interop")
@Tag("day-2")
class DtlsInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Recitation speech;

    @BeforeEach
    void start() throws IOException {
        kamailio = new Kamailio(directory, "MD5");
        speech = Recitation.write(directory.resolve("speech.wav"));
    }

    @AfterEach
    void stop() {
        kamailio.close();
    }

    @Test
    void the_engine_takes_the_offer_of_DTLS_and_both_hear() throws IOException {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip();
                EnginePhone phone =
                        phone(KeyingPolicy.PREFER_SDES, ear).answering().awaitRegistered()) {
            peer.dial("1001");
            Call call = phone.awaitIncoming();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            assertHeard(call, ear, peer);
            call.hangUp();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"DTLS_ONLY", "OFFER_BOTH"})
    void the_peer_takes_the_engines_offer_and_holds_and_a_key_go_through(KeyingPolicy policy) throws IOException {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip();
                EnginePhone phone = phone(policy, ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            assertHeard(call, ear, peer);
            // A re-INVITE offers actpass again, and the handshake stays.
            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            speech.assertHeard(ear);
            peer.hold();
            EnginePhone.awaitHold(call, HoldState.REMOTE);
            peer.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            speech.assertHeard(ear);
            call.sendDtmf("5");
            peer.awaitKey('5');
            peer.end();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
        }
    }

    /** Phone systems re-INVITE at once when both are connected, to take themselves out of the way of the sound. */
    @Test
    void a_re_INVITE_straight_after_the_answer_does_the_handshake_no_harm() throws IOException {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip();
                EnginePhone phone = phone(KeyingPolicy.PREFER_DTLS, ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            assertHeard(call, ear, peer);
            call.hangUp();
            EnginePhone.awaitEnding(call);
        }
    }

    private void assertHeard(Call call, HeadlessAudio ear, Softphone peer) {
        speech.assertHeard(ear);
        speech.assertHeard(peer);
        Await.until(() -> call.snapshot().cipher() != null, LIMIT);
        CallSnapshot snapshot = call.snapshot();
        assertThat(snapshot.keying()).isEqualTo(MediaKeying.DTLS);
        assertThat(snapshot.encrypted()).isTrue();
    }

    private Baresip baresip() {
        return new Baresip(
                directory.resolve("baresip"), kamailio, "2001", SipTransport.TLS, "dtls_srtp", speech.file());
    }

    private EnginePhone phone(KeyingPolicy policy, HeadlessAudio ear) {
        return new EnginePhone(kamailio.account("1001", SipTransport.TLS).keyingPolicy(policy), ear);
    }
}
