// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFileTest {
    @TempDir
    private Path folder;

    @Test
    void words_and_figures_are_found_by_line() throws IOException {
        KernelFile file = new KernelFile(Files.writeString(folder.resolve("stat"), "cpu  12 34\ncpu0 5 many 7\n\n"));
        file.read();

        assertThat(file.word(0, 0)).isEqualTo("cpu");
        assertThat(file.figure(0, 1)).isEqualTo(12);
        assertThat(file.figure(0, 2)).isEqualTo(34);
        assertThat(file.figure(0, 3)).isEqualTo(-1);
        int second = file.lineAfter(0);
        assertThat(file.word(second, 0)).isEqualTo("cpu0");
        assertThat(file.figure(second, 2)).isEqualTo(-1);
        assertThat(file.figure(second, 3)).isEqualTo(7);
        int third = file.lineAfter(second);
        assertThat(file.isEnd(third)).isFalse();
        assertThat(file.word(third, 0)).isEmpty();
        assertThat(file.isEnd(file.lineAfter(third))).isTrue();
    }

    @Test
    void it_is_read_anew_each_time_however_long_it_is() throws IOException {
        Path path = Files.writeString(folder.resolve("stat"), "1\n".repeat(9_000) + "77");
        KernelFile file = new KernelFile(path);
        file.read();
        int last = 0;
        while (!file.isEnd(file.lineAfter(last))) {
            last = file.lineAfter(last);
        }
        assertThat(file.figure(last, 0)).isEqualTo(77);

        Files.writeString(path, "88\n");
        file.read();
        assertThat(file.figure(0, 0)).isEqualTo(88);
        assertThat(file.isEnd(file.lineAfter(0))).isTrue();
    }

    @Test
    void a_file_that_is_not_there_is_empty() {
        KernelFile file = new KernelFile(folder.resolve("none"));
        file.read();

        assertThat(file.isEnd(0)).isTrue();
        assertThat(file.word(0, 0)).isEmpty();
        assertThat(file.figure(0, 1)).isEqualTo(-1);
    }
}
