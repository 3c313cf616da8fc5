// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StolenTimeTest {
    @TempDir
    private Path folder;

    @Test
    void the_processor_that_lost_most_counts_and_only_since_the_last_look() throws IOException {
        Path statistics = statistics(5, 7);
        StolenTime stolen = new StolenTime(statistics);
        assertThat(stolen.mostStolen()).isZero();

        statistics(6, 11);
        assertThat(stolen.mostStolen()).isEqualTo(Duration.ofMillis(40));
        assertThat(stolen.mostStolen()).isZero();
    }

    @Test
    void where_the_system_does_not_tell_nothing_is_stolen() throws IOException {
        assertThat(new StolenTime(folder.resolve("none")).mostStolen()).isZero();

        Path odd = Files.writeString(folder.resolve("stat"), "cpu0 1 2 3 4 5 6 7 many 0 0\n");
        assertThat(new StolenTime(odd).mostStolen()).isZero();
    }

    private Path statistics(int first, int second) throws IOException {
        return Files.writeString(
                folder.resolve("stat"),
                "cpu  9 9 9 9 9 9 9 99 0 0\ncpu0 1 2 3 4 5 6 7 " + first + " 0 0\ncpu1 1 2 3 4 5 6 7 " + second
                        + " 0 0\nintr 12 3 4\n");
    }
}
