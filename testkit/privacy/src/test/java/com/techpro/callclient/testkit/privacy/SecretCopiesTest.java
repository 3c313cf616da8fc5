// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.privacy.SecretCopies.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise S6: a copy of a secret is overwritten and not left to the collector, which may not come by for hours. */
@Tag("slow")
class SecretCopiesTest {
    private static final long SEED = 5_150;
    private static final Pattern KEY = Pattern.compile("^key ([a-z-]+) ([0-9a-f]+)$", Pattern.MULTILINE);

    @Test
    void S6_no_copy_of_a_secret_is_left_to_the_collector(@TempDir Path directory) throws IOException {
        Path dump = directory.resolve("all.hprof");
        String output = ChildJvm.of(SecretCopies.class)
                .options(List.of("-Xms896m", "-Xmx896m", "-Xmn800m", "-XX:+UseSerialGC", "-XX:-UsePerfData"))
                .arguments(Long.toString(SEED), directory.toString(), dump.toString())
                .runIn(directory);
        assertThat(output.lines().filter(line -> line.startsWith("collections ")))
                .as("nothing was moved or collected")
                .isNotEmpty()
                .containsOnly("collections 0");

        HeapDump search = new HeapDump();
        for (Part part : Part.values()) {
            char[] secret = part.secret(SEED);
            String unique = new String(secret, 0, SecretCopies.UNIQUE);
            if (part.stored) {
                search.lookForArrays(part.name(), secret);
            } else {
                search.lookForBytes(part.name(), unique.getBytes(StandardCharsets.US_ASCII));
                // As the characters of an array stand in a dump.
                search.lookForBytes(part.name(), unique.getBytes(StandardCharsets.UTF_16BE));
            }
        }
        Set<String> keys = new TreeSet<>();
        for (Matcher key = KEY.matcher(output); key.find(); ) {
            byte[] veiled = HexFormat.of().parseHex(key.group(2));
            for (int i = 0; i < veiled.length; i++) {
                veiled[i] ^= HeapOfEachLogin.VEIL;
            }
            search.lookForBytes(key.group(1), veiled);
            keys.add(key.group(1));
        }
        assertThat(keys).containsExactlyInAnyOrder("of-the-client", "of-the-server");
        Map<String, Set<Long>> found = search.places(dump);
        for (String key : keys) {
            assertThat(found.remove(key))
                    .as("each of the two ends has the key %s once", key)
                    .hasSize(2);
        }
        assertThat(found).containsOnlyKeys(Part.CONTROL.name(), Part.LOGIN_CONTROL.name());
    }
}
