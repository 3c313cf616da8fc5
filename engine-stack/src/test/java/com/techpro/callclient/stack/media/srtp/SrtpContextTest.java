// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextTest {
    private static final int SSRC = 0xcafebabe;

    private final Random random = Seeds.random(3711);

    @ParameterizedTest
    @EnumSource
    void a_protected_packet_comes_back_whole_and_is_longer_by_the_tag(SrtpSuite suite) {
        var pair = new Pair(suite);
        for (int sequence = 0; sequence < 300; sequence++) {
            ByteBuffer packet = rtp(SSRC, sequence);
            byte[] clear = bytes(packet);

            assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.remaining()).isEqualTo(clear.length + suite.rtpTagLength());
            assertThat(Arrays.copyOfRange(bytes(packet), 12, 44)).isNotEqualTo(Arrays.copyOfRange(clear, 12, 44));

            assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(bytes(packet)).isEqualTo(clear);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_protected_report_comes_back_whole(SrtpSuite suite) {
        var pair = new Pair(suite);
        for (int i = 0; i < 300; i++) {
            ByteBuffer packet = rtcp(SSRC);
            byte[] clear = bytes(packet);

            assertThat(pair.sender.protectRtcp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.remaining()).isEqualTo(clear.length + 4 + suite.rtcpTagLength());
            assertThat(Arrays.copyOfRange(bytes(packet), 8, clear.length))
                    .isNotEqualTo(Arrays.copyOfRange(clear, 8, clear.length));

            assertThat(pair.receiver.unprotectRtcp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(bytes(packet)).isEqualTo(clear);
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_bit_changed_is_noticed(SrtpSuite suite) {
        var pair = new Pair(suite);
        ByteBuffer rtp = rtp(SSRC, 1);
        assertThat(pair.sender.protectRtp(rtp)).isEqualTo(SrtpStatus.OK);
        ByteBuffer rtcp = rtcp(SSRC);
        assertThat(pair.sender.protectRtcp(rtcp)).isEqualTo(SrtpStatus.OK);

        for (int bit = 0; bit < rtp.remaining() * 8; bit++) {
            assertThat(pair.receiver.unprotectRtp(flipped(rtp, bit)))
                    .as("RTP bit %d", bit)
                    .isNotEqualTo(SrtpStatus.OK);
        }
        for (int bit = 0; bit < rtcp.remaining() * 8; bit++) {
            assertThat(pair.receiver.unprotectRtcp(flipped(rtcp, bit)))
                    .as("RTCP bit %d", bit)
                    .isNotEqualTo(SrtpStatus.OK);
        }
        // Then none of the forgeries disturbed what the true packet finds
        assertThat(pair.receiver.unprotectRtp(rtp)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtcp(rtcp)).isEqualTo(SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    void another_key_does_not_open_it(SrtpSuite suite) {
        ByteBuffer packet = rtp(SSRC, 1);
        assertThat(new Pair(suite).sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(new Pair(suite).receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.AUTH_FAILED);
    }

    @Test
    void a_packet_is_accepted_once() {
        var pair = new Pair(SrtpSuite.AEAD_AES_128_GCM);
        ByteBuffer packet = rtp(SSRC, 7);
        assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        ByteBuffer copy = copy(packet);

        assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(copy)).isEqualTo(SrtpStatus.REPLAYED);
    }

    @ParameterizedTest
    @EnumSource
    void a_report_is_accepted_once(SrtpSuite suite) {
        var pair = new Pair(suite);
        ByteBuffer first = rtcp(SSRC);
        ByteBuffer second = rtcp(SSRC);
        assertThat(pair.sender.protectRtcp(first)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.sender.protectRtcp(second)).isEqualTo(SrtpStatus.OK);
        ByteBuffer firstAgain = copy(first);
        ByteBuffer secondAgain = copy(second);

        assertThat(pair.receiver.unprotectRtcp(second)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtcp(first)).as("overtaken").isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtcp(secondAgain)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(pair.receiver.unprotectRtcp(firstAgain)).isEqualTo(SrtpStatus.REPLAYED);
    }

    @Test
    void packets_may_be_overtaken_within_the_window_but_not_further() {
        // Given 200 packets
        var pair = new Pair(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        ByteBuffer[] packets = new ByteBuffer[200];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = rtp(SSRC, i);
            assertThat(pair.sender.protectRtp(packets[i])).isEqualTo(SrtpStatus.OK);
        }
        // When the last one comes first
        assertThat(pair.receiver.unprotectRtp(packets[199])).isEqualTo(SrtpStatus.OK);
        // Then the 127 before it are still taken, each once, and older ones are not
        for (int i = 198; i >= 0; i--) {
            SrtpStatus expected = i > 199 - ReplayWindow.SIZE ? SrtpStatus.OK : SrtpStatus.REPLAYED;
            ByteBuffer again = copy(packets[i]);
            assertThat(pair.receiver.unprotectRtp(packets[i]))
                    .as("packet %d", i)
                    .isEqualTo(expected);
            assertThat(pair.receiver.unprotectRtp(again)).isEqualTo(SrtpStatus.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_roll_over_counter_follows_several_wraps_with_loss_and_reordering(SrtpSuite suite) {
        var pair = new Pair(suite);
        ByteBuffer held = null;
        for (int i = 0; i < 3 * 65536; i++) {
            ByteBuffer packet = rtp(SSRC, i & 0xFFFF);
            assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            int place = i & 0xFFFF;
            boolean nearWrap = place < 4 || place > 0xFFFB;
            if (!nearWrap && i % 977 != 0) {
                continue;
            }
            if (place == 0xFFFF) {
                held = packet;
            } else if (place == 1 && held != null) {
                assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
                assertThat(pair.receiver.unprotectRtp(held)).isEqualTo(SrtpStatus.OK);
            } else {
                assertThat(pair.receiver.unprotectRtp(packet))
                        .as("packet %d", i)
                        .isEqualTo(SrtpStatus.OK);
            }
        }
    }

    /** RFC 3711 §3.3.1: the sender began at 65,530, and the packets up to the wrap were lost. */
    @ParameterizedTest
    @EnumSource
    void a_source_with_packets_lost_before_the_sequence_wrap_is_accepted(SrtpSuite suite) {
        var pair = new Pair(suite);
        List<ByteBuffer> sent = new ArrayList<>();
        for (int i = 65_530; i < 65_550; i++) {
            ByteBuffer packet = rtp(SSRC, i & 0xFFFF);
            assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            sent.add(packet);
        }
        byte[] clear = bytes(rtp(SSRC, 3));
        ByteBuffer first = sent.get(9);
        assertThat(pair.receiver.unprotectRtp(first)).isEqualTo(SrtpStatus.OK);
        assertThat(bytes(first)).hasSameSizeAs(clear);
        // And what was only overtaken is heard from either side of the wrap, once
        assertThat(pair.receiver.unprotectRtp(copy(sent.get(5)))).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(copy(sent.get(5)))).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(pair.receiver.unprotectRtp(sent.get(10))).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(sent.get(8))).isEqualTo(SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    void reports_that_come_first_do_not_spoil_the_guess(SrtpSuite suite) {
        var pair = new Pair(suite);
        ByteBuffer report = rtcp(SSRC);
        assertThat(pair.sender.protectRtcp(report)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtcp(report)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.sender.protectRtp(rtp(SSRC, 65_535))).isEqualTo(SrtpStatus.OK);
        ByteBuffer packet = rtp(SSRC, 0);
        assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_packet_is_as_it_was_and_a_guess_is_made_for_the_first_only(SrtpSuite suite) {
        var pair = new Pair(suite);
        var stranger = new Pair(suite);
        ByteBuffer forged = rtp(SSRC, 3);
        assertThat(stranger.sender.protectRtp(forged)).isEqualTo(SrtpStatus.OK);
        byte[] before = bytes(forged);
        assertThat(pair.receiver.unprotectRtp(forged)).isEqualTo(SrtpStatus.AUTH_FAILED);
        assertThat(bytes(forged)).isEqualTo(before);

        // Given a source that began at 0: there is nothing before its wrap, and no second guess once it is known
        ByteBuffer known = rtp(SSRC, 0);
        assertThat(pair.sender.protectRtp(known)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(known)).isEqualTo(SrtpStatus.OK);
        var later = new SrtpContext(pair.keys);
        assertThat(later.protectRtp(rtp(SSRC, 65_535))).isEqualTo(SrtpStatus.OK);
        ByteBuffer wrapped = rtp(SSRC, 1);
        assertThat(later.protectRtp(wrapped)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(wrapped)).isEqualTo(SrtpStatus.AUTH_FAILED);
    }

    @Test
    void the_same_sequence_number_is_never_protected_twice() {
        var pair = new Pair(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(pair.sender.protectRtp(rtp(SSRC, 9))).isEqualTo(SrtpStatus.OK);
        ByteBuffer again = rtp(SSRC, 9);
        byte[] before = bytes(again);

        assertThat(pair.sender.protectRtp(again)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(bytes(again)).isEqualTo(before);
    }

    @Test
    void sources_are_kept_apart_and_bounded() {
        var pair = new Pair(SrtpSuite.AEAD_AES_128_GCM);
        for (int source = 0; source < SrtpSources.MAX; source++) {
            ByteBuffer packet = rtp(source, 5);
            assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
        }
        assertThat(pair.sender.protectRtp(rtp(SrtpSources.MAX, 5))).isEqualTo(SrtpStatus.TOO_MANY_SOURCES);
    }

    @Test
    void forged_sources_take_no_room() {
        var pair = new Pair(SrtpSuite.AEAD_AES_128_GCM);
        var stranger = new Pair(SrtpSuite.AEAD_AES_128_GCM);
        for (int source = 0; source < SrtpSources.MAX; source++) {
            ByteBuffer forged = rtp(source, 5);
            assertThat(stranger.sender.protectRtp(forged)).isEqualTo(SrtpStatus.OK);
            assertThat(pair.receiver.unprotectRtp(forged)).isEqualTo(SrtpStatus.AUTH_FAILED);
        }
        ByteBuffer packet = rtp(SSRC, 5);
        assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void a_key_protects_no_more_packets_than_its_lifetime() {
        SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        var context = new SrtpContext(new SrtpKeys(suite, new byte[30], 3));
        for (int sequence = 0; sequence < 3; sequence++) {
            assertThat(context.protectRtp(rtp(SSRC, sequence))).isEqualTo(SrtpStatus.OK);
            assertThat(context.protectRtcp(rtcp(SSRC))).isEqualTo(SrtpStatus.OK);
        }
        assertThat(context.protectRtp(rtp(SSRC, 3))).isEqualTo(SrtpStatus.KEY_EXPIRED);
        assertThat(context.protectRtcp(rtcp(SSRC))).isEqualTo(SrtpStatus.KEY_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void a_report_that_says_it_is_clear_is_refused(SrtpSuite suite) {
        var pair = new Pair(suite);
        ByteBuffer packet = rtcp(SSRC);
        assertThat(pair.sender.protectRtcp(packet)).isEqualTo(SrtpStatus.OK);
        int word = packet.limit() - 4 - (suite.isAead() ? 0 : suite.rtcpTagLength());
        packet.put(word, (byte) 0);

        assertThat(pair.receiver.unprotectRtcp(packet)).isEqualTo(SrtpStatus.NOT_ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void a_short_packet_is_malformed_and_a_full_buffer_has_no_room(SrtpSuite suite) {
        var pair = new Pair(suite);
        for (int length = 0; length < 12 + suite.rtpTagLength(); length++) {
            byte[] start = Arrays.copyOf(new byte[] {(byte) 0x80}, length);
            assertThat(pair.receiver.unprotectRtp(ByteBuffer.wrap(start))).isEqualTo(SrtpStatus.MALFORMED);
        }
        for (int length = 0; length < 8 + 4 + suite.rtcpTagLength(); length++) {
            assertThat(pair.receiver.unprotectRtcp(ByteBuffer.wrap(new byte[length])))
                    .isEqualTo(SrtpStatus.MALFORMED);
        }
        assertThat(pair.sender.protectRtp(ByteBuffer.wrap(bytes(rtp(SSRC, 1))))).isEqualTo(SrtpStatus.NO_ROOM);
        assertThat(pair.sender.protectRtcp(ByteBuffer.wrap(bytes(rtcp(SSRC))))).isEqualTo(SrtpStatus.NO_ROOM);
    }

    @ParameterizedTest
    @EnumSource
    void a_report_between_two_packets_has_keys_of_its_own(SrtpSuite suite) {
        var pair = new Pair(suite);
        var other = new SrtpContext(pair.keys);
        for (int sequence = 0; sequence < 5; sequence++) {
            ByteBuffer packet = rtp(SSRC, sequence);
            ByteBuffer report = rtcp(SSRC);
            byte[] sound = bytes(packet);
            byte[] figures = bytes(report);

            assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(pair.sender.protectRtcp(report)).isEqualTo(SrtpStatus.OK);

            // Then one reads only packets and another only reports
            assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(other.unprotectRtcp(report)).isEqualTo(SrtpStatus.OK);
            assertThat(bytes(packet)).isEqualTo(sound);
            assertThat(bytes(report)).isEqualTo(figures);
        }
    }

    @Test
    void packets_may_sit_anywhere_in_their_buffer() {
        var pair = new Pair(SrtpSuite.AES_CM_128_HMAC_SHA1_32);
        ByteBuffer whole = ByteBuffer.allocate(400);
        whole.position(17);
        ByteBuffer packet = whole.slice();
        packet.position(5);
        packet.put(bytes(rtp(SSRC, 1)));
        packet.limit(packet.position()).position(5);
        byte[] clear = bytes(packet);

        assertThat(pair.sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(pair.receiver.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(bytes(packet)).isEqualTo(clear);
    }

    private ByteBuffer rtp(int ssrc, int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 160 + SrtpContext.MAX_TRAILER);
        RtpPacket.writeHeader(packet, false, 0, sequence, sequence * 160, ssrc);
        byte[] payload = new byte[160];
        random.nextBytes(payload);
        packet.put(payload).flip();
        return packet;
    }

    private ByteBuffer rtcp(int ssrc) {
        ByteBuffer packet = ByteBuffer.allocate(64 + SrtpContext.MAX_TRAILER);
        byte[] body = new byte[20];
        random.nextBytes(body);
        packet.putInt(0x80c80006).putInt(ssrc).put(body).flip();
        return packet;
    }

    private static ByteBuffer flipped(ByteBuffer packet, int bit) {
        ByteBuffer copy = copy(packet);
        copy.put(bit / 8, (byte) (copy.get(bit / 8) ^ 1 << bit % 8));
        return copy;
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.wrap(bytes(packet));
    }

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private final class Pair {
        final SrtpKeys keys;
        final SrtpContext sender;
        final SrtpContext receiver;

        Pair(SrtpSuite suite) {
            keys = SrtpKeys.generate(suite, random);
            sender = new SrtpContext(keys);
            receiver = new SrtpContext(keys);
        }
    }
}
