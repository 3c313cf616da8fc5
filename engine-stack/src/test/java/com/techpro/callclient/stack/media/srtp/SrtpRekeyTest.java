// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which roll-over counter the first packet under a key has: senders keep it when keys change (RFC 3711 §3.3.1), or begin again, or were long on the way. */
class SrtpRekeyTest {
    private static final int SSRC = 0xcafebabe;
    /** RFC 3711 B.3. */
    private static final String MASTER = "e1f97a0d3e018be0d64fa32c06de4139" + "0ec675ad498afeebb6960b3aabe6";

    private static final String TEXT = "Gallia est omnis";
    /**
     * SSRC, payload type 0, {@link #TEXT}; roll-over counter 2 with sequence numbers 0xfffe and 0xffff, then 3 with 0 and 1. Made by another program, from the RFCs, on
     * OpenSSL's AES, HMAC and GCM.
     */
    private static final String[] CM_80 = {
        "8000fffe009ffec0cafebabe215ba9d91ebeac4e535984fdf8579ede3e0cc16fd70b313cf972",
        "8000ffff009fff60cafebabee057940a7b26b6dc42a530c525ef7614624cc4a3ec4eb7a7604a",
        "8000000000000000cafebabed2f02e4d1dc5a2eaaa7edb8aa53a0dc325c6622cc6fbe82740ea",
        "80000001000000a0cafebabe900f3454d7d714b15d6e14ce519d238901bc1498547fe9b483e5"
    };

    private static final String[] GCM_128 = {
        "8000fffe009ffec0cafebabe68c73f6b5e6be5dda43c607e3161960d089b95818a84f8b0f703ddb8e85a0eb7",
        "8000ffff009fff60cafebabe9583cfa39ba7fccebd640cda09d2a1f27447ffa574f764a96497d62ad831e444",
        "8000000000000000cafebabe56fd477fec1bf294cc1e7fbf2048866f68ddae044f6b7992dc6cb4b2056bf13f",
        "80000001000000a0cafebabeac9b3d85fc874dca42eb98b71575f3379e93e6b855d0537d95174f933470104c"
    };

    private final Random random = Seeds.random(3711);

