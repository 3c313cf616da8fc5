// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a sender puts the packets before it into a packet (RFC 2198). */
class RedundantSenderTest {
    private static final int FRAME = 160;
    private static final int SENT_AS = 97;
    private static final int RECEIVED_AS = 98;
    private static final int EVENTS = 101;

    /** A packet as read by its receiver. */
    private record Sent(int type, boolean marker, int sequence, int timestamp, List<Block> blocks, byte[] primary) {}

    private record Block(int type, int offset, byte[] octets) {}

    private final List<Sent> sent = new ArrayList<>();
    private final AudioSender sender = new AudioSender(
            Seeds.random(1),
            PayloadFormat.ofStatic(G711.ULAW),
            new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(2_048), packet -> sent.add(read(packet))));
    private MediaParameters parameters = with(G711.ULAW, new Redundancy(SENT_AS, RECEIVED_AS, 8_000), 20);
    private long now;
    private int frames;

    @BeforeEach
    void open() {
        sender.capture(8_000);
    }

    @Test
    void each_packet_holds_the_one_before_it_once_loss_is_reported() {
        say(3);
        sender.lossReported(5);
        say(10);

        assertThat(sent.subList(0, 4)).allSatisfy(packet -> {
            assertThat(packet.type).isZero();
            assertThat(packet.primary).hasSize(FRAME);
        });
        for (int i = 4; i < sent.size(); i++) {
            Sent before = sent.get(i - 1);
            assertThat(sent.get(i).type).isEqualTo(SENT_AS);
            assertThat(sent.get(i).marker).isFalse();
            assertThat(sent.get(i).sequence).isEqualTo(before.sequence + 1);
            assertThat(sent.get(i).timestamp).isEqualTo(before.timestamp + FRAME);
            assertThat(sent.get(i).blocks).hasSize(1);
            assertThat(sent.get(i).blocks.get(0).type).isZero();
            assertThat(sent.get(i).blocks.get(0).offset).isEqualTo(FRAME);
            assertThat(sent.get(i).blocks.get(0).octets).isEqualTo(before.primary);
        }
    }

    @Test
    void at_much_loss_each_holds_two_and_after_reports_of_none_it_holds_none() {
        sender.lossReported(25);
        say(5);
        assertThat(last().blocks).hasSize(2);
        assertThat(last().blocks.get(0).offset).isEqualTo(2 * FRAME);
        assertThat(last().blocks.get(0).octets).isEqualTo(sent.get(2).primary);
        for (int i = 0; i < 20; i++) {
            sender.lossReported(0);
        }
        say(1);
        assertThat(last().type).isZero();
    }

    /** What rounds to no loss asks Opus for no redundancy either. */
    @Test
    void a_trace_of_loss_is_not_answered() {
        sender.lossReported(0.9);
        say(5);
        assertThat(sent).extracting(Sent::type).containsOnly(0);
    }

    @Test
    void it_is_not_sent_unless_it_was_agreed_for_the_clock_rate_of_the_codec() {
        sender.lossReported(20);
        parameters = with(G711.ULAW, null, 20);
        say(5);
        parameters = with(G711.ULAW, new Redundancy(SENT_AS, RECEIVED_AS, 48_000), 20);
        say(5);
        assertThat(sent).extracting(Sent::type).containsOnly(0);
    }

    @Test
    void it_ends_at_once_where_a_later_answer_is_without_it() {
        sender.lossReported(20);
        say(5);
        parameters = with(G711.ULAW, null, 20);
        say(1);
        assertThat(last().type).isZero();
    }

    @Test
    void a_packet_after_silence_holds_nothing_from_before_it() {
        parameters = withNoise();
        sender.lossReported(20);
        say(5);
        assertThat(last().type).isEqualTo(SENT_AS);
        sender.setMuted(true);
        say(20);
        sender.setMuted(false);
        sent.clear();
        say(2);
        assertThat(sent.get(0).marker).isTrue();
        assertThat(sent.get(0).type).isZero();
        assertThat(last().blocks).hasSize(1);
        assertThat(last().blocks.get(0).octets).isEqualTo(sent.get(0).primary);
    }

    @Test
    void a_key_and_the_packet_after_it_hold_nothing() {
        sender.lossReported(20);
        say(5);
        sender.press('5', Duration.ofMillis(100));
        sent.clear();
        say(20);
        assertThat(sent.get(0).type).isEqualTo(EVENTS);
        List<Sent> after = sent.stream().filter(packet -> packet.type != EVENTS).toList();
        assertThat(after.get(0).type).isZero();
        assertThat(after.get(1).blocks).hasSize(1);
        assertThat(after.get(1).blocks.get(0).octets).isEqualTo(after.get(0).primary);
    }

    @Test
    void a_packet_of_another_codec_holds_none_of_the_former() {
        sender.lossReported(20);
        say(5);
        parameters = with(G711.ALAW, new Redundancy(SENT_AS, RECEIVED_AS, 8_000), 20);
        sent.clear();
        say(3);
        assertThat(sent).extracting(Sent::type).containsExactly(8, SENT_AS, SENT_AS);
        assertThat(last().blocks).extracting(Block::type).containsOnly(8);
    }

    @Test
    void another_ssrc_begins_without_blocks() {
        sender.lossReported(20);
        say(5);
        sender.changeSsrc();
        say(1);
        assertThat(last().type).isZero();
    }

    /** The largest whole is 1,200 octets. */
    @ParameterizedTest
    @CsvSource({"20, 2", "40, 2", "60, 1", "80, 0", "100, 0"})
    void long_packets_hold_fewer_or_none(int millis, int blocks) {
        parameters = with(G711.ULAW, new Redundancy(SENT_AS, RECEIVED_AS, 8_000), millis);
        sender.lossReported(25);
        say(50);
        assertThat(last().blocks).hasSize(blocks);
        assertThat(last().primary).hasSize(8 * millis);
        assertThat(last().type).isEqualTo(blocks == 0 ? 0 : SENT_AS);
    }

    private Sent last() {
        return sent.get(sent.size() - 1);
    }

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            short[] frame = new short[FRAME];
            Arrays.fill(frame, (short) (500 * (frames++ % 50 + 1)));
            sender.capture(8_000).captured(frame);
            now += MediaLoop.FRAME_NANOS;
            sender.serve(parameters, now);
        }
    }

    private static Sent read(ByteBuffer packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(packet)).isTrue();
        byte[] array = packet.array();
        List<Block> blocks = new ArrayList<>();
        byte[] primary = Arrays.copyOfRange(array, view.payloadStart(), view.payloadStart() + view.payloadLength());
        if (view.payloadType() == SENT_AS) {
            RedPayload red = new RedPayload();
            assertThat(red.wrap(array, view.payloadStart(), view.payloadLength()))
                    .isTrue();
            for (int i = 0; i < red.blocks(); i++) {
                byte[] octets = Arrays.copyOfRange(array, red.start(i), red.start(i) + red.length(i));
                blocks.add(new Block(red.payloadType(i), red.offset(i), octets));
            }
            primary = Arrays.copyOfRange(array, red.primaryStart(), red.primaryStart() + red.primaryLength());
        }
        return new Sent(view.payloadType(), view.marker(), view.sequence(), view.timestamp(), blocks, primary);
    }

    private static MediaParameters with(Codec codec, @Nullable Redundancy redundancy, int millis) {
        return sending(codec, PayloadTypeMap.of(List.of(), List.of()).with(redundancy), millis);
    }

    private static MediaParameters withNoise() {
        PayloadTypeMap map = PayloadTypeMap.of(List.of(), List.of(), List.of(new NoiseFormat(13, 8_000)));
        return sending(G711.ULAW, map.with(new Redundancy(SENT_AS, RECEIVED_AS, 8_000)), 20);
    }

    private static MediaParameters sending(Codec codec, PayloadTypeMap received, int millis) {
        return new MediaParameters(
                new InetSocketAddress("192.0.2.1", 4000),
                null,
                PayloadFormat.ofStatic(codec),
                new TelephoneEvents(EVENTS, 8_000),
                received,
                millis,
                MediaDirection.SENDRECV,
                new Keying.Clear());
    }
}
