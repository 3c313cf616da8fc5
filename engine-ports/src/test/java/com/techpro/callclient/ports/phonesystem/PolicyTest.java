// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise O1: of two policies, whichever comes first, nothing is permitted that one of them forbids. */
class PolicyTest {
    private static final List<SrtpSuite> GCM = List.of(SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AEAD_AES_128_GCM);

    @ParameterizedTest
    @CsvSource({
        "*.example.com, pbx.example.com, true",
        "*.example.com, PBX.Example.COM, true",
        "*.EXAMPLE.com, pbx.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, evilexample.com, false",
        "*.example.com, evil-example.com, false",
        "*.example.com, pbx.example.com.evil.net, false",
        "*.example.com, pbx.example.net, false",
        "pbx.example.com, pbx.example.com, true",
        "pbx.example.com, PBX.example.com, true",
        "pbx.example.com, evil.pbx.example.com, false",
        "pbx.example.com, evilpbx.example.com, false",
        "pbx.example.com, pbx.example.co, false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 110.0.0.1, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::11, false"
    })
    void a_wildcard_permits_only_subdomains_and_a_host_name_only_itself(
            String pattern, String host, boolean permitted) {
        assertThat(hosts(pattern).allowsHost(host)).isEqualTo(permitted);
        assertThat(hosts("other.example.org", pattern).allowsHost(host)).isEqualTo(permitted);
        assertThat(hosts(pattern).tightenedBy(Policy.OPEN).allowsHost(host)).isEqualTo(permitted);
        assertThat(Policy.OPEN.tightenedBy(hosts(pattern)).allowsHost(host)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, pbx.example.com, pbx.example.com, true",
        "*.example.com, pbx.example.com, sip.example.com, false",
        "*.example.com, *.example.net, pbx.example.com, false",
        "*.example.com, *.example.net, pbx.example.net, false",
        "*.example.com, *.berlin.example.com, pbx.berlin.example.com, true",
        "*.example.com, *.berlin.example.com, pbx.example.com, false",
        "*.example.com, *.evilexample.com, pbx.evilexample.com, false",
        "*.example.com, evilexample.com, evilexample.com, false",
        "pbx.example.com, sip.example.com, pbx.example.com, false"
    })
    void hosts_that_both_permit_are_permitted(String one, String other, String host, boolean permitted) {
        assertBoth(hosts(one), hosts(other), policy -> policy.allowsHost(host) == permitted);
    }

    @Test
    void without_a_list_every_host_is_permitted_and_with_an_empty_one_none() {
        assertThat(Policy.OPEN.allowsHost("pbx.example.com")).isTrue();
        assertThat(hosts().allowsHost("pbx.example.com")).isFalse();
        assertBoth(hosts(), hosts("*.example.com"), policy -> !policy.allowsHost("pbx.example.com"));
    }

    @Test
    void codecs_that_both_permit_are_permitted() {
        assertBoth(
                codecs("opus", "pcma"),
                codecs("pcma", "g722"),
                policy -> Set.of("pcma").equals(policy.codecs()));
        assertBoth(codecs("opus"), codecs("pcma"), policy -> Set.of().equals(policy.codecs()));
        assertBoth(codecs("opus"), Policy.OPEN, policy -> Set.of("opus").equals(policy.codecs()));
        assertThat(Policy.OPEN.tightenedBy(Policy.OPEN).codecs()).isNull();
    }

    @Test
    void the_lower_limit_and_the_lower_age_count() {
        Duration week = Duration.ofDays(7);
        Duration year = Duration.ofDays(365);
        assertBoth(history(10, week), history(1_000, year), policy -> isHistory(policy, 10, week));
        assertBoth(history(10, year), history(1_000, week), policy -> isHistory(policy, 10, week));
        assertBoth(history(0, Duration.ZERO), history(10, week), policy -> isHistory(policy, 0, Duration.ZERO));
        assertBoth(history(10, week), Policy.OPEN, policy -> isHistory(policy, 10, week));
        assertBoth(history(10, null), history(null, week), policy -> isHistory(policy, 10, week));
    }

