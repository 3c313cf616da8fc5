// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls through a real rtpengine that has other keys, and another codec, on each side: by its number (kamailio.cfg) an extension has keys in the SDP, or by DTLS, and there speaks Opus
 * alone.
 */
@Tag("interop")
@Tag("day-0")
class RtpEngineInteropTest {
    @TempDir
    static Path directory;

    private static RtpEngine relay;
    private static Kamailio kamailio;
    private static Recitation speech;
    private static int scenes;

    @BeforeAll
    static void start() throws IOException {
        relay = new RtpEngine(directory);
        kamailio = new Kamailio(directory, "MD5", relay);
        speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
        relay.close();
    }

    @ParameterizedTest
    @CsvSource({"1001, SDES, PCMU, 4001, dtls_srtp, PCMU", "5001, DTLS, opus, 2001, srtp-mand, PCMU"})
    void the_engine_calls_and_both_hear_also_after_a_hold_and_a_key_arrives(
            String ours, MediaKeying keying, String codec, String theirs, String encryption, String theirCodec)
            throws IOException {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip(theirs, encryption, theirCodec);
                EnginePhone phone = new EnginePhone(account(ours, keying, codec), ear).awaitRegistered()) {
            Call call = phone.account().dial(theirs);
            peer.answer();
            talk(call, ear, peer, keying, codec);
            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            ear.forget();
            ear.awaitHeard(SpokenFile.A_WORD);
            call.sendDtmf("5");
            peer.awaitKey('5');
            call.hangUp();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
        }
    }

    /** The relay finds its way to an extension that begins with 6 by ICE. Beside Opus it takes no keys that count in 8000, as all of baresip's do. */
    @ParameterizedTest
    @CsvSource({"6001, DTLS, PCMU, 2001, srtp-mand, PCMU", "1001, SDES, PCMU, 5001, dtls_srtp, opus"})
    void the_engine_is_called_and_both_hear(
            String ours, MediaKeying keying, String codec, String theirs, String encryption, String theirCodec)
            throws IOException {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip(theirs, encryption, theirCodec);
                EnginePhone phone = new EnginePhone(account(ours, keying, codec), ear)
                        .answering()
                        .awaitRegistered()) {
            peer.call(ours);
            Call call = phone.awaitIncoming();
            talk(call, ear, peer, keying, codec);
            if (!theirCodec.equals("opus")) {
                peer.press('7');
                assertThat(phone.awaitDtmf()).isEqualTo('7');
            }
            peer.end();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
        }
    }

    private static void talk(Call call, HeadlessAudio ear, Baresip peer, MediaKeying keying, String codec) {
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        speech.assertHeard(ear);
        speech.assertHeard(peer);
        assertThat(call.snapshot().keying()).isEqualTo(keying);
        assertThat(call.snapshot().codec()).isEqualTo(codec);
    }

    private static Baresip baresip(String extension, String encryption, String codec) {
        return Baresip.speaking(
                directory.resolve("baresip-" + ++scenes), kamailio, extension, encryption, codec, speech);
    }

    private static SipAccount.Builder account(String extension, MediaKeying keying, String codec) {
        SipAccount.Builder account = kamailio.account(extension, SipTransport.TLS)
                .codecs(Set.of(codec.toLowerCase(java.util.Locale.ROOT)))
                .keyingPolicy(keying == MediaKeying.DTLS ? KeyingPolicy.DTLS_ONLY : KeyingPolicy.SDES_ONLY);
        return extension.startsWith("6") ? account.ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED)) : account;
    }
}
