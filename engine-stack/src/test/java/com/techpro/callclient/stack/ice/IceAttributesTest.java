// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceAttributesTest {
    /** RFC 8839 Appendix A, and what Chromium writes. */
    private static final List<String> DESCRIPTION = List.of(
            "ice-options:ice2 trickle",
            "ice-pwd:asd88fgpdd777uzjYhagZg",
            "ice-ufrag:8hhY",
            "candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host",
            "candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998",
            "candidate:842163049 1 udp 1677729535 2001:db8::7 46154 typ srflx raddr :: rport 0 generation 0 ufrag 8hhY network-cost 999",
            "candidate:3 1 udp 2122260223 7f3a1b1e-8c4d.local 51040 typ host generation 0",
            "candidate:4 1 tcp 1518280447 203.0.113.141 9 typ host tcptype active",
            "remote-candidates:1 192.0.2.9 40000 2 192.0.2.9 40001",
            "rtcp-mux",
            "end-of-candidates");

    @Test
    void a_description_is_read() {
        IceAttributes read = IceAttributes.parse(DESCRIPTION);

        assertThat(read.credentials()).isEqualTo(new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"));
        assertThat(read.options()).containsExactlyInAnyOrder(IceAttributes.ICE2, IceAttributes.TRICKLE);
        assertThat(read.lite()).isFalse();
        assertThat(read.mismatch()).isFalse();
        assertThat(read.endOfCandidates()).isTrue();
        assertThat(read.candidates().stream()
                        .map(candidate -> candidate.type() + " " + candidate.priority() + " "
                                + candidate.address().getAddress().getHostAddress() + " "
                                + candidate.address().getPort()))
                .as("TCP is left out, and a name, which may be one of mDNS, is not looked up")
                .containsExactly(
                        "HOST 2130706431 203.0.113.141 8998",
                        "SERVER_REFLEXIVE 1694498815 192.0.2.3 45664",
                        "SERVER_REFLEXIVE 1677729535 2001:db8:0:0:0:0:0:7 46154");
        assertThat(read.candidates().get(1).base().getPort()).isEqualTo(8998);
        assertThat(read.remoteCandidates()).hasSize(2);
        assertThat(read.remoteCandidates().get(1).address().getPort()).isEqualTo(40001);
    }

    /** RFC 8839 §5.5. */
    @ParameterizedTest
    @CsvSource({
        "ice-pacing:20, 20",
        "ice-pacing:0, 0",
        "ice-pacing:9999999999, 1000",
        "ice-pacing:99999999999, 50",
        "ice-pacing:-1, 50",
        "ice-pacing:ten, 50",
        "ice-pacing, 50",
        "rtcp-mux, 50"
    })
    void the_wished_pacing_is_50_ms_unless_told_and_never_longer_than_a_second(String line, long millis) {
        assertThat(IceAttributes.parse(List.of(line)).pacing()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void another_pacing_than_the_usual_one_is_told() {
        IceAttributes read = IceAttributes.parse(List.of("ice-pacing:20"));

        assertThat(read.write(false)).containsExactly("ice-pacing:20");
        assertThat(read.withCandidates(List.of())).isEqualTo(read);
    }

    @Test
    void parsed_attributes_are_parsed_back_as_written() {
        IceAttributes read = IceAttributes.parse(DESCRIPTION);

        assertThat(IceAttributes.parse(read.write(false))).isEqualTo(read);
    }

    @Test
    void the_private_address_behind_a_reflexive_one_can_be_withheld() {
        IceCandidate reflexive = IceAttributes.parse(DESCRIPTION).candidates().get(1);

        assertThat(IceAttributes.write(reflexive, true)).endsWith("typ srflx raddr 0.0.0.0 rport 9");
    }

    @Test
    void a_lite_peer_and_one_that_found_a_mismatch_say_so() {
        IceAttributes read = IceAttributes.parse(List.of("ice-lite", "ice-mismatch"));

        assertThat(read.lite()).isTrue();
        assertThat(read.mismatch()).isTrue();
        assertThat(read.credentials()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 1 UDP 1 192.0.2.1 1 typ",
                "1 0 UDP 1 192.0.2.1 1 typ host",
                "1 3 UDP 1 192.0.2.1 1 typ host",
                "1 1 UDP 0 192.0.2.1 1 typ host",
                "1 1 UDP 2147483648 192.0.2.1 1 typ host",
                "1 1 UDP 99999999999999999999 192.0.2.1 1 typ host",
                "1 1 UDP 1 192.0.2.1 0 typ host",
                "1 1 UDP 1 192.0.2.1 65536 typ host",
                "1 1 UDP 1 192.0.2.256 1 typ host",
                "1 1 UDP 1 host.example 1 typ host",
                "1 1 UDP 1 0.0.0.0 1 typ host",
                "1 1 UDP 1 224.0.0.1 1 typ host",
                "1 1 UDP 1 fe80::1%eth0 1 typ host",
                "1 1 UDP 1 192.0.2.1 1 typ new",
                "1 1 UDP 1 192.0.2.1 1 tip host",
                "\u00e9 1 UDP 1 192.0.2.1 1 typ host"
            })
    void a_line_that_is_no_candidate_is_left_out(String line) {
        assertThat(IceAttributes.parseCandidate(line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ice-ufrag:abc", "ice-ufrag:ab cd", "ice-ufrag:abcé", "ice-ufrag:"})
    void a_name_that_is_none_makes_no_credentials(String line) {
        assertThat(IceAttributes.parse(List.of(line, "ice-pwd:asd88fgpdd777uzjYhagZg"))
                        .credentials())
                .isNull();
    }

    @Test
    void no_more_candidates_are_read_than_an_agent_keeps() {
        List<String> flood = new ArrayList<>();
        for (int i = 1; i < 10_000; i++) {
            flood.add("candidate:1 1 UDP 1 192.0.2.1 " + i + " typ host");
        }

        assertThat(IceAttributes.parse(flood).candidates()).hasSize(CheckList.MAX_REMOTE);
    }

    @Test
    void names_passwords_and_addresses_are_not_printed() {
        assertThat(IceAttributes.parse(DESCRIPTION).toString())
                .doesNotContain("8hhY", "asd88fgpdd777uzjYhagZg", "203.0.113", "192.0.2");
    }
}
