// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceServerTest {
    @ParameterizedTest
    @CsvSource({
        "stun:stun.example.com,                      UDP, stun.example.com, 3478",
        "stun:192.0.2.1:19302,                       UDP, 192.0.2.1,        19302",
        "turn:turn.example.com,                      UDP, turn.example.com, 3478",
        "TURN:turn.example.com:80?transport=udp,     UDP, turn.example.com, 80",
        "turn:turn.example.com?transport=tcp,        TCP, turn.example.com, 3478",
        "turns:turn.example.com,                     TLS, turn.example.com, 5349",
        "turns:[2001:db8::1]:443?transport=tcp,      TLS, 2001:db8::1,      443"
    })
    void RFC7065_a_URI_says_how_a_server_is_reached(String uri, IceServer.Transport transport, String host, int port) {
        IceServer server = IceServer.ofUri(uri, "alice", Secret.of("turn-secret"));
        assertThat(server.transport()).isEqualTo(transport);
        assertThat(server.address().host()).isEqualTo(host);
        assertThat(server.address().port()).isEqualTo(port);
        assertThat(server.user() == null).isEqualTo(uri.startsWith("stun"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "turn.example.com",
                "stuns:stun.example.com",
                "turns:turn.example.com?transport=udp",
                "turn:turn.example.com?transport=sctp",
                "turn:",
                "http://turn.example.com"
            })
    void an_invalid_URI_or_an_unsupported_transport_is_refused(String uri) {
        assertThatThrownBy(() -> IceServer.ofUri(uri, "alice", Secret.of("turn-secret")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_relay_without_login_is_refused() {
        assertThatThrownBy(() -> IceServer.ofUri("turn:turn.example.com", null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
