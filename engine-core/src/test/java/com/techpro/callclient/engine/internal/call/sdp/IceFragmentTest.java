// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceFragmentTest {
    /** As in RFC 8840 §9.2, with a second section. */
    private static final String FRAGMENT = """
        a=ice-options:trickle
        a=ice-ufrag:8hhY
        a=ice-pwd:asd88fgpdd777uzjYhagZg
        a=group:BUNDLE audio video
        m=audio 9 RTP/AVP 0
        a=mid:audio
        a=candidate:1 1 UDP 2130706431 192.0.2.1 5000 typ host
        a=candidate:1 1 UDP 2130706431 fe80::1%eth0 5000 typ host
        a=end-of-candidates
        m=video 9 RTP/AVP 0
        a=mid:video
        a=candidate:2 1 UDP 2130706431 192.0.2.1 5004 typ host
        """;

    @Test
    void a_section_is_found_by_its_identification_and_the_first_without() {
        for (String mid : new String[] {"audio", null}) {
            IceAttributes found = IceFragment.parse(FRAGMENT, mid);
            assertThat(found).isNotNull();
            assertThat(found.credentials()).isEqualTo(new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"));
            assertThat(found.candidates())
                    .extracting(IceCandidate::address)
                    .containsExactly(new InetSocketAddress("192.0.2.1", 5000));
            assertThat(found.endOfCandidates()).isTrue();
        }
        IceAttributes second = IceFragment.parse(FRAGMENT, "video");
        assertThat(second).isNotNull();
        assertThat(second.endOfCandidates()).isFalse();
        assertThat(IceFragment.parse(FRAGMENT, "other")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m=audio 9 RTP/AVP 0\r\na=mid:audio",
                "a=ice-ufrag:8hhY\r\na=ice-pwd:short\r\nm=audio 9 RTP/AVP 0",
                "a=ice-ufrag:8hhY\r\na=ice-pwd:asd88fgpdd777uzjYhagZg",
                "nothing of the kind"
            })
    void a_fragment_without_valid_ICE_credentials_and_a_section_is_rejected(String text) {
        assertThat(IceFragment.parse(text, null)).isNull();
    }

    @Test
    void one_that_is_larger_than_any_call_needs_is_none() {
        assertThat(IceFragment.parse(FRAGMENT + "a=x\n".repeat(5_000), null)).isNull();
    }

    @Test
    void damaged_fragments_are_understood_or_refused() {
        Random random = Seeds.random(8840);
        int understood = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder damaged = new StringBuilder(FRAGMENT);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
            }
            IceAttributes found = IceFragment.parse(damaged.toString(), random.nextBoolean() ? "audio" : null);
            understood += found == null ? 0 : 1;
        }
        assertThat(understood).isBetween(1_000, 4_999);
    }

    @Test
    void an_encoded_message_is_parsed_back() {
        IceAttributes ours = new IceAttributes(
                new IceCredentials("8hhY", "asd88fgpdd777uzjYhagZg"),
                false,
                false,
                true,
                Set.of(),
                List.of(IceCandidate.host(1, new InetSocketAddress("192.0.2.1", 5000), 65_535)),
                List.of());
        assertThat(IceFragment.parse(IceFragment.write(ours, "0", false), "0")).isEqualTo(ours);
    }
}
