// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise S5, as the operating system sees it: strace writes down every address that the whole process sends or connects to. */
@Tag("interop")
class SystemCallsTest {
    /** The phones' own end of the loopback interface; the PBX in the same process answers there. */
    private static final String PHONES = "127.0.0.1";

    private static final Pattern IPV4 = Pattern.compile("inet_addr\\(\"([0-9.]+)\"\\)");
    /**
     * The routing table is asked by which address this machine would reach the world: a datagram socket is connected to addresses of documentation
     * (RFC 5737, RFC 3849), on the port for discarding, and closed. That sends nothing.
     */
    private static final Pattern ROUTE_ASKED_FOR = Pattern.compile(
            "connect\\(\\d+, \\{sa_family=AF_INET6?, sin6?_port=htons\\(9\\),.*\"(::ffff:)?(198\\.51\\.100\\.1|2001:db8::1)\"");

    private static final Pattern IPV6 = Pattern.compile("inet_pton\\(AF_INET6, \"([^\"]+)\"");

    @Test
    void S5_every_address_in_the_trace_of_a_whole_day_is_on_the_list(@TempDir Path directory) throws IOException {
        Set<String> reached = reached(directory);
        assertThat(reached).contains(MainScenario.PBX_ADDRESS).isSubsetOf(MainScenario.PBX_ADDRESS, PHONES);
    }

    @Test
    void S5_the_trace_shows_contact_with_another_host(@TempDir Path directory) throws IOException {
        assertThat(reached(directory, "127.0.0.99")).contains("127.0.0.99");
    }

    private static Set<String> reached(Path directory, String... arguments) throws IOException {
        Path trace = directory.resolve("trace");
        String output = ChildJvm.of(DayAtThePbx.class)
                .before(List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "--seccomp-bpf",
                        "-e",
                        "trace=connect,sendto,sendmsg,sendmmsg",
                        "-e",
                        "signal=none",
                        "-s",
                        "0",
                        "-o",
                        trace.toString()))
                .arguments(arguments)
                .runIn(directory);
        assertThat(output).contains("outgoing call: ESTABLISHED");
        Set<String> addresses = new TreeSet<>();
        try (Stream<String> lines = Files.lines(trace)) {
            // AF_UNIX reaches nobody beyond this machine; AF_UNSPEC takes a connection back.
            lines.filter(line -> !ROUTE_ASKED_FOR.matcher(line).find()).forEach(line -> {
                for (Pattern family : List.of(IPV4, IPV6)) {
                    for (Matcher matcher = family.matcher(line); matcher.find(); ) {
                        String address = matcher.group(1);
                        addresses.add(address.startsWith("::ffff:") ? address.substring(7) : address);
                    }
                }
            });
        }
        return addresses;
    }
}
