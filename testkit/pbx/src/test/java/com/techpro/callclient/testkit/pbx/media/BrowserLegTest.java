// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leg as a browser has it: what its descriptions say, and checks of ICE that are written here, byte by byte (RFC 8489). */
class BrowserLegTest {
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int MAPPED = 0x0020;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int CONTROLLED = 0x8029;
    private static final int CONTROLLING = 0x802A;
    private static final int SUCCESS = 0x0101;
    private static final int ERROR = 0x0111;

    private static final String FINGERPRINT_LINE =
            "a=fingerprint:sha-256 " + String.join(":", Collections.nCopies(32, "D7")) + "\r\n";

    private final VirtualTime time = VirtualTime.seeded(3);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    private final Random random = Seeds.random(3);
    private final List<ByteBuffer> arrived = new ArrayList<>();
    private MediaPlane plane;
    private LegMedia leg;
    private DatagramLink browser;

    @BeforeEach
    void start() throws IOException {
        plane = new MediaPlane(time, network.host("10.0.0.1"), new MediaFaults(random), random, (thread, failure) -> {
            throw new AssertionError(failure);
        });
        leg = leg(false);
        browser = network.host("10.0.0.9").openDatagram(new InetSocketAddress("10.0.0.9", 5004), (packet, from) -> {
            ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
            copy.put(packet).flip();
            arrived.add(copy);
        });
    }

    @AfterEach
    void stop() throws IOException {
        browser.close();
        leg.port().close();
        time.advance(Duration.ofSeconds(1));
        plane.close();
        network.close();
        time.close();
    }

    private LegMedia leg(boolean deadCandidates) throws IOException {
        MediaPolicy policy = new MediaPolicy(List.of(SrtpSuite.values()), true, false, true, deadCandidates, false);
        return new LegMedia(plane.openPort(InetAddress.getByName("10.0.0.1")), policy, random);
    }

    private static Sdp browsersOffer(String protocol, String more) {
        return SdpTest.parse("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE zero one\r\n"
                + "m=audio 9 " + protocol + " 111 0\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n"
                + "a=ice-ufrag:Brow\r\na=ice-pwd:0123456789012345678901\r\na=ice-options:trickle\r\n" + more
                + "a=mid:zero\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
                + "m=video 9 " + protocol + " 96\r\nc=IN IP4 0.0.0.0\r\na=mid:one\r\n");
    }

