// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.ComfortNoise;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses in a call of G.711, filled with comfort noise (RFC 3389). */
class ComfortNoiseCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int NUMBER = 99;

    @Test
    void a_muted_side_sends_noise_now_and_then_and_the_other_hears_it_until_speech_comes() {
        try (var call = new TestCall(1)) {
            agree(call, List.of(new NoiseFormat(NUMBER, TestCall.RATE)));
            call.alice.speak(1_000);
            call.run(Duration.ofSeconds(2));
            call.alice.session.setMuted(true);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(Duration.ofSeconds(4));

            List<RtpPacket> sent = sent(call);
            assertThat(sent).hasSizeBetween(18, 22).allSatisfy(packet -> {
                assertThat(packet.payloadType()).isEqualTo(NUMBER);
                assertThat(packet.marker()).isFalse();
            });
            for (int i = 1; i < sent.size(); i++) {
                assertThat(sent.get(i).timestamp() - sent.get(i - 1).timestamp())
                        .isEqualTo(1_600);
            }
            assertThat(call.bob.heard(SECOND).loudness()).isBetween(8.0, 18.0);

            call.network.trace().clear();
            call.alice.session.setMuted(false);
            call.run(SECOND);
            assertThat(call.bob.heard(Duration.ofMillis(500)).power(1_000)).isGreaterThan(0.9);
            assertThat(sent(call).stream().filter(RtpPacket::marker)).hasSize(1);
            assertThat(call.bob.session.statistics().concealed()).isLessThan(3);
            assertThat(call.bob.session.statistics().lost()).isZero();
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
            assertThat(call.bob.events).isEmpty();
        }
    }

    @Test
    void silence_is_sent_as_speech_where_noise_was_not_agreed_on() {
        try (var call = new TestCall(2)) {
            agree(call, List.of());
            call.alice.session.setMuted(true);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(SECOND);

            assertThat(sent(call))
                    .hasSizeBetween(48, 52)
                    .allSatisfy(packet -> assertThat(packet.payloadType()).isZero());
        }
    }

    @Test
    void noise_beside_a_codec_of_another_clock_is_not_sent() {
        try (var call = new TestCall(3)) {
            agree(call, List.of(new NoiseFormat(NUMBER, 48_000)));
            call.alice.session.setMuted(true);
            call.run(SECOND);
            call.network.trace().clear();
            call.run(SECOND);

            assertThat(sent(call)).noneMatch(packet -> packet.payloadType() == NUMBER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU/8000", "PCMA/8000", "G722/8000", "opus/48000/2"})
    void a_stall_sounds_like_the_background_between_the_far_ends_words(String codec) {
        Sound first = stalled(codec);

        assertThat(first.loudness()).isBetween(4.0, 42.0);
        // Noise repeats nothing and has no tone, and is the same in each run.
        for (int pitch = 100; pitch < 1_000; pitch += 10) {
            assertThat(first.power(pitch)).isLessThan(0.1);
        }
        assertThat(stalled(codec).samples()).isEqualTo(first.samples());
    }

    /** The end of half a second in which nothing of a noisy voice arrives, whose background has a level of 40. */
    private static Sound stalled(String codec) {
        try (var call = new TestCall(4)) {
            int number = codec.startsWith("PCMU") ? 0 : codec.startsWith("PCMA") ? 8 : 110;
            PayloadFormat format = new PayloadFormat(Objects.requireNonNull(Codecs.find(codec)), number);
            for (TestCall.Party party : List.of(call.alice, call.bob)) {
                TestCall.Party other = party == call.alice ? call.bob : call.alice;
                party.configure(
                        new MediaParameters(other.address(), null, format, -1, MediaDirection.SENDRECV, null, null));
            }
            Random random = Seeds.random(5);
            short[] voice = new short[TestCall.RATE];
            for (int i = 0; i < voice.length; i++) {
                double word = i % 4_000 < 2_800 ? 6_000 * Math.sin(2 * Math.PI * 200 * i / TestCall.RATE) : 0;
                voice[i] = (short) (word + 40 * random.nextGaussian());
            }
            call.alice.say(voice);
            call.run(Duration.ofSeconds(5));
            call.network.partition(TestCall.ALICE, TestCall.BOB);
            call.run(Duration.ofMillis(600));
            return call.bob.heard(Duration.ofMillis(300));
        }
    }

    @Test
    void gateways_that_send_the_static_payload_type_unasked_are_understood() {
        PayloadTypeMap map = PayloadTypeMap.of(List.of(), List.of());

        assertThat(map.noiseClockRate(ComfortNoise.PAYLOAD_TYPE)).isEqualTo(8_000);
        assertThat(map.noisePayloadType(8_000)).isEqualTo(-1);
        assertThat(map.noiseClockRate(14)).isZero();
    }

    private static void agree(TestCall call, List<NoiseFormat> noise) {
        call.connect(SrtpSuite.AEAD_AES_128_GCM);
        call.alice.configure(with(call.alice.parameters, noise));
        call.bob.configure(with(call.bob.parameters, noise));
    }

    private static MediaParameters with(MediaParameters now, List<NoiseFormat> noise) {
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                now.codec(),
                now.telephoneEvents(),
                PayloadTypeMap.of(List.of(PayloadFormat.ofStatic(G711.ULAW)), List.of(), noise),
                now.packetMillis(),
                now.direction(),
                now.keying());
    }

    private static List<RtpPacket> sent(TestCall call) {
        return call.sentTo(call.bob).stream()
                .map(ByteBuffer::wrap)
                .map(packet -> {
                    RtpPacket view = new RtpPacket();
                    view.wrap(packet);
                    return view;
                })
                .filter(packet -> packet.payloadType() < 64 || packet.payloadType() > 95)
                .toList();
    }
}
