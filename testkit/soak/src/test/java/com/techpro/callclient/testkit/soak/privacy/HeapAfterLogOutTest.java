// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises S6 and O2, in memory: once the user has logged out, nobody who takes the process apart finds who it was. */
class HeapAfterLogOutTest {
    private static final long SEED = 20_260;

    @Test
    void S6_nothing_marked_is_in_the_heap_after_log_out(@TempDir Path directory) throws IOException {
        assertThat(found(directory)).isEmpty();
    }

    @Test
    void S6_what_is_kept_is_found(@TempDir Path directory) throws IOException {
        assertThat(found(directory, "keep")).contains("password");
    }

    /** The marks that reachable objects hold. */
    private static List<String> found(Path directory, String... more) throws IOException {
        Path dump = directory.resolve("after.hprof");
        List<String> arguments = new ArrayList<>(List.of(Long.toString(SEED), dump.toString()));
        arguments.addAll(List.of(more));
        String output = ChildJvm.of(HeapAfterLogOut.class)
                .arguments(arguments.toArray(String[]::new))
                .runIn(directory);
        assertThat(output).contains("outgoing call: ESTABLISHED");
        return scan(dump, new Canaries(new Random(SEED)).all());
    }

    /** In pieces that overlap by the longest mark. */
    private static List<String> scan(Path dump, List<Canary> wanted) throws IOException {
        int overlap = wanted.stream().mapToInt(Canary::longest).max().orElseThrow();
        byte[] piece = new byte[1 << 20];
        List<Canary> left = new ArrayList<>(wanted);
        List<String> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(dump)) {
            int kept = 0;
            for (int read = in.readNBytes(piece, 0, piece.length); read > 0; ) {
                int length = kept + read;
                left.removeIf(canary -> {
                    boolean is = canary.isIn(piece, length);
                    if (is) {
                        found.add(canary.name());
                    }
                    return is;
                });
                kept = Math.min(overlap, length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
                read = in.readNBytes(piece, kept, piece.length - kept);
            }
        }
        return found;
    }
}
