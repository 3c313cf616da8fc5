// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of IPv4 in those of IPv6 (RFC 6052), and how their prefix is found out (RFC 7050). */
class Nat64PrefixTest {
    private static InetAddress address(String literal) {
        InetAddress address = NumericHost.parse(literal);
        assertThat(address).as(literal).isNotNull();
        return address;
    }

    private static Inet4Address ipv4(String literal) {
        return (Inet4Address) address(literal);
    }

    private static Nat64Prefix prefix(String literal, int length) {
        return Nat64Prefix.of((Inet6Address) address(literal), length);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::,             32, 2001:db8:c000:221::",
        "2001:db8:100::,         40, 2001:db8:1c0:2:21::",
        "2001:db8:122::,         48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::,     56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::,     64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::,     96, 2001:db8:122:344::192.0.2.33",
        "64:ff9b::,              96, 64:ff9b::192.0.2.33"
    })
    void RFC6052_2_4_the_examples_of_each_length(String prefix, int length, String mapped) {
        Nat64Prefix through = prefix(prefix, length);

        assertThat(through.map(ipv4("192.0.2.33"))).isEqualTo(address(mapped));
        assertThat(through.unmap(address(mapped))).isEqualTo(address("192.0.2.33"));
    }

    @Test
    void mapped_addresses_are_unmapped_and_others_are_not() throws UnknownHostException {
        Random random = Seeds.random(6052);
        for (int length : new int[] {32, 40, 48, 56, 64, 96}) {
            Nat64Prefix through = prefix("2001:db8:122:344::", length);
            for (int i = 0; i < 1_000; i++) {
                byte[] bytes = new byte[16];
                random.nextBytes(bytes);
                Inet4Address original = (Inet4Address) InetAddress.getByAddress(Arrays.copyOf(bytes, 4));
                InetAddress mapped = through.map(original);
                if (mapped != null) {
                    assertThat(through.unmap(mapped)).isEqualTo(original);
                }
                assertThat(through.unmap(InetAddress.getByAddress(bytes))).isNull();
            }
            assertThat(through.unmap(address("192.0.2.33"))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "169.254.1.1", "224.0.0.1", "255.255.255.255"})
    void a_local_or_multicast_address_is_not_mapped_through_NAT64(String local) {
        assertThat(prefix("2001:db8::", 96).map(ipv4(local))).isNull();
        assertThat(prefix("2001:db8::", 96).unmap(address("2001:db8::" + local)))
                .isNull();
    }

    @Test
    void RFC6052_3_1_under_the_well_known_prefix_there_are_no_private_addresses() {
        assertThat(prefix("64:ff9b::", 96).map(ipv4("10.0.0.1"))).isNull();
        assertThat(prefix("64:ff9b::", 96).unmap(address("64:ff9b::10.0.0.1"))).isNull();
        assertThat(prefix("2001:db8::", 96).map(ipv4("10.0.0.1"))).isEqualTo(address("2001:db8::10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::,             32, 2001:db8:c000:aa::",
        "2001:db8:100::,         40, 2001:db8:1c0:0:aa::",
        "2001:db8:122::,         48, 2001:db8:122:c000:0:aa00::",
        "2001:db8:122:300::,     56, 2001:db8:122:3c0:0:aa::",
        "2001:db8:122:344::,     64, 2001:db8:122:344:c0:0:aa00::",
        "2001:db8:122:344::,     96, 2001:db8:122:344::192.0.0.170",
        "64:ff9b::,              96, 64:ff9b::192.0.0.171"
    })
    void RFC7050_3_the_prefix_is_found_in_the_addresses_of_a_name_that_has_none(
            String prefix, int length, String told) {
        assertThat(Nat64Prefix.discovered(List.of(address("192.0.0.170"), address(told))))
                .isEqualTo(prefix(prefix, length));
    }

    @Test
    void RFC7050_3_an_address_that_can_be_read_twice_is_read_as_the_others_are() {
        // The prefix itself has the bytes of such an address in it.
        List<InetAddress> told =
                List.of(address("2001:db8:c000:aa::192.0.0.170"), address("2001:db8:c000:aa::192.0.0.171"));
        assertThat(Nat64Prefix.discovered(told)).isEqualTo(prefix("2001:db8:c000:aa::", 96));
        List<InetAddress> shorter = List.of(address("2001:db8:c000:aa::"), address("2001:db8:c000:ab::192.0.0.170"));
        assertThat(Nat64Prefix.discovered(shorter)).isEqualTo(prefix("2001:db8::", 32));
    }

    @Test
    void a_network_that_translates_nothing_has_no_prefix() {
        assertThat(Nat64Prefix.discovered(List.of())).isNull();
        assertThat(Nat64Prefix.discovered(List.of(address("192.0.0.170"), address("192.0.0.171"))))
                .isNull();
        assertThat(Nat64Prefix.discovered(List.of(address("2001:db8::1")))).isNull();
    }

    @Test
    void other_lengths_and_a_reserved_octet_that_is_used_are_no_prefix() {
        assertThatThrownBy(() -> prefix("2001:db8::", 80)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prefix("2001:db8:0:0:100::", 96)).isInstanceOf(IllegalArgumentException.class);
        assertThat(prefix("2001:db8::", 96)).hasToString("Nat64Prefix[/96]");
    }
}