    private String answer(Sdp offer) {
        Sdp.Section audio = leg.acceptOffer(offer);
        assertThat(audio).isNotNull();
        assertThat(offer.directionOf(audio)).as("no candidate yet is no hold").isEqualTo("sendrecv");
        String answer = new String(leg.answer(audio, "sendrecv"), StandardCharsets.UTF_8);
        time.advance(Duration.ofMillis(10));
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"actpass, passive", "active, passive", "passive, active"})
    void a_DTLS_offer_is_answered_with_a_fingerprint_a_role_and_the_offered_mid(String theirs, String ours) {
        String answer = answer(browsersOffer("UDP/TLS/RTP/SAVPF", "a=setup:" + theirs + "\r\n" + FINGERPRINT_LINE));

        assertThat(answer)
                .contains("UDP/TLS/RTP/SAVPF", "a=setup:" + ours + "\r\n", "a=fingerprint:sha-256 ")
                .contains("a=group:BUNDLE zero\r\n", "a=mid:zero\r\n", "a=rtcp-mux\r\n", "a=ice-lite\r\n")
                .contains("a=candidate:1 1 UDP 2130706431 10.0.0.1 "
                        + leg.port().localAddress().getPort() + " typ host\r\n")
                .contains("m=video 0 UDP/TLS/RTP/SAVPF")
                .doesNotContain("D7:D7", "a=crypto");
    }

    @ParameterizedTest
    @CsvSource({"holdconn, true", "actpass, false"})
    void dtls_without_a_role_or_a_fingerprint_is_refused(String setup, boolean fingerprint) {
        String keys = "a=setup:" + setup + "\r\n" + (fingerprint ? FINGERPRINT_LINE : "");

        assertThat(leg.acceptOffer(browsersOffer("UDP/TLS/RTP/SAVPF", keys))).isNull();
    }

    @Test
    void an_answer_without_a_fingerprint_or_with_other_keys_is_no_answer_to_dtls() {
        leg.offer(SupportedFormats.ALL, "sendrecv");

        assertThat(leg.offersDtls()).isTrue();
        assertThat(leg.acceptAnswer(oneSection("UDP/TLS/RTP/SAVP", "a=setup:active\r\n")))
                .isNull();
        assertThat(leg.acceptAnswer(oneSection("RTP/AVP", ""))).isNull();
        assertThat(leg.acceptAnswer(oneSection("UDP/TLS/RTP/SAVP", "a=setup:actpass\r\n" + FINGERPRINT_LINE)))
                .isNull();
        assertThat(leg.acceptAnswer(oneSection("UDP/TLS/RTP/SAVP", "a=setup:active\r\n" + FINGERPRINT_LINE)))
                .isNotNull();
    }

    private static Sdp oneSection(String protocol, String more) {
        return SdpTest.parse("v=0\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\nm=audio 5004 " + protocol + " 0\r\n" + more);
    }

    @Test
    void where_candidates_are_dead_there_are_no_others() throws IOException {
        LegMedia dead = leg(true);
        String offer = new String(dead.offer(SupportedFormats.ALL, "sendrecv"), StandardCharsets.UTF_8);

        assertThat(offer).contains("a=setup:actpass", "203.0.113.7").doesNotContain("10.0.0.1 ", "ice-lite");
        dead.port().close();
    }

    @Test
    void a_check_is_answered_and_the_nominated_address_is_where_sound_goes() {
        String answer = answer(browsersOffer("RTP/AVP", ""));
        speak();
        assertThat(arrived).as("before anybody asked").isEmpty();

        check(answer, value(answer, "ice-pwd"), CONTROLLING, false);
        assertThat(arrived).hasSize(1);
        assertSuccess(arrived.get(0), value(answer, "ice-pwd"));
        speak();
        assertThat(arrived).as("before it was nominated").hasSize(1);

        check(answer, value(answer, "ice-pwd"), CONTROLLING, true);
        speak();
        assertThat(arrived).hasSize(3);
        assertThat(arrived.get(2).get(0)).isEqualTo((byte) 0x80);
    }

    @Test
    void a_check_with_a_wrong_password_is_unanswered_and_nominates_nothing() {
        String answer = answer(browsersOffer("RTP/AVP", ""));

        check(answer, "another password of 22", CONTROLLING, true);
        speak();

        assertThat(arrived).isEmpty();
        assertThat(plane.packetsRefused()).isEqualTo(1);
    }

    @Test
    void a_device_that_would_be_controlled_is_told_that_it_controls() {
        String answer = answer(browsersOffer("RTP/AVP", ""));

        check(answer, value(answer, "ice-pwd"), CONTROLLED, false);

        assertThat(arrived).hasSize(1);
        assertThat(arrived.get(0).getShort(0) & 0xffff).isEqualTo(ERROR);
        int error = attribute(arrived.get(0), 0x0009);
        assertThat(arrived.get(0).get(error + 2) * 100 + arrived.get(0).get(error + 3))
                .isEqualTo(487);
    }

    @Test
    void another_name_in_checks_begins_ice_anew() {
        Sdp offer = browsersOffer("RTP/AVP", "");
        String first = answer(offer);
        String again = answer(offer);
        String restarted = answer(SdpTest.parse("v=0\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n"
                + "a=ice-ufrag:Anew\r\na=ice-pwd:0123456789012345678901\r\na=rtcp-mux\r\n"));

        assertThat(value(again, "ice-ufrag")).isEqualTo(value(first, "ice-ufrag"));
        assertThat(value(restarted, "ice-ufrag")).isNotEqualTo(value(first, "ice-ufrag"));
        assertThat(value(restarted, "ice-pwd")).isNotEqualTo(value(first, "ice-pwd"));
    }

    private static String value(String sdp, String name) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=" + name + ":"))
                .map(line -> line.substring(name.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    /** One packet of the PBX's own. */
    private void speak() {
        ByteBuffer packet = ByteBuffer.allocate(256);
        packet.put((byte) 0x80).put((byte) 0).position(172);
        packet.flip();
        plane.loop().execute(() -> leg.port().sendRtp(packet));
        time.advance(Duration.ofMillis(50));
    }

    private void check(String answer, String password, int role, boolean nominating) {
        ByteBuffer check = ByteBuffer.allocate(256);
        check.putShort((short) 0x0001).putShort((short) 0).putInt(0x2112A442);
        check.putLong(random.nextLong()).putInt(random.nextInt());
        put(check, USERNAME, (value(answer, "ice-ufrag") + ":Brow").getBytes(StandardCharsets.UTF_8));
        put(check, role, new byte[8]);
        if (nominating) {
            put(check, USE_CANDIDATE, new byte[0]);
        }
        put(check, INTEGRITY, hmac(check, check.position(), password));
        check.putShort(2, (short) (check.position() + 8 - 20));
        put(check, FINGERPRINT, ByteBuffer.allocate(4).putInt(crc(check)).array());
        check.flip();
        browser.send(check, leg.port().localAddress());
        time.advance(Duration.ofMillis(50));
    }

    private void assertSuccess(ByteBuffer response, String password) {
        assertThat(response.getShort(0) & 0xffff).isEqualTo(SUCCESS);
        int mapped = attribute(response, MAPPED);
        assertThat((response.getShort(mapped + 2) ^ 0x2112) & 0xffff).isEqualTo(5004);
        assertThat(response.getInt(mapped + 4) ^ 0x2112A442).isEqualTo(0x0A000009);
        int integrity = attribute(response, INTEGRITY);
        byte[] given = new byte[20];
        response.duplicate().position(integrity).get(given);
        assertThat(given).isEqualTo(hmac(response, integrity - 4, password));
    }

    private static void put(ByteBuffer message, int type, byte[] value) {
        message.putShort((short) type).putShort((short) value.length).put(value);
        message.position((message.position() + 3) & ~3);
    }

    /** Where the value of an attribute begins. */
    private static int attribute(ByteBuffer message, int type) {
        for (int at = 20; at < message.limit(); at += 4 + (message.getShort(at + 2) + 3 & ~3)) {
            if ((message.getShort(at) & 0xffff) == type) {
                return at + 4;
            }
        }
        throw new AssertionError("no attribute " + type);
    }

    /** RFC 8489 §14.5: the length counts up to the attribute itself. */
    private static byte[] hmac(ByteBuffer message, int before, String password) {
        byte[] covered = new byte[before];
        message.duplicate().clear().get(covered);
        ByteBuffer.wrap(covered).putShort(2, (short) (before + 24 - 20));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static int crc(ByteBuffer message) {
        CRC32 crc = new CRC32();
        crc.update(message.array(), 0, message.position());
        return (int) crc.getValue() ^ 0x5354554E;
    }
}
