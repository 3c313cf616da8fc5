// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls with a real linphonec, through Kamailio, with keys of either kind, ways found by ICE or not, and each codec. */
@Tag("interop")
@Tag("day-2")
class LinphoneInteropTest {
    @TempDir
    static Path directory;

    private static Kamailio kamailio;
    private static Recitation speech;
    private static int scenes;

    @BeforeAll
    static void start() throws IOException {
        kamailio = new Kamailio(directory, "MD5");
        speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
    }

    @AfterAll
    static void stop() {
        kamailio.close();
    }

    @ParameterizedTest
    @CsvSource({"dtls, false, opus", "dtls, true, G722"})
    void the_engine_calls_and_holds_at_once_and_both_hear(String encryption, boolean ice, String codec) {
        HeadlessAudio ear = speech.phone();
        try (Linphone peer = linphone(encryption, ice, codec);
                EnginePhone phone = new EnginePhone(account(encryption, ice, codec), ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            talk(call, ear, peer, encryption, codec);
            peer.hold();
            EnginePhone.awaitHold(call, HoldState.REMOTE);
            peer.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            ear.forget();
            ear.awaitHeard(SpokenFile.A_WORD);
            call.hangUp();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
        }
    }

    /** Its sound comes with a 183, and the answer leaves the keys; then it offers other codecs. */
    @Test
    void there_are_keys_for_early_media_and_the_codec_changes_in_mid_call() {
        HeadlessAudio ear = speech.phone();
        SipAccount.Builder account = account("dtls", false, "opus").codecs(Set.of("opus", "pcmu"));
        try (Linphone peer = linphone("dtls", false, "opus", true);
                EnginePhone phone = new EnginePhone(account, ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            ear.awaitHeard(SpokenFile.A_WORD);
            CallSnapshot early = call.snapshot();
            assertThat(early.state()).isLessThan(CallState.ESTABLISHED);
            assertThat(early.cipher()).isNotNull();
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            assertThat(call.snapshot().codec()).isEqualTo("opus");

            peer.disable("opus");
            peer.hold();
            EnginePhone.awaitHold(call, HoldState.REMOTE);
            peer.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            assertThat(call.snapshot().codec()).isEqualTo("PCMU");
            speech.assertHeard(ear);
            call.sendDtmf("5");
            peer.awaitKey('5');
            call.hangUp();
            EnginePhone.awaitEnding(call);
        }
    }

    @ParameterizedTest
    @CsvSource({"dtls, true, opus", "srtp, true, G722"})
    void the_engine_is_called_and_both_hear_and_a_key(String encryption, boolean ice, String codec) {
        HeadlessAudio ear = speech.phone();
        try (Linphone peer = linphone(encryption, ice, codec);
                EnginePhone phone = new EnginePhone(account(encryption, ice, codec), ear)
                        .answering()
                        .awaitRegistered()) {
            peer.call("1001");
            Call call = phone.awaitIncoming();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            talk(call, ear, peer, encryption, codec);
            peer.press('7');
            assertThat(phone.awaitDtmf()).isEqualTo('7');
            peer.end();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
        }
    }

    private static void talk(Call call, HeadlessAudio ear, Linphone peer, String encryption, String codec) {
        // Its G.722 takes 16 bits for 15, so that it is half as loud as others', and hears them twice as loud.
        Recitation expected = codec.equals("G722") ? speech.atAnotherLevel() : speech;
        expected.assertHeard(ear);
        expected.assertHeard(peer);
        assertThat(call.snapshot().keying()).isEqualTo(encryption.equals("dtls") ? MediaKeying.DTLS : MediaKeying.SDES);
        assertThat(call.snapshot().cipher()).isNotNull();
        assertThat(call.snapshot().codec()).isEqualTo(codec);
    }

    private static Linphone linphone(String encryption, boolean ice, String codec) {
        return linphone(encryption, ice, codec, false);
    }

    private static Linphone linphone(String encryption, boolean ice, String codec, boolean earlyMedia) {
        return new Linphone(
                directory.resolve("linphone-" + ++scenes),
                kamailio,
                "2001",
                speech.at(codec.equals("G722") ? 16_000 : 8_000, 1),
                encryption,
                ice,
                codec,
                earlyMedia);
    }

    private static SipAccount.Builder account(String encryption, boolean ice, String codec) {
        return kamailio.account("1001", SipTransport.TLS)
                .codecs(Set.of(codec.toLowerCase(Locale.ROOT)))
                .keyingPolicy(encryption.equals("dtls") ? KeyingPolicy.PREFER_DTLS : KeyingPolicy.PREFER_SDES)
                .ice(IceSettings.DEFAULT.withUse(ice ? IceSettings.Use.OFFERED : IceSettings.Use.WHEN_OFFERED));
    }
}
