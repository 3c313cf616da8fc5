// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Promise S5 for reports that come from behind a NAT, on a port of their own (RFC 4961): they are
 * answered there and at no former place, as long as the call lasts. The SRTCP of the other side is
 * written by hand.
 */
class MovedReportsScenarioTest {
    private static final InetSocketAddress MAPPED = new InetSocketAddress("198.51.100.7", 50_001);
    private static final InetSocketAddress MAPPED_ANEW = new InetSocketAddress("198.51.100.8", 50_002);

    @Test
    void S5_reports_go_where_authentic_ones_come_from_and_nowhere_after_the_call() throws Exception {
        // Bob says nothing, and is not hung up for that here.
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                                3711,
                                SipTransport.UDP,
                                account -> account.keyingPolicy(KeyingPolicy.SDES_ONLY)
                                        .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling()),
                                config -> config.mediaTimeout(Duration.ofMinutes(10)))
                        .registered();
                Port first = new Port(scene, MAPPED);
                Port second = new Port(scene, MAPPED_ANEW)) {
            Call call = scene.answered(ScriptedPhoneSystem.audio(
                    1, "RTP/SAVP 0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + ScriptedPhoneSystem.SDES_KEY));
            InetSocketAddress phone = rtcpOf(scene.pbx.last("SIP/2.0 200"));
            scene.pass(Duration.ofSeconds(10));
            assertThat(reportsTo(scene, new InetSocketAddress(HOST, 40_001))).isPositive();
            assertThat(scene.permits(first.link)).isFalse();

            byte[] forged = report(1);
            forged[forged.length - 1] ^= 1;
            first.link.send(ByteBuffer.wrap(forged), phone);
            scene.pass(Duration.ofSeconds(20));
            assertThat(first.heard).as("of who has no key").isZero();

            first.link.send(ByteBuffer.wrap(report(2)), phone);
            scene.pass(Duration.ofSeconds(20));
            assertThat(first.heard).isPositive();
            assertThat(scene.permits(first.link)).isTrue();

            second.link.send(ByteBuffer.wrap(report(3)), phone);
            scene.pass(Duration.ofSeconds(20));
            assertThat(second.heard).isPositive();
            assertThat(scene.permits(second.link)).isTrue();
            assertThat(scene.permits(first.link)).isFalse();

            scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
            call.hangUp();
            scene.until(() -> call.snapshot().state() == CallState.ENDED);
            scene.pass(Duration.ofSeconds(3));
            assertThat(scene.permits(second.link)).isFalse();
        }
    }

    private static long reportsTo(ScriptedPhoneSystem scene, InetSocketAddress address) {
        return scene.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(address))
                .count();
    }

    /** RFC 3605, or the port above that of sound. */
    private static InetSocketAddress rtcpOf(ScriptedMessage answer) {
        List<String> named = answer.bodyLines("a=rtcp:");
        int rtp = Integer.parseInt(answer.bodyLines("m=audio ").get(0).split(" ")[0]);
        return new InetSocketAddress(
                PHONE, named.isEmpty() ? rtp + 1 : Integer.parseInt(named.get(0).split(" ")[0]));
    }

    /** An empty receiver report under Bob's key (RFC 3711 §3.4): it has nothing in it that is encrypted. */
    private static byte[] report(int index) throws GeneralSecurityException {
        byte[] keyAndSalt = Base64.getDecoder().decode(ScriptedPhoneSystem.SDES_KEY.substring("inline:".length()));
        // RFC 3711 §4.3.1: the key of SRTCP's authentication has label 4
        byte[] start = new byte[16];
        System.arraycopy(keyAndSalt, 16, start, 0, 14);
        start[7] ^= 4;
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        aes.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(keyAndSalt, 16), "AES"),
                new IvParameterSpec(start));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(aes.doFinal(new byte[20]), "HmacSHA1"));
        ByteBuffer packet = ByteBuffer.allocate(22);
        packet.put(new byte[] {(byte) 0x80, (byte) 201, 0, 1}).putInt(0x5e5d).putInt(0x80000000 | index);
        packet.put(mac.doFinal(Arrays.copyOf(packet.array(), 12)), 0, 10);
        return packet.array();
    }

    /** Where the NAT shows Bob's reports to come from. */
    private static final class Port implements AutoCloseable {
        private final DatagramLink link;
        /** Packets of RTCP that came. */
        private int heard;

        Port(ScriptedPhoneSystem scene, InetSocketAddress address) throws IOException {
            link = scene.network
                    .host(address.getHostString())
                    .openDatagram(address, (packet, from) -> heard += packet.get(packet.position()) < 0 ? 1 : 0);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
