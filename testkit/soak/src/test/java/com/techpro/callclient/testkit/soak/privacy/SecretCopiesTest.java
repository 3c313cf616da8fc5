// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.soak.privacy.SecretCopies.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise S6: a copy of a secret is overwritten and not left to the collector, which may not come by for hours. */
class SecretCopiesTest {
    private static final long SEED = 5_150;

    @Test
    void S6_no_copy_of_a_secret_is_left_to_the_collector(@TempDir Path directory) throws IOException {
        Path dump = directory.resolve("all.hprof");
        String output = ChildJvm.of(SecretCopies.class)
                .options(List.of("-Xms640m", "-Xmx640m", "-Xmn560m", "-XX:+UseSerialGC", "-XX:-UsePerfData"))
                .arguments(Long.toString(SEED), directory.toString(), dump.toString())
                .runIn(directory);
        assertThat(output.lines().filter(line -> line.startsWith("collections ")))
                .as("nothing was moved or collected")
                .isNotEmpty()
                .containsOnly("collections 0");

        HeapDump search = new HeapDump();
        for (Part part : Part.values()) {
            String secret = new String(part.secret(SEED), 0, SecretCopies.UNIQUE);
            search.lookForBytes(part.name(), secret.getBytes(StandardCharsets.US_ASCII));
            // As the characters of an array stand in a dump.
            search.lookForBytes(part.name(), secret.getBytes(StandardCharsets.UTF_16BE));
        }
        assertThat(search.search(dump)).containsExactly(Part.CONTROL.name());
    }
}