    private static boolean isHistory(Policy policy, int limit, Duration age) {
        return Integer.valueOf(limit).equals(policy.historyLimit()) && age.equals(policy.historyAge());
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void a_feature_that_either_policy_disables_is_disabled(Feature feature) {
        Policy off = new Policy(null, null, null, null, null, Set.of(feature));
        assertThat(Policy.OPEN.allows(feature)).isTrue();
        assertBoth(off, Policy.OPEN, policy -> !policy.allows(feature));
        for (Feature other : Feature.values()) {
            Policy both = new Policy(null, null, null, null, null, Set.of(other));
            assertBoth(off, both, policy -> !policy.allows(feature) && !policy.allows(other));
        }
    }

    @Test
    void a_floor_of_one_is_the_floor_of_both() {
        Policy strict = floor(SecurityFloor.DEFAULT.withSuites(GCM).withoutMd5Digest());
        assertBoth(
                strict,
                Policy.OPEN,
                policy -> strict.floor() != null && strict.floor().equals(policy.floor()));
        assertBoth(
                strict,
                floor(SecurityFloor.DEFAULT.labAllowCleartextMedia()),
                policy -> strict.floor() != null && strict.floor().equals(policy.floor()));
    }

    /** Each of the five, by itself: a floor that does not forbid it does not bring it back. */
    @Test
    void a_floor_forbids_each_lab_switch_by_itself() {
        SecurityFloor base = SecurityFloor.DEFAULT;
        assertForbidden(base.labAllowCleartextSignalling(), SecurityFloor::cleartextSignalling);
        assertForbidden(base.labAllowCleartextMedia(), SecurityFloor::cleartextMedia);
        assertForbidden(base.labAllowDigestDowngrade(), SecurityFloor::digestDowngrade);
        assertForbidden(base, base.withoutMd5Digest(), SecurityFloor::md5Digest);
        SecurityFloor lab =
                base.labAllowCleartextSignalling().labAllowCleartextMedia().labAllowDigestDowngrade();
        assertThat(lab.tightenedBy(lab)).as("what both permit").isEqualTo(lab);
        assertThat(lab.isWeakened()).isTrue();
        assertThat(base.isWeakened()).isFalse();
    }

    private static void assertForbidden(SecurityFloor weak, Predicate<SecurityFloor> permits) {
        assertForbidden(weak, SecurityFloor.DEFAULT, permits);
        assertThat(weak.isWeakened()).isTrue();
    }

    private static void assertForbidden(SecurityFloor weak, SecurityFloor strict, Predicate<SecurityFloor> permits) {
        assertThat(permits.test(weak)).isTrue();
        assertThat(permits.test(weak.tightenedBy(strict))).isFalse();
        assertThat(permits.test(strict.tightenedBy(weak))).isFalse();
    }

    @Test
    void suites_that_both_accept_are_accepted_in_the_order_of_the_first() {
        SecurityFloor all = SecurityFloor.DEFAULT;
        SecurityFloor turned = all.withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_32, GCM.get(1), GCM.get(0)));
        assertThat(all.tightenedBy(turned).suites()).isEqualTo(GCM);
        assertThat(turned.tightenedBy(all).suites()).containsExactly(GCM.get(1), GCM.get(0));
        assertThatThrownBy(() -> all.tightenedBy(all.withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_32))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whichever of the two is first. */
    private static void assertBoth(Policy one, Policy other, Predicate<Policy> expected) {
        assertThat(one.tightenedBy(other)).matches(expected);
        assertThat(other.tightenedBy(one)).matches(expected);
    }

    private static Policy hosts(String... patterns) {
        return new Policy(Set.of(patterns), null, null, null, null, Set.of());
    }

    private static Policy codecs(String... names) {
        return new Policy(null, null, Set.of(names), null, null, Set.of());
    }

    private static Policy floor(SecurityFloor floor) {
        return new Policy(null, floor, null, null, null, Set.of());
    }

    private static Policy history(@Nullable Integer limit, @Nullable Duration age) {
        return new Policy(null, null, null, limit, age, Set.of());
    }
}
