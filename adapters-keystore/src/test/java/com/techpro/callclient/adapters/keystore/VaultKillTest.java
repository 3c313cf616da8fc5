// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are killed while they write, and programs that want the same vault. */
class VaultKillTest {
    @TempDir
    private Path directory;

    @Test
    @Tag("slow")
    void a_program_killed_at_any_moment_loses_no_write_that_returned_and_tears_none() throws Exception {
        killCycles(25);
    }

    @Test
    @Tag("interop")
    @Tag("day-0")
    @Timeout(600)
    void the_same_more_often() throws Exception {
        killCycles(60);
    }

    @Test
    void another_program_has_it_until_it_ends() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        try (ChildJvm other = VaultPlace.program(WritingProgram.class, directory.toString())
                        .start();
                Vault mine = place.withPassphrase("correct horse")) {
            assertThat(other.line()).isEqualTo("at 0");
            assertThat(other.line()).isEqualTo("1");
            assertThat(VaultFilesTest.reasonOf(() -> mine.read("number"))).isEqualTo(Reason.IN_USE);
            assertThat(VaultFilesTest.reasonOf(() -> mine.write(Map.of("number", new byte[8]))))
                    .isEqualTo(Reason.IN_USE);
            assertThat(VaultFilesTest.reasonOf(mine::erase)).isEqualTo(Reason.IN_USE);
            // Having tried does not take the other's lock away.
            assertThat(VaultFilesTest.reasonOf(() -> mine.read("number"))).isEqualTo(Reason.IN_USE);
            other.kill();
            List<String> said = other.rest();
            assertThat(other.exitValue()).isNotZero();

            assertThat(number(mine)).isGreaterThanOrEqualTo(said.size() + 1);
        }
    }

    @Test
    void two_stores_in_one_program_do_not_let_another_program_in() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        try (Vault first = place.withPassphrase("correct horse");
                Vault second = place.withPassphrase("correct horse")) {
            first.write(Map.of("number", new byte[8]));
            assertThat(VaultFilesTest.reasonOf(() -> second.read("number"))).isEqualTo(Reason.IN_USE);
            second.close();

            try (ChildJvm other = VaultPlace.program(WritingProgram.class, directory.toString())
                    .start()) {
                assertThat(String.join("\n", other.rest()))
                        .contains("SecureStoreException")
                        .contains("Another running");
                assertThat(other.exitValue()).isEqualTo(1);
            }
            assertThat(number(first)).isZero();
        }
    }

    private void killCycles(int cycles) throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        Random random = Seeds.random(1);
        long last = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            try (ChildJvm program = VaultPlace.program(WritingProgram.class, directory.toString())
                    .start()) {
                assertThat(program.line()).isEqualTo("at " + last);
                for (int line = random.nextInt(12); line > 0; line--) {
                    last = Long.parseLong(program.line());
                }
                LockSupport.parkNanos(random.nextInt(8_000_000)); // somewhere within a write or between two
                program.kill();
                for (String line : program.rest()) {
                    last = Long.parseLong(line);
                }
            }
            try (Vault vault = place.withPassphrase("correct horse")) {
                long now = number(vault);
                assertThat(now).isBetween(last, last + 1);
                assertThat(vault.read("same")).isEqualTo(vault.read("number"));
                last = now;
            }
            assertThat(place.contents().keySet()).noneMatch(name -> name.endsWith(".new"));
        }
        assertThat(last).isPositive();
    }

    private static long number(Vault vault) throws Exception {
        byte[] bytes = vault.read("number");
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }
}
