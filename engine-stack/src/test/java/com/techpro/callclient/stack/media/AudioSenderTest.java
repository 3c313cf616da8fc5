// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSenderTest {
    private static final int FRAME = 160;

    private final List<RtpPacket> sent = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private final Map<RtpPacket, byte[]> payloads = new IdentityHashMap<>();
    private final MediaParameters parameters = new MediaParameters(
            new InetSocketAddress("192.0.2.1", 4000),
            null,
            PayloadFormat.ofStatic(G711.ULAW),
            101,
            MediaDirection.SENDRECV,
            null,
            null);
    private final AudioSender sender = new AudioSender(
            Seeds.random(1),
            PayloadFormat.ofStatic(G711.ULAW),
            new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(1_000), this::sent));
    private long now;

    private void sent(ByteBuffer packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(packet)).isTrue();
        sent.add(view);
        sentAt.add(now);
        int start = packet.arrayOffset() + view.payloadStart();
        payloads.put(view, Arrays.copyOfRange(packet.array(), start, start + view.payloadLength()));
    }

    @Test
    void each_frame_is_a_packet_a_frame_later() {
        for (int i = 0; i < 5; i++) {
            capture(1);
            serve();
        }
        assertThat(sent).hasSize(5);
        for (int i = 1; i < 5; i++) {
            assertThat(sent.get(i).timestamp() - sent.get(i - 1).timestamp()).isEqualTo(FRAME);
            assertThat(sent.get(i).marker()).isFalse();
        }
        assertThat(sent.get(0).marker()).isTrue();
    }

    @Test
    void a_delayed_loop_skips_timestamps_but_no_sequence_numbers() {
        capture(1);
        serve();
        // Given a loop held up for a quarter of a second
        capture(12);
        serve();

        // Then the newest two frames are sent, as far from the others as they were spoken, and a listener need not wait
        RtpPacket before = sent.get(0);
        RtpPacket after = sent.get(1);
        assertThat(sent).hasSize(2);
        assertThat(after.timestamp() - before.timestamp()).isEqualTo(11 * FRAME);
        assertThat(after.sequence() - before.sequence() & 0xFFFF).isEqualTo(1);
        assertThat(after.marker()).isTrue();
        serve();
        assertThat(sent.get(2).timestamp() - after.timestamp()).isEqualTo(FRAME);
    }

    @Test
    void a_frame_recorded_between_two_turns_is_sent_in_the_next_slot() {
        capture(1);
        serve();
        capture(1);
        serveMicrophone(16);
        assertThat(sent).hasSize(2);
        serveMicrophone(4);
        serveMicrophone(4);
        capture(1);
        serveMicrophone(12);
        assertThat(sent).hasSize(3);
        assertThat(sent.get(2).timestamp() - sent.get(1).timestamp()).isEqualTo(FRAME);
    }

    /** Else packets would come earlier or later than those before, and the far end's buffer would hold more for it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 12, 16})
    void timestamps_are_of_the_recording_in_silence_sound_and_events(int phase) {
        for (int turn = 0; turn < 60; turn++) {
            serve();
            if (turn == 30) {
                sender.press('5', Duration.ofMillis(100));
            }
            for (int slot = 4; slot < 20; slot += 4) {
                if (slot - 4 == phase && turn >= 10 && turn < 50) {
                    capture(1);
                }
                if (slot == 4 && turn == 8) {
                    sender.capture(8_000);
                }
                serveMicrophone(4);
            }
            now -= 16_000_000;
        }
        List<Integer> transits = IntStream.range(0, sent.size())
                .filter(i -> sent.get(i).payloadType() == 0)
                .mapToObj(i -> (int) (sentAt.get(i) / 125_000) - sent.get(i).timestamp())
                .toList();
        assertThat(transits).hasSizeGreaterThan(40);
        int first = transits.get(0);
        assertThat(transits).allMatch(transit -> Math.abs(transit - first) <= 4 * 8);
    }

    /** To the far end, two packets at once every 40 ms would be jitter. */
    @Test
    void frames_recorded_at_once_are_sent_apart() {
        capture(2);
        serve();
        for (int slot = 0; slot < 3; slot++) {
            serveMicrophone(4);
            assertThat(sent).hasSize(1);
        }
        serveMicrophone(4);
        assertThat(sent).hasSize(2);
    }

    @Test
    void sound_recorded_during_an_event_is_not_sent() {
        serve();
        sender.press('5', Duration.ofMillis(40));
        serve();
        capture(1);
        serveMicrophone(16);
        assertThat(sent).extracting(RtpPacket::payloadType).containsExactly(0, 101);
    }

    /** Else it would wait for the next frame, and the far end's buffer would be a frame longer for the whole call. */
    @Test
    void the_first_frame_of_another_sample_rate_fills_its_packet() {
        serve();
        for (int i = 2; i < 5; i++) {
            sender.capture(48_000).captured(new short[960]);
            serve();
            assertThat(sent).hasSize(i);
        }
        assertThat(sent).allMatch(packet -> packet.payloadLength() == FRAME);
    }

    @Test
    void a_codec_that_costs_little_is_not_reported_as_reduced() {
        sender.setReducedEffort(true);
        assertThat(sender.hasReducedEffort()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "20, 10", "30, 6", "40, 5", "60, 3", "100, 2"})
    void RFC8866_6_4_packets_are_as_long_as_the_other_side_wants_them(int millis, int packets) {
        int samples = millis * 8;
        for (int i = 0; i < 10; i++) {
            capture(1);
            serve(parameters.withPacketMillis(millis));
        }
        assertThat(sent).hasSize(packets);
        for (int i = 1; i < packets; i++) {
            assertThat(sent.get(i).timestamp() - sent.get(i - 1).timestamp()).isEqualTo(samples);
            assertThat(sent.get(i).sequence() - sent.get(i - 1).sequence() & 0xFFFF)
                    .isEqualTo(1);
            assertThat(sent.get(i).payloadLength()).isEqualTo(samples);
            assertThat(sent.get(i).marker()).isFalse();
        }
    }

    @Test
    void a_partial_packet_is_sent_before_a_DTMF_event_and_timestamps_continue() {
        MediaParameters sixty = parameters.withPacketMillis(60);
        capture(1);
        serve(sixty);
        assertThat(sent).isEmpty();
        sender.press('5', Duration.ofMillis(40));
        serve(sixty);

        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).payloadLength()).isEqualTo(FRAME);
        assertThat(sent.get(1).payloadType()).isEqualTo(101);
        assertThat(sent.get(1).timestamp() - sent.get(0).timestamp()).isEqualTo(FRAME);
    }

    @Test
    void a_partial_packet_is_sent_when_ptime_shrinks_and_dropped_on_recvonly() {
        capture(1);
        serve(parameters.withPacketMillis(60));
        capture(1);
        serve(parameters);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).timestamp() - sent.get(0).timestamp()).isEqualTo(FRAME);
        capture(1);
        serve(parameters.withPacketMillis(60));
        capture(1);
        serve(parameters.withDirection(MediaDirection.RECVONLY));
        assertThat(sent).hasSize(2);
        capture(1);
        serve(parameters);
        assertThat(sent.get(2).timestamp() - sent.get(1).timestamp()).isEqualTo(3 * FRAME);
    }

    /** Its number and the units of its duration mean nothing beside the other codec (RFC 4733 §2.5.1.4 wants an end). */
    @Test
    void a_digit_held_at_a_codec_change_keeps_its_payload_type_and_the_next_has_the_new() {
        PayloadFormat opus = new PayloadFormat(Opus.INSTANCE, 96);
        MediaParameters wide = new MediaParameters(
                parameters.remoteRtp(),
                null,
                opus,
                new TelephoneEvents(97, 48_000),
                PayloadTypeMap.of(List.of(opus), List.of()),
                20,
                MediaDirection.SENDRECV,
                parameters.keying());
        sender.press('5', Duration.ofMillis(200));
        sender.press('6', Duration.ofMillis(40));
        serve();
        serve();
        for (int i = 0; i < 12; i++) {
            serve(wide);
        }

        assertThat(sent)
                .filteredOn(packet -> packet.payloadType() == 101)
                .extracting(packet -> payloads.get(packet)[0], packet -> payloads.get(packet)[1], this::duration)
                .containsExactly(
                        tuple((byte) 5, (byte) 10, FRAME),
                        tuple((byte) 5, (byte) 10, 2 * FRAME),
                        tuple((byte) 5, (byte) -118, 2 * FRAME),
                        tuple((byte) 5, (byte) -118, 2 * FRAME),
                        tuple((byte) 5, (byte) -118, 2 * FRAME));
        assertThat(sent)
                .filteredOn(packet -> packet.payloadType() == 97)
                .extracting(packet -> payloads.get(packet)[0], this::duration)
                .startsWith(tuple((byte) 6, 960), tuple((byte) 6, 1_920));
    }

    private int duration(RtpPacket packet) {
        byte[] octets = payloads.get(packet);
        return (octets[2] & 0xff) << 8 | octets[3] & 0xff;
    }

    private void serve(MediaParameters other) {
        now += 20_000_000;
        sender.serve(other, now);
    }

    private void capture(int frames) {
        for (int i = 0; i < frames; i++) {
            sender.capture(8_000).captured(new short[FRAME]);
        }
    }

    private void serveMicrophone(int millisLater) {
        now += millisLater * 1_000_000L;
        sender.serveMicrophone(parameters, now);
    }

    private void serve() {
        now += 20_000_000;
        sender.serve(parameters, now);
    }
}