    @Test
    void vectors_around_the_wrap_are_opened_after_a_change_of_keys_whichever_comes_first() {
        for (int first = 0; first < 4; first++) {
            for (String[] vectors : List.of(CM_80, GCM_128)) {
                SrtpSuite suite = vectors == CM_80 ? SrtpSuite.AES_CM_128_HMAC_SHA1_80 : SrtpSuite.AEAD_AES_128_GCM;
                byte[] master =
                        HexFormat.of().parseHex(MASTER.substring(0, 2 * (suite.keyLength() + suite.saltLength())));
                // Given a receiver that has followed the source up to 0xfffd of its third round
                SrtpContext receiver =
                        heardInRound(2, 0xfffd, suite).rekeyed(new SrtpKeys(suite, master, SrtpKeys.MAX_LIFETIME));
                for (int i = first; i < first + 4; i++) {
                    ByteBuffer packet = ByteBuffer.wrap(HexFormat.of().parseHex(vectors[i % 4]));
                    assertThat(receiver.unprotectRtp(packet))
                            .as("%s, first %d, packet %d", suite, first, i % 4)
                            .isEqualTo(SrtpStatus.OK);
                    byte[] payload = new byte[TEXT.length()];
                    packet.position(RtpPacket.FIXED_HEADER);
                    packet.get(payload);
                    assertThat(new String(payload, StandardCharsets.US_ASCII)).isEqualTo(TEXT);
                    assertThat(receiver.unprotectRtp(
                                    ByteBuffer.wrap(HexFormat.of().parseHex(vectors[i % 4]))))
                            .isEqualTo(SrtpStatus.REPLAYED);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sender_that_keeps_its_counter_is_heard_from_its_first_packet(SrtpSuite suite) {
        for (int round : new int[] {0, 1, 2, 7, 40}) {
            for (int sequence : new int[] {0, 3, 0x7fff, 0x8000, 0xfffe}) {
                SrtpKeys keys = SrtpKeys.generate(suite, random);
                int first = Math.max(2, (round << 16) + sequence);
                SrtpContext sender = senderInRound(keys, SSRC, first - 1 >>> 16, first - 1 & 0xffff);
                SrtpContext receiver = heardInRound(first - 2 >>> 16, first - 2 & 0xffff, suite)
                        .rekeyed(keys);
                assertThat(receiver.unprotectRtp(next(sender, SSRC, first & 0xffff)))
                        .as("round %d, %x", round, sequence)
                        .isEqualTo(SrtpStatus.OK);
                assertThat(receiver.unprotectRtp(next(sender, SSRC, first + 1 & 0xffff)))
                        .isEqualTo(SrtpStatus.OK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sender_that_begins_its_counter_again_is_heard_from_its_first_packet(SrtpSuite suite) {
        for (int first : new int[] {0xfffd, 0x0002}) {
            SrtpKeys keys = SrtpKeys.generate(suite, random);
            SrtpContext receiver = heardInRound(5, 0xfffc, suite).rekeyed(keys);
            // Given a sender that began at 0xfffd with a counter of 0; or what it sent before its wrap was lost
            SrtpContext sender = new SrtpContext(keys);
            for (int i = 0xfffd; i < 0x10010; i++) {
                ByteBuffer packet = next(sender, SSRC, i & 0xffff);
                if (first == 0xfffd || i > 0x10001) {
                    assertThat(receiver.unprotectRtp(packet)).as("%x", i).isEqualTo(SrtpStatus.OK);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 17, 31})
    void the_rollover_counter_of_a_source_joined_late_is_found_within_a_few_packets(int round) {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, random);
        SrtpContext sender = senderInRound(keys, SSRC, round, 500);
        var receiver = new SrtpContext(keys);
        int lost = 0;
        int sequence = 501;
        while (receiver.unprotectRtp(next(sender, SSRC, sequence++)) == SrtpStatus.AUTH_FAILED) {
            lost++;
            assertThat(lost).isLessThan(12);
        }
        assertThat(lost).isLessThanOrEqualTo(round < 2 ? 0 : 10);
        for (int i = 0; i < 10; i++) {
            assertThat(receiver.unprotectRtp(next(sender, SSRC, sequence++))).isEqualTo(SrtpStatus.OK);
        }
    }

    @Test
    void forged_packets_are_refused_as_they_were_and_do_not_hide_the_true_ones() {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
        SrtpContext receiver =
                heardInRound(3, 100, SrtpSuite.AES_CM_128_HMAC_SHA1_80).rekeyed(keys);
        var stranger = new SrtpContext(SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random));
        for (int i = 0; i < 1000; i++) {
            ByteBuffer forged = next(stranger, i % 20 == 0 ? SSRC : i % 50, i);
            byte[] before = forged.array().clone();
            assertThat(receiver.unprotectRtp(forged)).isEqualTo(SrtpStatus.AUTH_FAILED);
            assertThat(forged.array()).isEqualTo(before);
        }
        assertThat(receiver.unprotectRtp(next(senderInRound(keys, SSRC, 3, 101), SSRC, 102)))
                .isEqualTo(SrtpStatus.OK);
    }

    /** A receiver, under a key of its own, whose highest packet is this one. */
    private SrtpContext heardInRound(int round, int sequence, SrtpSuite suite) {
        SrtpKeys keys = SrtpKeys.generate(suite, random);
        var sender = new SrtpContext(keys);
        var receiver = new SrtpContext(keys);
        for (int place : places(round, sequence)) {
            assertThat(receiver.unprotectRtp(next(sender, SSRC, place))).isEqualTo(SrtpStatus.OK);
        }
        return receiver;
    }

    private SrtpContext senderInRound(SrtpKeys keys, int ssrc, int round, int sequence) {
        var sender = new SrtpContext(keys);
        for (int place : places(round, sequence)) {
            next(sender, ssrc, place);
        }
        return sender;
    }

    /** Few sequence numbers on the way there. */
    private static int[] places(int round, int sequence) {
        int[] places = new int[4 * round + 4];
        int count = 0;
        for (int i = 0; i < 4 * round; i++) {
            places[count++] = 0x4000 * (i % 4);
        }
        for (int place = 0; place < sequence && place < 0xc001; place += 0x4000) {
            places[count++] = place;
        }
        int[] all = Arrays.copyOf(places, count + 1);
        all[count] = sequence;
        return all;
    }

    private ByteBuffer next(SrtpContext sender, int ssrc, int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 160 + SrtpContext.MAX_TRAILER);
        RtpPacket.writeHeader(packet, false, 0, sequence, sequence * 160, ssrc);
        byte[] payload = new byte[160];
        random.nextBytes(payload);
        packet.put(payload).flip();
        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        return packet;
    }
}
