// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets of redundant audio data (RFC 2198), octet by octet, at a receiver. */
class RedundantPacketsTest {
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 4000);
    private static final int RED = 97;
    private static final int EVENTS = 101;
    private static final int FRAME = 160;
    private static final int SSRC = 0x12345678;

    private final DropCounters drops = new DropCounters();
    private final List<String> digits = new ArrayList<>();
    private final SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
    private final MediaParameters parameters = new MediaParameters(
            FAR,
            null,
            PayloadFormat.ofStatic(G711.ULAW),
            new TelephoneEvents(EVENTS, 8_000),
            PayloadTypeMap.of(List.of(), List.of(new TelephoneEvents(EVENTS, 8_000)))
                    .with(new Redundancy(RED, RED, 8_000)),
            20,
            MediaDirection.SENDRECV,
            new Keying.Sdes(keys, keys));
    private final AudioReceiver receiver = new AudioReceiver(
            drops, PayloadFormat.ofStatic(G711.ULAW), (digit, length) -> digits.add(String.valueOf(digit)));
    private final RtpPacket view = new RtpPacket();
    private final short[] frame = new short[FRAME];
    private int sequence = 65_530;
    private int timestamp = -5 * FRAME;
    private long now;

    RedundantPacketsTest() {
        receiver.expects(true);
    }

    @Test
    void the_block_of_a_lost_packet_is_played_in_its_place() {
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 5) {
                lose();
            } else {
                packet(RED, red(0, 160, sound(i - 1), 0, sound(i)));
            }
        }

        // The first loss meets a buffer that does not wait yet.
        assertThat(receiver.playout().recovered()).isEqualTo(10);
        assertThat(receiver.playout().concealed()).isLessThanOrEqualTo(FRAME);
        assertThat(receiver.sources().lost()).isEqualTo(10);
        assertThat(drops.snapshot()).isEqualTo(MediaStatistics.Drops.NONE);
    }

    /** What was sent by another codec before a change is played by that. */
    @Test
    void a_block_may_be_of_another_codec_with_the_same_clock() {
        for (int i = 0; i < 50; i++) {
            if (i == 30) {
                lose();
            } else {
                packet(RED, red(8, 160, sound(i - 1), 0, sound(i)));
            }
        }
        assertThat(receiver.playout().recovered()).isOne();
        assertThat(drops.unknownPayload).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // nested, unknown, an event, of another clock
        "97, 160, 0, 1, 0",
        "55, 160, 0, 1, 0",
        "101, 160, 0, 1, 0",
        // as early as the primary block, and between two packets
        "0, 0, 0, 0, 0",
        "0, 100, 0, 0, 0",
        // further back than anything waits, and what nobody sent
        "0, 16320, 0, 0, 0",
        // the primary block itself is nested or unknown
        "0, 160, 97, 1, 0",
        "0, 160, 55, 1, 0",
    })
    void a_block_that_is_not_of_the_call_is_not_played(int block, int offset, int primary, int unknown, int malformed) {
        talk(20);
        lose();
        packet(RED, red(block, offset, sound(1), primary, sound(2)));
        talk(20);

        assertThat(receiver.playout().recovered()).isZero();
        assertThat(drops.unknownPayload).isEqualTo(unknown);
        assertThat(drops.malformed).isEqualTo(malformed);
        assertThat(receiver.playout().buffer().late()).isZero();
    }

    @Test
    void a_truncated_payload_is_counted_and_its_number_is_not_lost() {
        talk(20);
        byte[] whole = red(0, 160, sound(1), 0, new byte[0]);
        for (int length = 0; length < whole.length; length += 15) {
            packet(RED, Arrays.copyOf(whole, length));
        }
        talk(20);

        assertThat(drops.malformed).isEqualTo(11);
        assertThat(receiver.sources().lost()).isZero();
        assertThat(receiver.playout().recovered()).isZero();
    }

    /** RFC 4733 §2.5.2 has events repeat themselves, and they may be the primary block. */
    @Test
    void a_key_in_the_primary_block_is_heard() {
        talk(5);
        byte[] end = {5, (byte) 0x8A, 0x03, 0x20};
        packet(RED, red(EVENTS, 160, new byte[] {5, 0x0A, 0x02, (byte) 0x80}, EVENTS, end));

        assertThat(digits).containsExactly("5");
    }

    @Test
    void on_hold_nothing_is_recovered() {
        MediaParameters held = parameters.withDirection(MediaDirection.SENDONLY);
        receiver.expects(false);
        for (int i = 0; i < 20; i++) {
            receive(held, RED, red(0, 160, sound(i - 1), 0, sound(i)));
        }
        assertThat(drops.unwanted).isEqualTo(20);
        assertThat(receiver.playout().recovered()).isZero();
    }

    @Test
    void without_an_agreement_it_is_an_unknown_payload_type() {
        receive(
                new MediaParameters(
                        FAR, null, PayloadFormat.ofStatic(G711.ULAW), EVENTS, MediaDirection.SENDRECV, keys, keys),
                RED,
                red(0, 160, sound(0), 0, sound(1)));
        assertThat(drops.unknownPayload).isOne();
    }

    @Test
    void seeded_octets_are_played_or_counted() {
        Random random = Seeds.random(2198);
        int[] types = {0, 0, 0, 0, 8, RED, EVENTS, 13, 55};
        int[] lengths = {160, 160, 160, 80, 0, 200};
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(800)];
            random.nextBytes(payload);
            int blocks = random.nextInt(4);
            for (int b = 0; b < blocks && payload.length > 4 * b + 4; b++) {
                int length = lengths[random.nextInt(lengths.length)];
                RedPayload.writeBlockHeader(
                        payload, 4 * b, types[random.nextInt(types.length)], 80 * random.nextInt(6), length);
                payload[4 * b + 4] = (byte) types[random.nextInt(types.length)];
            }
            if (random.nextInt(8) == 0) {
                lose();
            }
            packet(RED, payload);
        }
        assertThat(drops.malformed).isPositive();
        assertThat(drops.unknownPayload).isPositive();
        assertThat(receiver.playout().recovered()).isPositive();
        assertThat(drops.faults).isZero();
    }

    private void talk(int packets) {
        for (int i = 0; i < packets; i++) {
            packet(0, sound(i));
        }
    }

    private void packet(int payloadType, byte[] payload) {
        receive(parameters, payloadType, payload);
    }

    private void receive(MediaParameters agreed, int payloadType, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        RtpPacket.writeHeader(packet, false, payloadType, sequence, timestamp, SSRC);
        packet.put(payload).flip();
        assertThat(view.wrap(packet)).isTrue();
        receiver.received(agreed, view, packet, FAR, now);
        lose();
    }

    /** A frame passes without a packet. */
    private void lose() {
        receiver.playout().next(frame, (int) (now / 125_000));
        sequence++;
        timestamp += FRAME;
        now += 20_000_000;
    }

    private static byte[] sound(int packet) {
        byte[] sound = new byte[FRAME];
        Arrays.fill(sound, (byte) packet);
        return sound;
    }

    private static byte[] red(int type, int offset, byte[] block, int primaryType, byte[] primary) {
        byte[] whole = new byte[5 + block.length + primary.length];
        RedPayload.writeBlockHeader(whole, 0, type, offset, block.length);
        whole[4] = (byte) primaryType;
        System.arraycopy(block, 0, whole, 5, block.length);
        System.arraycopy(primary, 0, whole, 5 + block.length, primary.length);
        return whole;
    }
}
