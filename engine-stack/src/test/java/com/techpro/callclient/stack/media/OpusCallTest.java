// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.codec.SyntheticSpeech;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opus between two sessions, over networks that lose packets, with devices of any rate. */
class OpusCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int NUMBER = 96;
    private static final int FULL = 48_000;
    private static final String FEC = "useinbandfec=1";

    @ParameterizedTest
    @ValueSource(ints = {16_000, 44_100, 48_000})
    void wideband_sound_arrives_at_every_device_sample_rate(int rate) {
        try (var call = opus(1, rate, rate, FEC)) {
            call.alice.speak(6_000);
            call.bob.speak(5_000);
            call.run(Duration.ofSeconds(3));

            assertThat(call.bob.heard(SECOND).power(6_000)).isGreaterThan(0.9);
            assertThat(call.bob.heard(SECOND).loudness()).isBetween(4_500.0, 7_200.0);
            assertThat(call.alice.heard(SECOND).power(5_000)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
            assertThat(call.bob.session.statistics().concealed()).isZero();
        }
    }

    @Test
    void narrowband_devices_speak_and_hear() {
        try (var call = opus(2, TestCall.RATE, FULL, FEC)) {
            call.alice.speak(1_000);
            call.bob.speak(2_000);
            call.run(Duration.ofSeconds(3));

            assertThat(call.bob.heard(SECOND).power(1_000)).isGreaterThan(0.9);
            assertThat(call.alice.heard(SECOND).power(2_000)).isGreaterThan(0.9);
        }
    }

    @Test
    void RFC7587_4_1_each_packet_of_20_ms_is_960_units_later() {
        try (var call = opus(3, FULL, FULL, FEC)) {
            call.alice.speak(1_000);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(SECOND);

            List<RtpPacket> packets = sent(call);
            assertThat(packets).hasSizeBetween(48, 52);
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp())
                        .isEqualTo(960);
            }
        }
    }

    /** RFC 7587 §3.1.3: what is left out has its time, and is not missed. */
    @Test
    void silence_is_suppressed_on_request_and_later_speech_is_heard_at_once() {
        try (var call = opus(4, FULL, FULL, FEC + ";usedtx=1")) {
            call.alice.speak(1_000);
            call.run(SECOND);
            call.alice.speak(0);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(Duration.ofSeconds(4));
            assertThat(sent(call)).hasSizeBetween(5, 25);

            call.alice.speak(1_000);
            call.run(SECOND);
            assertThat(call.bob.heard(Duration.ofMillis(500)).power(1_000)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().lost()).isZero();
            assertThat(call.bob.session.statistics().concealed()).isLessThan(3);
        }
    }

    @Test
    void the_codec_changes_in_mid_call_while_devices_stay() {
        try (var call = opus(5, FULL, FULL, FEC)) {
            call.alice.speak(1_000);
            call.run(Duration.ofSeconds(2));
            for (Codec codec : List.of(G711.ULAW, Opus.INSTANCE, G722.INSTANCE, Opus.INSTANCE)) {
                call.alice.configure(sending(call.alice, codec, FEC));
                call.run(Duration.ofSeconds(2));
                Sound heard = call.bob.heard(SECOND);
                assertThat(heard.power(1_000)).as(codec.encodingName()).isGreaterThan(0.9);
                assertThat(heard.loudness()).as(codec.encodingName()).isBetween(5_000.0, 6_300.0);
            }
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    /** From the first loss on the buffer holds the next packet by the time that a lost one is due. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 15})
    void lost_packets_are_recovered_by_FEC_and_not_counted_as_concealed(int phase) {
        long concealed = concealed(FEC, phase);
        long without = concealed("", phase);

        assertThat(without).isGreaterThan(30);
        assertThat(concealed).isLessThan(without / 2);
    }

    /** @param phase by how many milliseconds the speaker fetches later than the microphone gives */
    private static long concealed(String fmtp, int phase) {
        try (var call = new TestCall(6)) {
            call.network.defaultConditions(LinkConditions.LAN.withLoss(0.05));
            agree(call, FULL, FULL, fmtp);
            call.bob.closeSpeaker();
            call.run(Duration.ofMillis(40 + phase));
            call.bob.openSpeaker(Duration.ofMillis(20));
            call.alice.say(SyntheticSpeech.samples(4));
            call.run(Duration.ofSeconds(20));

            assertThat(call.bob.session.statistics().mos()).isBetween(2.5, 4.5);
            return call.bob.session.statistics().concealed();
        }
    }

    private static List<RtpPacket> sent(TestCall call) {
        return call.sentTo(call.bob).stream()
                .map(OpusCallTest::view)
                .filter(packet -> packet.payloadType() == NUMBER)
                .toList();
    }

    private static TestCall opus(long seed, int aliceRate, int bobRate, String fmtp) {
        var call = new TestCall(seed);
        agree(call, aliceRate, bobRate, fmtp);
        return call;
    }

    private static void agree(TestCall call, int aliceRate, int bobRate, String fmtp) {
        call.alice.rate = aliceRate;
        call.bob.rate = bobRate;
        call.connect(SrtpSuite.AEAD_AES_128_GCM);
        call.alice.configure(sending(call.alice, Opus.INSTANCE, fmtp));
        call.bob.configure(sending(call.bob, Opus.INSTANCE, fmtp));
    }

    private static MediaParameters sending(TestCall.Party party, Codec codec, String fmtp) {
        MediaParameters now = party.parameters;
        PayloadFormat opus = new PayloadFormat(Opus.INSTANCE, NUMBER, fmtp);
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                codec == Opus.INSTANCE ? opus : PayloadFormat.ofStatic(codec),
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(opus, PayloadFormat.ofStatic(G722.INSTANCE)), List.of()),
                20,
                now.direction(),
                now.keying());
    }

    private static RtpPacket view(byte[] packet) {
        RtpPacket view = new RtpPacket();
        view.wrap(ByteBuffer.wrap(packet));
        return view;
    }
}
