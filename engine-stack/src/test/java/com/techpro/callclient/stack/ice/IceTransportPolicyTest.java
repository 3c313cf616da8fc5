// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise S5: what the other side learns of this host's addresses. */
class IceTransportPolicyTest {
    private static final InetSocketAddress SERVER = IceAgentTest.at("203.0.113.1", 3478);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, false",
        "172.31.255.1, false",
        "192.168.178.20, false",
        "169.254.1.2, false",
        "127.0.0.1, false",
        // RFC 6598, and its neighbours on both sides.
        "100.64.0.1, false",
        "100.127.255.254, false",
        "100.63.255.254, true",
        "100.128.0.1, true",
        // RFC 4193, of both kinds.
        "fc00::1, false",
        "fd12:3456:789a::1, false",
        "fe80::1, false",
        "::1, false",
        "2001:db8::1, true",
        // The same first octets where they say nothing of it.
        "252.1.2.3, true",
        "198.51.100.7, true",
    })
    void a_host_address_is_told_unless_it_is_private(String address, boolean told) {
        IceCandidate host = IceCandidate.host(1, IceAgentTest.at(address, 4000), 1);

        assertThat(IceTransportPolicy.NO_PRIVATE_HOST.tells(host)).isEqualTo(told);
        assertThat(IceTransportPolicy.NO_PRIVATE_HOST.uses(host)).isTrue();
        assertThat(IceTransportPolicy.ALL.tells(host)).isTrue();
        assertThat(IceTransportPolicy.RELAY.uses(host)).isFalse();
    }

    @Test
    void candidates_from_servers_are_signalled_even_if_they_look_private() {
        InetSocketAddress inside = IceAgentTest.at("10.0.0.1", 4000);
        IceCandidate reflexive = IceCandidate.serverReflexive(1, inside, inside, SERVER, 1);
        IceCandidate relayed = IceCandidate.relayed(1, inside, SERVER, false, 1);

        assertThat(IceTransportPolicy.NO_PRIVATE_HOST.tells(reflexive)).isTrue();
        assertThat(IceTransportPolicy.NO_PRIVATE_HOST.tells(relayed)).isTrue();
        assertThat(IceTransportPolicy.RELAY.uses(reflexive)).isFalse();
        assertThat(IceTransportPolicy.RELAY.uses(relayed)).isTrue();
    }

    /** The related address of a reflexive candidate is the host's (RFC 8839 §5.1). */
    @Test
    void where_an_address_is_withheld_it_is_not_told_as_a_related_one_either() {
        assertThat(IceTransportPolicy.ALL.withholdsRelated()).isFalse();
        assertThat(IceTransportPolicy.NO_PRIVATE_HOST.withholdsRelated()).isTrue();
        assertThat(IceTransportPolicy.RELAY.withholdsRelated()).isTrue();
    }
}
