// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import com.techpro.callclient.stack.media.rtp.xr.XrPacket;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever arrives as media is understood or refused, without an exception. Campaigns run with the {@code fuzz} tag; seeded ones always. */
class MediaFuzzTest {
    private static final int LONGEST_PACKET = Playout.LONGEST_PACKET_MILLIS * 8;
    private static final RtcpPacket.Reader DEAF = new RtcpPacket.Reader() {
        @Override
        public void reporter(int ssrc) {}

        @Override
        public void senderReport(int ssrc, int ntpMiddle, int rtpTimestamp, long packets, long octets) {}

        @Override
        public void reportBlock(int by, int about, int fraction, int lost, long jitter, int report, int delay) {}

        @Override
        public void goodbye(int ssrc) {}

        @Override
        public void extendedReport(ByteBuffer packet, int from, int end) {
            boolean unused = XrPacket.read(packet, from, end, DEAF_TO_BLOCKS);
        }
    };
    private static final XrPacket.Reader DEAF_TO_BLOCKS = new XrPacket.Reader() {
        @Override
        public void referenceTime(int reporter, int ntpMiddle) {}

        @Override
        public void delaySinceReference(int to, int lastReference, int delaySince) {}

        @Override
        public void lossRle(int about, int packets, int lost, int longestRun) {
            assertThat(packets).isBetween(0, 0xFFFF);
            assertThat(lost).isBetween(0, packets);
            assertThat(longestRun).isBetween(0, lost);
        }

        @Override
        public void summary(int about, long lost, long duplicates, long meanJitter) {}

        @Override
        public void voipMetrics(int about, VoipMetrics metrics) {}
    };

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_packet(byte[] bytes) {
        check(bytes);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_crypto_attribute(byte[] bytes) {
        checkCrypto(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_order_of_packets(byte[] bytes) {
        checkPlayout(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_packet")
    void replayed_packets(byte[] input) {
        check(input);
    }

    @ParameterizedTest
    @CorpusSource("any_crypto_attribute")
    void replayed_crypto_attributes(byte[] input) {
        checkCrypto(new String(input, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CorpusSource("any_order_of_packets")
    void replayed_orders_of_packets(byte[] input) {
        checkPlayout(input);
    }

    @Test
    void seeded_packets() {
        var random = Seeds.random(3550);
        for (int i = 0; i < Corpus.share(20_000); i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && i % 4 != 0) {
                bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
                bytes[1] = i % 4 == 1 ? (byte) (200 + random.nextInt(5)) : bytes[1];
            }
            check(bytes);
        }
    }

    @Test
    void seeded_extended_reports() {
        var random = Seeds.random(3611);
        for (int i = 0; i < Corpus.share(20_000); i++) {
            ByteBuffer packet = ByteBuffer.allocate(8 + 4 * random.nextInt(40));
            random.nextBytes(packet.array());
            // An empty receiver report, and blocks of the types that are read
            packet.putInt(0, 0x80C9_0001);
            if (packet.capacity() >= 16) {
                packet.putInt(8, 0x80CF_0000 | packet.capacity() / 4 - 3);
            }
            int at = 16;
            while (at + 4 <= packet.capacity() && i % 8 != 0) {
                int words = random.nextInt(12);
                packet.putInt(at, random.nextInt(9) << 24 | random.nextInt(256) << 16 | words);
                at += 4 * (words + 1);
            }
            check(packet.array());
        }
    }

    @Test
    void seeded_crypto_attributes() {
        var random = Seeds.random(4568);
        String valid =
                SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random).toCryptoAttribute(1) + "|2^20|1:4 WSH=64";
        for (int i = 0; i < Corpus.share(20_000); i++) {
            var text = new StringBuilder(valid);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.setCharAt(at, " |:^;=-0129A/\u0080".charAt(random.nextInt(14)));
                } else {
                    text.deleteCharAt(at);
                }
            }
            checkCrypto(text.toString());
        }
    }

    @Test
    void seeded_orders_of_packets() {
        var random = Seeds.random(711);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(600)];
            random.nextBytes(bytes);
            checkPlayout(bytes);
        }
    }

    private static void check(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        var view = new RtpPacket();
        if (view.wrap(packet)) {
            assertThat(view.payloadStart() + view.payloadLength()).isLessThanOrEqualTo(bytes.length);
            for (int i = 0; i < view.csrcCount(); i++) {
                assertThat(view.csrc(i) & 0xFFFF_FFFFL).isNotNegative();
            }
            new TelephoneEventReceiver((digit, length) -> {})
                    .received(view.timestamp(), packet, view.payloadStart(), view.payloadLength(), 8_000, 0);
        }
        RedPayload red = new RedPayload();
        if (red.wrap(bytes, 0, bytes.length)) {
            int end = red.primaryStart();
            for (int block = red.blocks() - 1; block >= 0; block--) {
                assertThat(red.start(block) + red.length(block)).isEqualTo(end);
                end = red.start(block);
            }
            assertThat(red.primaryStart() + red.primaryLength()).isEqualTo(bytes.length);
        }
        RtcpPacket.read(packet, DEAF);
        for (SrtpSuite suite : SrtpSuite.values()) {
            var context = new SrtpContext(new SrtpKeys(suite, new byte[suite.keyLength() + suite.saltLength()], 1000));
            assertThat(context.unprotectRtp(ByteBuffer.wrap(bytes.clone()))).isNotEqualTo(SrtpStatus.OK);
            assertThat(context.unprotectRtcp(ByteBuffer.wrap(bytes.clone()))).isNotEqualTo(SrtpStatus.OK);
            context.protectRtp(ByteBuffer.wrap(bytes.clone()));
            context.protectRtcp(ByteBuffer.wrap(bytes.clone()));
        }
    }

    private static void checkCrypto(String value) {
        CryptoAttribute read = SrtpKeys.parse(value);
        if (read instanceof CryptoAttribute.Usable usable) {
            assertThat(SrtpKeys.parse(usable.keys().toCryptoAttribute(usable.tag())))
                    .isEqualTo(read);
        }
    }

    /** Three octets a step: how the sequence number moves, how the timestamp does, what is done. */
    private static void checkPlayout(byte[] bytes) {
        var playout = new Playout(8_000, 8_000);
        short[] frame = new short[160];
        byte[] payload = new byte[LONGEST_PACKET];
        int sequence = 65_500;
        int timestamp = Integer.MAX_VALUE - 4000;
        int now = 0;
        for (int i = 0; i + 2 < bytes.length; i += 3) {
            sequence = sequence + (bytes[i] % 4 == 0 ? bytes[i] : 1) & 0xFFFF;
            timestamp += bytes[i + 1] % 16 == 0 ? bytes[i + 1] << 8 : 160;
            int what = bytes[i + 2] & 0xFF;
            int length = what % 8 == 0 ? LONGEST_PACKET : what % 8 == 1 ? 1 : 160;
            if (what % 16 == 15) {
                playout.buffer().pass(sequence, timestamp, now);
            } else {
                playout.buffer().insert(sequence, timestamp, now, length, G711.ALAW, payload, 0, length);
            }
            for (int fetches = what >> 6; fetches > 0; fetches--) {
                playout.next(frame, now);
            }
            now += what;
        }
        assertThat(playout.delay()).isNotNegative();
    }
}
