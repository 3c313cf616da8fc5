// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "pbx.example.test, pbx.example.test, 0, pbx.example.test",
        "PBX.Example.Test:5061, pbx.example.test, 5061, pbx.example.test:5061",
        "192.0.2.1:5060, 192.0.2.1, 5060, 192.0.2.1:5060",
        "[2001:DB8::1], 2001:db8::1, 0, [2001:db8::1]",
        "[2001:db8::1]:5061, 2001:db8::1, 5061, [2001:db8::1]:5061",
        "2001:db8::1, 2001:db8::1, 0, [2001:db8::1]",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8, 0, [1:2:3:4:5:6:7:8]",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1, 0, [::ffff:192.0.2.1]",
        "[::]:5060, ::, 5060, [::]:5060",
        "fe80::1%eth0, fe80::1%eth0, 0, [fe80::1%eth0]",
        "pbx, pbx, 0, pbx",
        "3cx.example, 3cx.example, 0, 3cx.example",
        "p--b-x.xn--bcher-kva.example, p--b-x.xn--bcher-kva.example, 0, p--b-x.xn--bcher-kva.example",
        "1.2.3.4.example, 1.2.3.4.example, 0, 1.2.3.4.example"
    })
    void it_reads_names_and_addresses_with_and_without_a_port(String text, String host, int port, String printed) {
        HostPort parsed = HostPort.parse(text);

        assertThat(parsed).isEqualTo(new HostPort(host, port)).hasToString(printed);
        assertThat(HostPort.parse(printed)).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5060",
                "a b",
                "a@b",
                "a/b",
                "host:0x10",
                "host:99999",
                "host:-1",
                "host:+5060",
                "host:\u0665\u0660\u0666\u0660",
                "[::1]5060",
                "h\u00f6st",
                "a:b:c",
                "[pbx.example]:5061:1",
                "[a:b]",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "12345::",
                "::1%",
                "::192.0.2.256",
                "::192.0.2.1:1",
                "1.2.3.4::",
                "[::1",
                "pbx_1.example",
                "pbx.example.",
                "pbx.example.:5061",
                ".",
                ".pbx.example",
                "pbx..example",
                "-pbx.example",
                "pbx-.example",
                "pbx.example-",
                "pbx.-example",
                "pbx.exa%6dple",
                "*.example",
                "pbx.example;transport=udp",
                "\"pbx\"",
                "pbx,example",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "010.0.0.1",
                "01.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "pbx.0x10",
                "::1%a/b",
                "::1%a]b",
                "a23456789-123456789-123456789-123456789-123456789-123456789-1234.example"
            })
    void an_invalid_host_and_port_is_refused(String text) {
        assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What passes can be asked for by SNI, and so opens a TLS connection or fails in an orderly way. */
    @Test
    void a_name_is_as_long_as_DNS_has_it_and_no_longer() {
        String label = "a23456789-123456789-123456789-123456789-123456789-123456789-123";
        String longest = label + "." + label + "." + label + "." + label.substring(2);

        assertThat(new SNIHostName(new HostPort(longest, 0).host()).getAsciiName())
                .hasSize(253);
        assertThatThrownBy(() -> new HostPort("x" + longest, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
