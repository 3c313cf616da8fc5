// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise O1: what a document restricts, as docs/phone-systems.md has it, and what that makes of an account. */
class PolicyDocumentTest {
    private static final SecurityFloor LAB = SecurityFloor.DEFAULT
            .labAllowCleartextSignalling()
            .labAllowCleartextMedia()
            .labAllowDigestDowngrade();

    @Test
    void each_name_applies_its_own_restriction() throws Exception {
        Policy policy = PolicyDocument.parse(Map.of(
                "allowed_hosts", "*.Example.com, pbx.example.net",
                "srtp_suites", "aead_aes_256_gcm AEAD_AES_128_GCM",
                "md5_digest", "0",
                "codecs", "Opus, PCMA",
                "history_limit", "50",
                "history_days", "30",
                "off", "voicemail contacts"));

        assertThat(policy.allowedHosts()).containsExactlyInAnyOrder("*.example.com", "pbx.example.net");
        assertThat(policy.codecs()).containsExactlyInAnyOrder("opus", "pcma");
        assertThat(policy.historyLimit()).isEqualTo(50);
        assertThat(policy.historyAge()).isEqualTo(Duration.ofDays(30));
        assertThat(policy.off()).containsExactlyInAnyOrder(Feature.VOICEMAIL, Feature.CONTACTS);
        assertThat(policy.floor())
                .isEqualTo(SecurityFloor.DEFAULT
                        .withSuites(List.of(SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AEAD_AES_128_GCM))
                        .withoutMd5Digest());
        assertThat(PolicyDocument.parse(Map.of())).isEqualTo(Policy.OPEN);
    }

    /** A document that says anything of protection forbids the lab's switches, none of which it can name. */
    @ParameterizedTest
    @CsvSource({"srtp_suites, AEAD_AES_256_GCM", "md5_digest, 0", "md5_digest, 1"})
    void a_document_with_a_floor_forbids_the_lab_switches(String name, String value) throws Exception {
        Policy policy = PolicyDocument.parse(Map.of(name, value));
        assertThat(Objects.requireNonNull(policy.floor()).isWeakened()).isFalse();

        SecurityFloor after = policy.applyTo(account(LAB, null)).securityFloor();
        assertThat(after.cleartextSignalling()).isFalse();
        assertThat(after.cleartextMedia()).isFalse();
        assertThat(after.digestDowngrade()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "WS"})
    void an_account_without_encryption_is_not_made_where_there_is_a_floor(SipTransport transport) throws Exception {
        Policy policy = PolicyDocument.parse(Map.of("md5_digest", "1"));
        SipAccount clear = account(LAB, null).toBuilder().transport(transport).build();
        assertThatThrownBy(() -> policy.applyTo(clear)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void md5_is_forbidden_by_0_alone() throws Exception {
        assertThat(md5("0")).isFalse();
        assertThat(md5("1")).isTrue();
    }

    private static boolean md5(String value) throws Exception {
        return PolicyDocument.parse(Map.of("md5_digest", value))
                .applyTo(account(SecurityFloor.DEFAULT, null))
                .securityFloor()
                .md5Digest();
    }

    /** The account's suites in the account's order, less those that the document does not name. */
    @Test
    void only_suites_of_both_the_account_and_the_document_are_used() throws Exception {
        SecurityFloor own = SecurityFloor.DEFAULT.withSuites(List.of(
                SrtpSuite.AES_CM_128_HMAC_SHA1_32, SrtpSuite.AES_CM_128_HMAC_SHA1_80, SrtpSuite.AEAD_AES_256_GCM));
        assertThat(suites(own, "AEAD_AES_256_GCM, AEAD_AES_128_GCM")).containsExactly(SrtpSuite.AEAD_AES_256_GCM);
        // The document may name the short tag; the default has none of it.
        assertThat(suites(own, "AEAD_AES_256_GCM AES_CM_128_HMAC_SHA1_32")).containsExactly(SrtpSuite.AEAD_AES_256_GCM);
        assertThatThrownBy(() -> suites(own, "AEAD_AES_128_GCM")).isInstanceOf(IllegalArgumentException.class);
        assertRefused("srtp_suites", "AES_CM_128_HMAC_SHA1_32");
    }

    private static List<SrtpSuite> suites(SecurityFloor own, String named) throws Exception {
        return PolicyDocument.parse(Map.of("srtp_suites", named))
                .applyTo(account(own, null))
                .securityFloor()
                .suites();
    }

    @Test
    void a_codec_counts_that_account_and_document_have() throws Exception {
        Policy policy = PolicyDocument.parse(Map.of("codecs", "opus pcma"));
        assertThat(policy.applyTo(account(LAB, Set.of("pcma", "g722"))).codecs())
                .containsExactly("pcma");
        assertThat(policy.applyTo(account(LAB, null)).codecs()).containsExactlyInAnyOrder("opus", "pcma");
    }

    @Test
    void a_policy_may_name_codecs_in_any_case_and_those_that_there_are_not() {
        Policy policy = new Policy(null, null, Set.of("PCMA", "evs"), null, null, Set.of());

        assertThat(policy.applyTo(account(LAB, null)).codecs()).containsExactly("pcma");
        assertThat(policy.applyTo(account(LAB, Set.of("pcma", "g722"))).codecs())
                .containsExactly("pcma");
    }

    @Test
    void an_account_takes_the_names_of_all_codecs_and_no_other() {
        List<String> names = Codecs.ALL.stream().map(Codec::encodingName).toList();

        assertThat(account(LAB, Set.copyOf(names)).codecs()).hasSameSizeAs(names);
        assertThatThrownBy(() -> account(LAB, Set.of("evs")))
                .hasMessageEndingWith("there are " + String.join(", ", names).toLowerCase(Locale.ROOT));
    }

    @Test
    void an_account_under_an_open_policy_stays_as_it_was() {
        SipAccount lab = account(LAB, Set.of("pcma"));
        assertThat(Policy.OPEN.applyTo(lab)).isSameAs(lab);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowed_hosts=",
                "allowed_hosts=*.",
                "allowed_hosts=*",
                "allowed_hosts=*example.com",
                "allowed_hosts=pbx.*.com",
                "allowed_hosts=http://example.com",
                "srtp_suites=NULL",
                "srtp_suites=,",
                "md5_digest=yes",
                "md5_digest=",
                "codecs=p/cma",
                "history_limit=-1",
                "history_limit=1000000",
                "history_days=1.5",
                "off=everything",
                "colour=blue"
            })
    void an_entry_that_is_not_fully_understood_is_refused(String entry) {
        int equals = entry.indexOf('=');
        assertRefused(entry.substring(0, equals), entry.substring(equals + 1));
    }

    private static void assertRefused(String name, String value) {
        assertThatThrownBy(() -> PolicyDocument.parse(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.POLICY));
    }

    private static SipAccount account(SecurityFloor floor, @Nullable Set<String> codecs) {
        return SipAccount.builder("alice", "example.com", Secret.of("secret"))
                .securityFloor(floor)
                .codecs(codecs)
                .build();
    }
}
