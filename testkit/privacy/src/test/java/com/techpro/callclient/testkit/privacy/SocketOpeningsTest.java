// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise S5, in a whole JVM: nobody in it but the guarded classes opens a socket, whatever library is along. */
@Tag("slow")
class SocketOpeningsTest {
    private static final List<String> WATCH = List.of(
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Djava.nio.channels.spi.SelectorProvider=" + SocketOpenings.Watched.class.getName());
    private static final String PERMITTED =
            ".* by com\\.techpro\\.callclient\\.(stack\\.jdk\\.|engine\\.internal\\.privacy\\.GuardedSockets).*";

    /** The PBX is in the same JVM, and serves accounts with the JDK's HTTPS server. */
    private static final String OF_THE_PBX = ".* by sun\\.net\\.httpserver\\..*";

    @Test
    void S5_only_the_network_adapter_and_the_guard_open_sockets(@TempDir Path directory) throws IOException {
        List<String> openers = openers(directory);
        assertThat(openers).anyMatch(opener -> opener.contains("a datagram channel"));
        assertThat(openers).anyMatch(opener -> opener.contains("a socket channel"));
        assertThat(openers).anyMatch(opener -> opener.contains("a socket by"));
        assertThat(openers).allMatch(opener -> opener.matches(PERMITTED));
    }

    @Test
    void S5_a_socket_opened_outside_the_permitted_classes_is_detected(@TempDir Path directory) throws IOException {
        assertThat(openers(directory, "and-one-more")).anyMatch(opener -> !opener.matches(PERMITTED));
    }

    private static List<String> openers(Path directory, String... arguments) throws IOException {
        String output = ChildJvm.of(SocketOpenings.class)
                .options(WATCH)
                .arguments(arguments)
                .runIn(directory);
        assertThat(output).contains("outgoing call: ESTABLISHED");
        return output.lines()
                .filter(line -> line.startsWith("opener: ") && !line.matches(OF_THE_PBX))
                .toList();
    }
}
