// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {
    /** In a JVM of its own: in this one there have been sockets before. */
    @Test
    void the_socket_that_the_JDK_keeps_from_the_first_one_on_is_not_taken_for_a_leak(@TempDir Path directory)
            throws IOException {
        String counts = ChildJvm.of(FirstSocket.class).runIn(directory).trim();

        assertThat(counts).matches("(-?\\d+) then \\1");
    }
}
