// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipAccountTest {
    private static SipAccount.Builder account() {
        return SipAccount.builder("1001", "pbx.example.test", Secret.of("hunter2"));
    }

    @Test
    void an_account_is_encrypted_by_default() {
        SipAccount account = account().build();

        assertThat(account.transport()).isEqualTo(SipTransport.TLS);
        assertThat(account.securityFloor().isWeakened()).isFalse();
        assertThat(account.securityFloor().suites()).startsWith(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(account.tlsTrust()).isEqualTo(TlsTrust.PLATFORM);
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "WS"})
    void a_readable_transport_is_refused_above_the_floor_and_allowed_in_a_lab(SipTransport transport) {
        assertThatThrownBy(() -> account().transport(transport).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labAllowCleartextSignalling");

        SipAccount lab = account()
                .transport(transport)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();
        assertThat(lab.securityFloor().isWeakened()).isTrue();
        assertThat(lab.securityFloor().cleartextMedia()).isFalse();
    }

    @Test
    void a_WebSocket_inside_TLS_needs_no_lab() {
        SipAccount account = account().transport(SipTransport.WSS).build();

        assertThat(account.securityFloor().isWeakened()).isFalse();
        assertThat(account.webSocketPath()).isEqualTo("/");
        assertThat(account.toBuilder().webSocketPath("/ws?tenant=1").build().toBuilder()
                        .build()
                        .webSocketPath())
                .isEqualTo("/ws?tenant=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "/a b", "/a#b", "/a\r\nX: y", "/\u00e4", "/<>", "/a\\b"})
    void a_WebSocket_path_illegal_in_a_request_line_is_refused(String path) {
        assertThatThrownBy(() -> account().webSocketPath(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowing_cleartext_media_does_not_allow_cleartext_signalling() {
        assertThatThrownBy(() -> account()
                        .transport(SipTransport.UDP)
                        .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextMedia())
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digest_downgrade_is_a_lab_switch_that_no_other_switch_implies() {
        SecurityFloor lab = SecurityFloor.DEFAULT.labAllowDigestDowngrade();

        assertThat(SecurityFloor.DEFAULT.digestDowngrade()).isFalse();
        assertThat(SecurityFloor.DEFAULT.labAllowCleartextSignalling().digestDowngrade())
                .isFalse();
        assertThat(lab.isWeakened()).isTrue();
        assertThat(lab.labAllowCleartextMedia().withoutMd5Digest().digestDowngrade())
                .isTrue();
        assertThat(lab.tightenedBy(SecurityFloor.DEFAULT).digestDowngrade()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pbx.example.test, pbx.example.test, 0",
        "PBX.example.test:5071, pbx.example.test, 5071",
        "192.0.2.1:5071, 192.0.2.1, 5071",
        "2001:db8::1, 2001:db8::1, 0",
        "[2001:db8::1]:5071, 2001:db8::1, 5071"
    })
    void the_domain_may_come_with_the_port_of_its_server(String text, String domain, int port) {
        SipAccount account = SipAccount.builder("1001", text, Secret.of("x")).build();

        assertThat(account.domain()).isEqualTo(domain);
        assertThat(account.domainPort()).isEqualTo(port);
        assertThat(account.toBuilder().build().domain()).isEqualTo(domain);
        assertThat(account.toBuilder().build().domainPort()).isEqualTo(port);
        assertThat(account.outboundProxy()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pbx_1.example", "pbx.example.", "-pbx.example", "pbx-.example", "1.2.3", "pbx:x", "", "a b"})
    void a_domain_that_no_connection_could_be_opened_to_is_refused_at_once(String domain) {
        assertThatThrownBy(() -> SipAccount.builder("1001", domain, Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:anna", "SIPS:anna@pbx.example", "tel:+4930123456"})
    void a_user_with_a_URI_scheme_is_refused_and_the_expected_form_is_named(String user) {
        assertThatThrownBy(() -> SipAccount.builder(user, "pbx.example", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no scheme")
                .hasMessageContaining("between sip: and the @")
                .message()
                .doesNotContain("pbx", "4930");
    }

    @Test
    void names_of_codecs_are_taken_in_any_case() {
        SipAccount account = account()
                .codecs(Set.of("PCMA", "Opus"))
                .codecPreference(List.of("G722", "pcmU"))
                .build();

        assertThat(account.codecs()).containsExactlyInAnyOrder("pcma", "opus");
        assertThat(account.codecPreference()).containsExactly("g722", "pcmu");
        assertThat(account.toBuilder().build().codecs()).isEqualTo(account.codecs());
        assertThat(account().codecs(null).build().codecs()).isNull();
        assertThat(account().codecs(Set.of()).build().codecs()).as("none").isEmpty();
    }

    @Test
    void a_codec_that_there_is_not_is_refused_with_those_there_are() {
        assertThatThrownBy(() -> account().codecs(Set.of("pcma", "g729")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no codec g729; there are opus, g722, pcma, pcmu");
        assertThatThrownBy(() -> account().codecPreference(List.of("g711")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("opus, g722, pcma, pcmu");
    }

    @Test
    void a_floor_without_suites_is_refused() {
        assertThatThrownBy(() -> SecurityFloor.DEFAULT.withSuites(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_prints_neither_names_nor_the_password() {
        SipAccount account = account()
                .displayName("Alice Liddell")
                .authUser("alice.auth")
                .outboundProxy(HostPort.parse("proxy.example.test"))
                .build();

        assertThat(account.toString())
                .doesNotContain("1001")
                .doesNotContain("example")
                .doesNotContain("Alice")
                .doesNotContain("alice")
                .doesNotContain("hunter2");
    }

    @Test
    void the_authentication_name_is_the_user_unless_set() {
        assertThat(account().build().authUser()).isEqualTo("1001");
        assertThat(account().authUser("other").build().authUser()).isEqualTo("other");
    }

    @Test
    void lengths_of_time_out_of_range_are_refused() {
        assertThatThrownBy(() -> account().registrationExpiry(Duration.ofSeconds(59)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> account().registrationExpiry(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> account().keepAlive(Duration.ofSeconds(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> account().keepAlive(Duration.ofHours(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> account().registrationExpiry(Duration.ofMinutes(1)).keepAlive(Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }

    @Test
    void users_and_domains_that_could_not_be_are_refused() {
        assertThatThrownBy(() -> SipAccount.builder("", "pbx.example.test", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipAccount.builder("1001", "pbx example", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipAccount.builder("1001", "", Secret.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void suites_have_the_lengths_of_their_RFCs() {
        // RFC 4568 §6.2 and RFC 7714 §12: key, salt, RTP tag, RTCP tag.
        assertThat(lengths(SrtpSuite.AES_CM_128_HMAC_SHA1_80)).containsExactly(16, 14, 10, 10);
        assertThat(lengths(SrtpSuite.AES_CM_128_HMAC_SHA1_32)).containsExactly(16, 14, 4, 10);
        assertThat(lengths(SrtpSuite.AEAD_AES_128_GCM)).containsExactly(16, 12, 16, 16);
        assertThat(lengths(SrtpSuite.AEAD_AES_256_GCM)).containsExactly(32, 12, 16, 16);
    }

    @Test
    void trust_prints_counts_only() {
        TlsTrust trust = new TlsTrust(List.of(), List.of("c2VjcmV0LXBpbg=="), null);

        assertThat(trust.toString()).contains("pins=1").doesNotContain("c2Vj");
    }

    private static List<Integer> lengths(SrtpSuite suite) {
        return List.of(suite.keyLength(), suite.saltLength(), suite.rtpTagLength(), suite.rtcpTagLength());
    }
}
