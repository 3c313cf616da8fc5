// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.CandidateType;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ICE, multiplexing and bundling in descriptions. */
class TransportDescriptionTest {
    /** RFC 8839 Appendix A, the offer. */
    static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=jdoe 2890844526 2890842807 IN IP4 203.0.113.141",
            "s=",
            "c=IN IP4 192.0.2.3",
            "t=0 0",
            "a=ice-options:ice2",
            "a=ice-pacing:50",
            "a=ice-pwd:asd88fgpdd777uzjYhagZg",
            "a=ice-ufrag:8hhY",
            "m=audio 45664 RTP/AVP 0",
            "b=RS:0",
            "b=RR:0",
            "a=rtpmap:0 PCMU/8000",
            "a=candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host",
            "a=candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998",
            "");

    /** As a browser offers it: RFC 8843 §7, RFC 8840 §4.1.1 and JSEP's examples, RFC 8829 §7. */
    static final String BROWSER = String.join(
            "\r\n",
            "v=0",
            "o=- 4962303333179871723 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            "a=ice-options:trickle ice2",
            "a=group:BUNDLE a1 v1",
            "m=audio 9 UDP/TLS/RTP/SAVPF 96 0",
            "c=IN IP4 0.0.0.0",
            "a=mid:a1",
            "a=rtcp-mux",
            "a=rtcp-mux-only",
            "a=rtpmap:96 opus/48000/2",
            "a=ice-ufrag:ETEn",
            "a=ice-pwd:OtSK0WpNtpUjkY4+86js7Z/l",
            "a=candidate:1 1 udp 2113929471 4f9a1ff5-6d0b-4e0a-8e5c-5b3b0a5d4d1e.local 10100 typ host",
            "a=candidate:2 1 tcp 1694498815 203.0.113.100 9 typ host tcptype active",
            "a=candidate:3 1 udp 1694498815 2001:db8::1 10101 typ srflx raddr :: rport 9",
            "m=video 0 UDP/TLS/RTP/SAVPF 100",
            "c=IN IP4 0.0.0.0",
            "a=bundle-only",
            "a=mid:v1",
            "");

    static TransportDescription read(String text, int section) throws SdpException {
        SessionDescription session = SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
        return TransportDescription.read(session, session.media().get(section));
    }

    @Test
    void RFC8839_A_the_example_is_read() throws SdpException {
        TransportDescription offer = read(OFFER, 0);

        assertThat(offer.ice().credentials()).isEqualTo(new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"));
        assertThat(offer.ice().options()).containsExactly(IceAttributes.ICE2);
        assertThat(offer.ice().candidates())
                .extracting(IceCandidate::type)
                .containsExactly(CandidateType.HOST, CandidateType.SERVER_REFLEXIVE);
        IceCandidate usual = offer.ice().defaultCandidate(1);
        assertThat(usual).isNotNull();
        assertThat(usual.address()).isEqualTo(new InetSocketAddress("192.0.2.3", 45_664));
        assertThat(usual.base()).isEqualTo(new InetSocketAddress("203.0.113.141", 8_998));
        assertThat(usual.priority()).isEqualTo(1_694_498_815);
        assertThat(offer.rtcpMux()).isFalse();
        assertThat(offer.mid()).isNull();
        assertThat(offer.isMismatch(new InetSocketAddress("192.0.2.3", 45_664), null))
                .isFalse();
    }

    @Test
    void RFC8839_A_the_example_is_written_with_the_default_candidate_as_its_address() throws SdpException {
        MediaDescription line = new MediaDescription(
                "audio", 8_998, "RTP/AVP", List.of("0"), null, List.of(new Attribute("rtpmap", "0 PCMU/8000")));
        StringBuilder written = new StringBuilder();
        read(OFFER, 0).writeTo(line, false).encode(written);

        assertThat(written.toString())
                .isEqualTo(String.join(
                        "\r\n",
                        "m=audio 45664 RTP/AVP 0",
                        "c=IN IP4 192.0.2.3",
                        "a=rtpmap:0 PCMU/8000",
                        "a=ice-ufrag:8hhY",
                        "a=ice-pwd:asd88fgpdd777uzjYhagZg",
                        "a=ice-options:ice2",
                        "a=candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host",
                        "a=candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998",
                        ""));
    }

    @Test
    void RFC9143_a_browser_offer_is_read_without_its_mDNS_and_TCP_candidates() throws SdpException {
        TransportDescription audio = read(BROWSER, 0);
        TransportDescription video = read(BROWSER, 1);

        assertThat(audio.mid()).isEqualTo("a1");
        assertThat(audio.bundled()).isTrue();
        assertThat(audio.rtcpMux()).isTrue();
        assertThat(audio.rtcpMuxOnly()).isTrue();
        assertThat(audio.bundleOnly()).isFalse();
        assertThat(audio.ice().options()).contains(IceAttributes.TRICKLE);
        assertThat(audio.ice().candidates())
                .extracting(IceCandidate::address)
                .containsExactly(new InetSocketAddress("2001:db8::1", 10_101));
        assertThat(audio.isMismatch(new InetSocketAddress("0.0.0.0", 9), null))
                .as("no default candidate yet")
                .isFalse();
        assertThat(video.bundleOnly()).isTrue();
        assertThat(video.bundled()).isTrue();
        assertThat(video.ice().credentials()).isNull();
    }

    /** In a section it is unknown, and ignored. */
    @Test
    void RFC8839_5_5_the_pacing_is_read_from_the_session_alone() throws SdpException {
        assertThat(read(OFFER.replace("a=ice-pacing:50", "a=ice-pacing:20"), 0)
                        .ice()
                        .pacing())
                .isEqualTo(Duration.ofMillis(20));
        assertThat(read(OFFER + "a=ice-pacing:20\r\n", 0).ice().pacing()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void RFC8839_4_2_5_a_default_address_that_is_no_candidate_is_a_mismatch() throws SdpException {
        TransportDescription offer = read(OFFER, 0);
        assertThat(offer.isMismatch(new InetSocketAddress("192.0.2.99", 45_664), null))
                .isTrue();
        assertThat(offer.isMismatch(new InetSocketAddress("192.0.2.3", 45_666), null))
                .isTrue();
        assertThat(offer.isMismatch(
                        new InetSocketAddress("192.0.2.3", 45_664), new InetSocketAddress("192.0.2.3", 45_665)))
                .as("no candidate for RTCP")
                .isTrue();
        assertThat(offer.isMismatch(null, null)).isFalse();
    }

    @Test
    void RFC8839_5_4_media_level_attributes_override_session_level_ones() throws SdpException {
        String own = OFFER.replace(
                "a=rtpmap:0 PCMU/8000\r\n",
                "a=rtpmap:0 PCMU/8000\r\na=ice-ufrag:mine\r\na=ice-pwd:anotherpasswordof22chars\r\n");
        assertThat(read(own, 0).ice().credentials()).isEqualTo(new IceCredentials("mine", "anotherpasswordof22chars"));
        String candidateOfSession = OFFER.replace(
                "a=ice-pacing:50", "a=candidate:9 1 UDP 1 198.51.100.9 1000 typ host\r\na=end-of-candidates");
        assertThat(read(candidateOfSession, 0).ice().candidates()).hasSize(2);
        assertThat(read(candidateOfSession, 0).ice().endOfCandidates()).isFalse();
    }

    @Test
    void RFC8840_4_1_1_without_candidates_there_is_no_address_and_raddr_can_be_hidden() throws SdpException {
        IceAttributes none = new IceAttributes(
                new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"),
                false,
                false,
                false,
                Set.of(IceAttributes.TRICKLE),
                List.of(),
                List.of());
        MediaDescription line =
                new MediaDescription("audio", 16_384, "RTP/SAVP", List.of("0"), "IN IP4 10.0.0.5", List.of());
        MediaDescription written = new TransportDescription(none, true, false, "0", true, false).writeTo(line, true);
        assertThat(written.port()).isEqualTo(9);
        assertThat(written.connection()).isEqualTo("IN IP4 0.0.0.0");
        assertThat(written.has("rtcp-mux")).isTrue();
        assertThat(written.values("mid")).containsExactly("0");
        assertThat(read(OFFER, 0).writeTo(line, true).values("candidate"))
                .contains("2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 0.0.0.0 rport 9");
    }

    @Test
    void RFC8839_4_2_1_2_a_separate_RTCP_port_is_signalled_and_the_SDP_round_trips() throws SdpException {
        IceAttributes two = new IceAttributes(
                new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"),
                false,
                false,
                true,
                Set.of(IceAttributes.ICE2),
                List.of(
                        IceCandidate.host(1, new InetSocketAddress("2001:db8::5", 16_384), 65_535),
                        IceCandidate.host(2, new InetSocketAddress("2001:db8::5", 16_391), 65_535)),
                List.of(new IceAttributes.RemoteCandidate(1, new InetSocketAddress("192.0.2.3", 45_664))));
        TransportDescription ours = new TransportDescription(two, false, false, "audio", true, false);
        SessionDescription session = new SessionDescription(
                new Origin("-", "1", "1", "IN IP4 192.0.2.1"),
                null,
                List.of(TransportDescription.bundle(List.of("audio"))),
                List.of(ours.writeTo(
                        new MediaDescription("audio", 1, "RTP/SAVP", List.of("0"), null, List.of()), false)));
        SessionDescription back = SessionDescription.parse(session.encode());

        assertThat(back.media().get(0).values("rtcp")).containsExactly("16391 IN IP6 2001:db8:0:0:0:0:0:5");
        TransportDescription read = TransportDescription.read(back, back.media().get(0));
        assertThat(read).isEqualTo(ours);
        assertThat(read.isMismatch(
                        new InetSocketAddress("2001:db8::5", 16_384), new InetSocketAddress("2001:db8::5", 16_391)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words"})
    void a_mid_that_is_no_name_is_none(String mid) throws SdpException {
        assertThat(read(BROWSER.replace("a=mid:a1", "a=mid:" + mid), 0).mid()).isNull();
        assertThat(read(BROWSER.replace("a=mid:a1", "a=mid:" + "x".repeat(65)), 0)
                        .mid())
                .isNull();
    }

    @Test
    void of_a_group_and_of_candidates_no_more_are_read_than_are_kept() throws SdpException {
        String many = BROWSER.replace("BUNDLE a1", "BUNDLE" + " x".repeat(500) + " a1")
                .replace(
                        "a=rtcp-mux\r\n",
                        "a=rtcp-mux\r\n"
                                + String.join(
                                        "",
                                        Collections.nCopies(
                                                200, "a=candidate:1 1 udp 5 198.51.100.1 5000 typ host\r\n")));
        TransportDescription audio = read(many, 0);
        assertThat(audio.bundled()).isFalse();
        assertThat(audio.ice().candidates().size()).isBetween(1, 32);
    }

    @Test
    void it_prints_no_address_and_no_password() throws SdpException {
        assertThat(read(OFFER, 0).toString()).doesNotContain("192.0.2.3").doesNotContain("asd88");
    }
}
