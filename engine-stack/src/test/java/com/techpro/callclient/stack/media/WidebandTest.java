// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound above 4 kHz, devices of other rates than the codec's, and codecs that change while the call goes on. */
class WidebandTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int WIDE = 16_000;
    /** What AEAD_AES_128_GCM adds. */
    private static final int TAG = 16;

    @ParameterizedTest
    @ValueSource(ints = {16_000, 44_100, 48_000})
    void sound_above_4_kHz_arrives_at_every_device_sample_rate(int rate) {
        try (var call = wideband(1, rate, rate)) {
            call.alice.speak(6_000);
            call.bob.speak(5_000);
            call.run(Duration.ofSeconds(3));

            assertThat(call.bob.heard(SECOND).power(6_000)).isGreaterThan(0.9);
            assertThat(call.bob.heard(SECOND).loudness()).isBetween(4_800.0, 6_300.0);
            assertThat(call.alice.heard(SECOND).power(5_000)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
            assertThat(call.bob.session.statistics().concealed()).isZero();
        }
    }

    @Test
    void RFC3551_4_5_2_each_packet_of_20_ms_has_160_octets_and_is_160_units_later() {
        try (var call = wideband(2, WIDE, WIDE)) {
            call.alice.speak(1_000);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(SECOND);

            List<RtpPacket> packets = call.sentTo(call.bob).stream()
                    .map(WidebandTest::view)
                    .filter(packet -> packet.payloadType() == 9)
                    .toList();
            assertThat(packets).hasSizeBetween(48, 52);
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).payloadLength()).isEqualTo(160 + TAG);
                assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp())
                        .isEqualTo(160);
            }
        }
    }

    @Test
    void narrowband_devices_speak_and_hear_in_a_wideband_call() {
        try (var call = wideband(3, TestCall.RATE, WIDE)) {
            call.alice.speak(1_000);
            call.bob.speak(2_000);
            call.run(Duration.ofSeconds(3));

            assertThat(call.bob.heard(SECOND).power(1_000)).isGreaterThan(0.9);
            assertThat(call.alice.heard(SECOND).power(2_000)).isGreaterThan(0.9);
        }
    }

    @Test
    void the_codec_changes_in_mid_call_while_devices_stay_and_nothing_is_lost() {
        try (var call = wideband(4, WIDE, WIDE)) {
            call.alice.speak(1_000);
            call.run(Duration.ofSeconds(2));
            for (Codec codec : List.of(G711.ULAW, G722.INSTANCE, G711.ALAW, G722.INSTANCE)) {
                call.alice.configure(sending(call.alice, codec));
                call.run(Duration.ofSeconds(2));
                Sound heard = call.bob.heard(SECOND);
                assertThat(heard.power(1_000)).as(codec.encodingName()).isGreaterThan(0.9);
                assertThat(heard.loudness()).as(codec.encodingName()).isBetween(5_000.0, 6_300.0);
            }
            assertThat(call.bob.session.statistics().concealed()).isLessThan(3);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    @Test
    void devices_that_are_opened_anew_at_another_rate_are_heard_on() {
        try (var call = wideband(5, TestCall.RATE, TestCall.RATE)) {
            call.alice.speak(1_000);
            call.run(Duration.ofSeconds(2));
            call.alice.rate = WIDE;
            call.bob.rate = WIDE;
            call.alice.speak(6_000);
            call.run(Duration.ofSeconds(2));

            assertThat(call.bob.heard(SECOND).power(6_000)).isGreaterThan(0.9);
        }
    }

    @Test
    void lost_wideband_speech_is_concealed_and_counted_in_frames() {
        try (var call = new TestCall(6)) {
            call.network.defaultConditions(LinkConditions.LAN.withLoss(0.05));
            agree(call, WIDE, WIDE);
            call.alice.speak(500);
            call.run(Duration.ofSeconds(20));

            assertThat(call.bob.heard(SECOND).power(500)).isGreaterThan(0.8);
            assertThat(call.bob.session.statistics().concealed()).isBetween(20L, 90L);
            assertThat(call.bob.session.statistics().mos()).isBetween(2.5, 4.3);
        }
    }

    private static TestCall wideband(long seed, int aliceRate, int bobRate) {
        var call = new TestCall(seed);
        agree(call, aliceRate, bobRate);
        return call;
    }

    private static void agree(TestCall call, int aliceRate, int bobRate) {
        call.alice.rate = aliceRate;
        call.bob.rate = bobRate;
        call.connect(SrtpSuite.AEAD_AES_128_GCM);
        call.alice.configure(sending(call.alice, G722.INSTANCE));
        call.bob.configure(sending(call.bob, G722.INSTANCE));
    }

    private static MediaParameters sending(TestCall.Party party, Codec codec) {
        MediaParameters now = party.parameters;
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                PayloadFormat.ofStatic(codec),
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(PayloadFormat.ofStatic(G722.INSTANCE)), List.of()),
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
