// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls between the engine and baresip, through Kamailio; speech is verified at both ends. */
@Tag("interop")
class BaresipInteropTest {
    @TempDir
    static Path directory;

    private static Kamailio kamailio;
    private static SpokenFile speech;
    private static int calls;

    @BeforeAll
    static void start() {
        speech = SpokenFile.write(directory.resolve("speech.wav"));
        kamailio = new Kamailio(directory, "MD5");
    }

    @AfterAll
    static void stop() {
        kamailio.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "TLS"})
    void the_engine_calls_baresip_and_each_hears_the_other(SipTransport transport) {
        SpokenFile.Ear ear = speech.ear();
        try (Baresip peer = baresip("2001", transport, "srtp-mand");
                EnginePhone phone = new EnginePhone(kamailio.account("1001", transport), ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.awaitEvent("CALL_INCOMING");
            peer.accept();
            peer.awaitEvent("CALL_ESTABLISHED");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.ENOUGH);
            CallQuality quality = call.snapshot().quality();
            call.hangUp();
            peer.awaitEvent("CALL_CLOSED");

            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
            assertThat(quality).isNotNull();
            assertThat(quality.suite()).isNotNull();
            ear.assertHeard();
            speech.assertHeardIn(peer.heard());
            phone.awaitNoCalls();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "TLS"})
    void baresip_calls_the_engine_and_each_hears_the_other(SipTransport transport) {
        SpokenFile.Ear ear = speech.ear();
        try (Baresip peer = baresip("2001", transport, "srtp-mand");
                EnginePhone phone = new EnginePhone(kamailio.account("1001", transport), ear)
                        .answering()
                        .awaitRegistered()) {
            peer.dial("1001");
            Call call = phone.awaitIncoming();
            peer.awaitEvent("CALL_ESTABLISHED");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.ENOUGH);
            peer.hangUp();

            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
            ear.assertHeard();
            speech.assertHeardIn(peer.heard());
            phone.awaitNoCalls();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SrtpSuite.class,
            names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"})
    void each_suite_carries_speech_both_ways(SrtpSuite suite) {
        SpokenFile.Ear ear = speech.ear();
        SipAccount.Builder account = kamailio.account("1001", SipTransport.TLS)
                .securityFloor(SecurityFloor.DEFAULT.withSuites(List.of(suite)));
        try (Baresip peer = baresip("2001", SipTransport.TLS, "srtp-mand");
                EnginePhone phone = new EnginePhone(account, ear).awaitRegistered()) {
            CallQuality quality = talk(phone, peer, () -> ear.awaitHeard(SpokenFile.ENOUGH));

            assertThat(quality).isNotNull();
            assertThat(quality.suite()).isEqualTo(suite);
            ear.assertHeard();
            speech.assertHeardIn(peer.heard());
        }
    }

    @Test
    void a_lab_switch_lets_plain_speech_through() {
        SpokenFile.Ear ear = speech.ear();
        SipAccount.Builder account = kamailio.account("1001", SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
        try (Baresip peer = baresip("2001", SipTransport.UDP, "");
                EnginePhone phone = new EnginePhone(account, ear).answering().awaitRegistered()) {
            peer.dial("1001");
            Call call = phone.awaitIncoming();
            ear.awaitHeard(SpokenFile.ENOUGH);
            assertThat(call.snapshot().encrypted()).isFalse();
            assertThat(call.snapshot().weakenedSecurity()).isTrue();
            peer.hangUp();
            EnginePhone.awaitEnding(call);

            ear.assertHeard();
            speech.assertHeardIn(peer.heard());
        }
    }

    @Test
    void without_it_plain_speech_is_refused_in_both_directions() {
        try (Baresip peer = baresip("2001", SipTransport.TLS, "");
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), speech.ear()).awaitRegistered()) {
            peer.dial("1001");
            peer.awaitEvent("CALL_CLOSED");

            Call call = phone.account().dial("2001");
            CallEnding ending = EnginePhone.awaitEnding(call);
            assertThat(ending.code()).isIn("encryption-refused", "no-common-codec", "media-refused");
        }
    }

    @Test
    void either_side_holds_and_keys_are_heard_both_ways() {
        SpokenFile.Ear ear = speech.ear();
        try (Baresip peer = baresip("2001", SipTransport.TLS, "srtp-mand");
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.awaitEvent("CALL_INCOMING");
            peer.accept();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.A_WORD);

            call.sendDtmf("5");
            assertThat(peer.awaitEvent("CALL_DTMF_START").get("param").getAsString())
                    .isEqualTo("5");
            peer.pressKey('7');
            assertThat(phone.awaitDtmf()).isEqualTo('7');

            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            peer.awaitEvent("CALL_REMOTE_SDP");
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);

            peer.hold();
            EnginePhone.awaitHold(call, HoldState.REMOTE);
            peer.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            ear.forget();
            ear.awaitHeard(SpokenFile.ENOUGH);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            ear.assertHeard();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "G722, 16000, G722/16000/1, true",
        "G722, 16000, 'PCMU/8000/1,G722/16000/1', true",
        "opus, 48000, opus/48000/2, true",
        "opus, 48000, opus/48000/2, false",
        "opus, 48000, 'PCMU/8000/1,G722/16000/1,opus/48000/2', true"
    })
    void sound_above_4_kHz_is_spoken_both_ways(String codec, int rate, String theirs, boolean dialled)
            throws IOException {
        HeadlessAudio ear = new HeadlessAudio(tone(6_000, 1, rate), rate);
        Path said = directory.resolve("wide-" + ++calls + ".wav");
        WavFile.write(directory.resolve("mono.wav"), tone(5_000, 60, rate), rate);
        // Whatever baresip reads, it takes for as many channels as the codec's rtpmap has.
        String channels = codec.equals("opus") ? "2" : "1";
        PeerProcess.run(directory, Duration.ofSeconds(20), "sox", "mono.wav", "-c", channels, said.toString());
        SipAccount.Builder account =
                kamailio.account("1001", SipTransport.TLS).codecs(Set.of(codec.toLowerCase(Locale.ROOT)));
        try (Baresip peer = new Baresip(
                        directory.resolve("baresip-" + calls),
                        kamailio,
                        "2001",
                        SipTransport.TLS,
                        "srtp-mand",
                        said,
                        theirs,
                        rate);
                EnginePhone phone = new EnginePhone(account, ear).answering().awaitRegistered()) {
            Runnable untilHeard = () -> ear.awaitHeard(SpokenFile.ENOUGH);
            CallQuality quality = dialled ? talk(phone, peer, untilHeard) : answered(phone, peer, untilHeard);

            assertThat(quality).isNotNull();
            assertThat(quality.codec()).isEqualTo(codec);
            short[] heard = ear.heard();
            assertThat(Sound.amplitudeOf(5_000, Arrays.copyOfRange(heard, rate, 2 * rate), rate))
                    .isGreaterThan(6_000);
            short[] recorded = WavFile.read(peer.heard(), rate);
            assertThat(Sound.amplitudeOf(6_000, Arrays.copyOfRange(recorded, rate, 2 * rate), rate))
                    .isGreaterThan(6_000);
        }
    }

    /** Its events count in 8000 whatever is spoken, against RFC 4733 §2.1. */
    @Test
    void keys_are_heard_both_ways_beside_Opus() {
        try (Baresip peer = new Baresip(
                        directory.resolve("baresip-" + ++calls),
                        kamailio,
                        "2001",
                        SipTransport.TLS,
                        "srtp-mand",
                        speech.file(),
                        "opus/48000/2",
                        48_000);
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), speech.ear()).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.awaitEvent("CALL_INCOMING");
            peer.accept();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);

            call.sendDtmf("5");
            assertThat(peer.awaitEvent("CALL_DTMF_START").get("param").getAsString())
                    .isEqualTo("5");
            peer.pressKey('7');
            assertThat(phone.awaitDtmf()).isEqualTo('7');
            assertThat(call.snapshot().codec()).isEqualTo("opus");
            call.hangUp();
            EnginePhone.awaitEnding(call);
        }
    }

    /** The engine calls the peer, which answers, and hangs up once enough was heard. */
    private static @Nullable CallQuality talk(EnginePhone phone, Baresip peer, Runnable untilHeard) {
        Call call = phone.account().dial("2001");
        peer.awaitEvent("CALL_INCOMING");
        peer.accept();
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        untilHeard.run();
        CallQuality quality = call.snapshot().quality();
        call.hangUp();
        peer.awaitEvent("CALL_CLOSED");
        return quality;
    }

    /** The peer calls the engine, which answers, and the peer hangs up once enough was heard. */
    private static @Nullable CallQuality answered(EnginePhone phone, Baresip peer, Runnable untilHeard) {
        peer.dial("1001");
        Call call = phone.awaitIncoming();
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        untilHeard.run();
        CallQuality quality = call.snapshot().quality();
        peer.hangUp();
        EnginePhone.awaitEnding(call);
        return quality;
    }

    private static short[] tone(int hertz, int seconds, int rate) {
        Sound tone = Sound.tone(hertz, 8_000);
        short[] samples = new short[seconds * rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tone.at(i, rate);
        }
        return samples;
    }

    private static Baresip baresip(String extension, SipTransport transport, String encryption) {
        return new Baresip(
                directory.resolve("baresip-" + ++calls), kamailio, extension, transport, encryption, speech.file());
    }
}
