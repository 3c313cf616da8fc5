// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtcpWriter;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, credentials and numbers of media: each is drawn, whole, and once for each use. */
class DrawnKeysTest {
    private final Random random = Seeds.random(1);

    @ParameterizedTest
    @EnumSource
    void RFC3711_9_1_every_master_key_and_salt_is_random(SrtpSuite suite) {
        RandomDraws.assertRandomOctets(() -> SrtpKeys.generate(suite, random).masterKeySalt());
    }

    @Test
    void RFC8445_5_3_ICE_credentials_are_random() {
        RandomDraws.assertRandomText(24, () -> {
            IceCredentials drawn = IceCredentials.random(random);
            return drawn.ufrag() + drawn.password();
        });
    }

    @Test
    void RFC8489_5_STUN_transaction_IDs_are_random() {
        RandomDraws.assertRandomOctets(() -> {
            TransactionId id = TransactionId.random(random);
            return ByteBuffer.allocate(12).putInt(id.high()).putLong(id.low()).array();
        });
    }

    @Test
    void RFC7022_4_2_CNAMEs_are_random() {
        RandomDraws.assertRandomOctets(() -> Base64.getDecoder().decode(RtcpWriter.randomCname(random)));
    }

    /** SSRC, sequence number and timestamp, and the SSRC and number after a collision (§8.2). */
    @Test
    void RFC3550_5_1_a_source_begins_with_random_numbers() {
        RandomDraws.assertRandomOctets(() -> {
            ByteBuffer drawn = ByteBuffer.allocate(16);
            List<RtpPacket> sent = new ArrayList<>();
            AudioSender sender = sender(sent);
            send(sender, 1);
            sender.changeSsrc();
            send(sender, 2);
            RtpPacket first = sent.get(0);
            RtpPacket second = sent.get(1);
            return drawn.putInt(first.timestamp())
                    .putInt(first.ssrc())
                    .putShort((short) first.sequence())
                    .putInt(second.ssrc())
                    .putShort((short) second.sequence())
                    .array();
        });
    }

    /** Of 8,192 pairs. */
    @Test
    void the_port_of_a_call_cannot_be_guessed_from_that_of_another() {
        Set<Integer> ports = new HashSet<>();
        for (int seed = 0; seed < RandomDraws.DRAWS; seed++) {
            try (var call = new TestCall(seed)) {
                ports.add(call.alice.address().getPort());
            }
        }
        assertThat(ports).hasSizeGreaterThan(RandomDraws.DRAWS - 8);
        assertThat(ports.stream().map(port -> port >> 8).distinct()).hasSizeGreaterThan(RandomDraws.DRAWS / 4);
    }

    private AudioSender sender(List<RtpPacket> sent) {
        return new AudioSender(
                random,
                PayloadFormat.ofStatic(G711.ULAW),
                new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(1_000), packet -> {
                    RtpPacket view = new RtpPacket();
                    if (view.wrap(packet)) {
                        sent.add(view);
                    }
                }));
    }

    private static void send(AudioSender sender, int frame) {
        sender.capture(TestCall.RATE).captured(new short[160]);
        sender.serve(
                new MediaParameters(
                        new InetSocketAddress("192.0.2.1", 4000),
                        null,
                        PayloadFormat.ofStatic(G711.ULAW),
                        101,
                        MediaDirection.SENDRECV,
                        null,
                        null),
                frame * 20_000_000L);
    }
}
