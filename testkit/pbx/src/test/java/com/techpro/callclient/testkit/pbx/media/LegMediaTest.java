// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LegMediaTest {
    private static final MediaPolicy ENCRYPTED = new MediaPolicy(
            List.of(SrtpSuite.AEAD_AES_128_GCM, SrtpSuite.AES_CM_128_HMAC_SHA1_80), false, false, false, false, false);
    private static final MediaPolicy CLEAR = new MediaPolicy(ENCRYPTED.suites(), true, true, false, false, false);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Random random = Seeds.random(1);
    private MediaPlane plane;

    @BeforeEach
    void start() throws IOException {
        Network host = network.host("10.0.0.1");
        plane = new MediaPlane(time, host, new MediaFaults(random), random, (thread, failure) -> {
            throw new AssertionError(failure);
        });
    }

    @AfterEach
    void stop() {
        plane.close();
        network.close();
        time.close();
    }

    @Test
    void an_offer_is_answered_with_its_first_acceptable_suite_and_a_key_of_our_own() {
        LegMedia leg = leg(ENCRYPTED);
        String offered = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 2);
        Sdp offer = offer(
                "RTP/SAVP",
                "a=rtcp-mux",
                "a=crypto:" + key(SrtpSuite.AES_CM_128_HMAC_SHA1_32, 1),
                "a=crypto:" + offered);

        Sdp.Section audio = leg.acceptOffer(offer);
        Sdp answer = parse(leg.answer(audio, "sendrecv"));

        List<String> crypto = answer.sections().get(0).values("crypto");
        assertThat(crypto).hasSize(1);
        assertThat(crypto.get(0)).startsWith("2 AES_CM_128_HMAC_SHA1_80 ").isNotEqualTo(offered);
        assertThat(answer.sections().get(0).has("rtcp-mux")).isTrue();
        assertThat(answer.sections().get(0).port())
                .isEqualTo(leg.port().localAddress().getPort());
        assertThat(leg.agreed().remoteRtp()).isEqualTo(new InetSocketAddress("192.0.2.1", 4000));
    }

    @Test
    void clear_text_is_refused_where_encryption_is_the_rule_and_accepted_in_a_lab() {
        assertThat(leg(ENCRYPTED).acceptOffer(offer("RTP/AVP"))).isNull();
        assertThat(leg(CLEAR).acceptOffer(offer("RTP/AVP"))).isNotNull();
    }

    @Test
    void an_offer_with_no_suite_of_ours_is_refused() {
        assertThat(leg(ENCRYPTED)
                        .acceptOffer(offer("RTP/SAVP", "a=crypto:" + key(SrtpSuite.AES_CM_128_HMAC_SHA1_32, 1))))
                .isNull();
    }

    @Test
    void other_streams_are_refused_in_their_places() {
        LegMedia leg = leg(CLEAR);
        Sdp offer = SdpTest.parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                + "m=video 5000 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 0\r\nm=application 6000 TCP/BFCP *\r\n");

        Sdp answer = parse(leg.answer(leg.acceptOffer(offer), "sendrecv"));

        assertThat(answer.sections()).extracting(Sdp.Section::media).containsExactly("video", "audio", "application");
        assertThat(answer.sections().get(0).port()).isZero();
        assertThat(answer.sections().get(1).port()).isNotZero();
        assertThat(answer.sections().get(2).port()).isZero();
    }

    @Test
    void an_answer_must_choose_a_suite_that_was_offered_under_its_tag() {
        LegMedia leg = leg(ENCRYPTED);
        Sdp offer = parse(leg.offer(audio(), "sendrecv"));
        assertThat(offer.sections().get(0).values("crypto")).hasSize(2);

        assertThat(leg.acceptAnswer(offer("RTP/SAVP", "a=crypto:" + key(SrtpSuite.AEAD_AES_128_GCM, 2))))
                .isNull();
        assertThat(leg.acceptAnswer(offer("RTP/AVP"))).isNull();
        assertThat(leg.acceptAnswer(offer("RTP/SAVP", "a=crypto:" + key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 2))))
                .isNotNull();
    }

    @Test
    void holding_keeps_the_key_and_raises_the_version_only_when_something_changed() {
        LegMedia leg = leg(ENCRYPTED);
        String remote = key(SrtpSuite.AEAD_AES_128_GCM, 1);
        String first = text(leg.answer(leg.acceptOffer(offer("RTP/SAVP", "a=crypto:" + remote)), "sendrecv"));
        String again = text(leg.answer(leg.acceptOffer(offer("RTP/SAVP", "a=crypto:" + remote)), "sendrecv"));
        String held = text(leg.offer(audio(), "sendonly"));

        assertThat(again).isEqualTo(first);
        assertThat(cryptoOf(held)).isEqualTo(cryptoOf(first));
        assertThat(versionOf(held)).isEqualTo(versionOf(first) + 1);
    }

    @Test
    void an_offer_turned_down_elsewhere_changes_nothing() {
        LegMedia leg = leg(CLEAR);
        assertThat(leg.answer(leg.acceptOffer(offer("RTP/AVP")), "sendrecv")).isNotEmpty();
        MediaAgreement before = leg.agreed();

        assertThat(leg.acceptOffer(SdpTest.parse("v=0\r\nc=IN IP4 192.0.2.99\r\nt=0 0\r\nm=audio 9000 RTP/AVP 0\r\n")))
                .isNotNull();
        leg.withdraw();

        assertThat(leg.agreed()).isEqualTo(before);
    }

    @Test
    void reports_go_where_the_device_wants_them() {
        LegMedia leg = leg(CLEAR);
        assertThat(leg.answer(leg.acceptOffer(offer("RTP/AVP")), "sendrecv")).isNotEmpty();
        assertThat(leg.agreed().remoteRtcp().getPort()).isEqualTo(4001);

        assertThat(leg.answer(leg.acceptOffer(offer("RTP/AVP", "a=rtcp:5005")), "sendrecv"))
                .isNotEmpty();
        assertThat(leg.agreed().remoteRtcp().getPort()).isEqualTo(5005);

        assertThat(leg.answer(leg.acceptOffer(offer("RTP/AVP", "a=rtcp-mux")), "sendrecv"))
                .isNotEmpty();
        assertThat(leg.agreed().remoteRtcp()).isNull();
    }

    private LegMedia leg(MediaPolicy policy) {
        try {
            return new LegMedia(plane.openPort(InetAddress.getByName("10.0.0.1")), policy, random);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String key(SrtpSuite suite, int tag) {
        return SrtpKeys.generate(suite, random).toCryptoAttribute(tag);
    }

    private static Sdp.Section audio() {
        return offer("RTP/AVP").sections().get(0);
    }

    private static Sdp offer(String protocol, String... attributes) {
        return SdpTest.parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 "
                + protocol + " 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
                + (attributes.length == 0 ? "" : String.join("\r\n", attributes) + "\r\n"));
    }

    private static Sdp parse(byte[] body) {
        return SdpTest.parse(text(body));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String cryptoOf(String sdp) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=crypto:"))
                .findFirst()
                .orElseThrow();
    }

    private static long versionOf(String sdp) {
        return Long.parseLong(sdp.lines()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[2]);
    }
}
