// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault on a small file system of its own, which gets full and cannot be written. Mounting it takes root, as {@code .ci/run} is. */
@Tag("interop")
class RealDiskTest {
    @TempDir
    private Path directory;

    private Path disk;
    private VaultPlace place;

    @BeforeEach
    void mountDisk() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        place = VaultPlace.in(disk);
    }

    @AfterEach
    void unmountDisk() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void a_full_disk_is_told_costs_nothing_and_can_be_logged_out_on() throws Exception {
        FakeKeyring keyring = new FakeKeyring();
        byte[] large = new byte[60_000];
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(Map.of("a", large));
            fill();
            Map<String, byte[]> before = place.contents();

            assertThat(VaultFilesTest.reasonOf(() -> vault.write(Map.of("b", large))))
                    .isEqualTo(Reason.FULL);

            assertThat(place.contents()).usingRecursiveComparison().isEqualTo(before);
            assertThat(vault.read("a")).isEqualTo(large);
            Files.delete(disk.resolve("filler"));
            vault.write(Map.of("b", new byte[1_000]));
            assertThat(vault.names()).containsExactlyInAnyOrder("a", "b");
            fill();
            vault.erase();
            assertThat(place.contents()).isEmpty();
            assertThat(keyring.entries).isEmpty();
        }
    }

    @Test
    void a_full_disk_at_the_very_first_write_is_told_too() throws Exception {
        fill();
        try (Vault vault = place.withPassphrase("correct horse")) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.write(Map.of("a", new byte[1_000]))))
                    .isEqualTo(Reason.FULL);
            Files.delete(disk.resolve("filler"));
            vault.write(Map.of("a", new byte[1_000]));
        }
    }

    @Test
    void a_disk_that_cannot_be_written_is_told_and_nothing_is_lost() throws Exception {
        FakeKeyring keyring = new FakeKeyring();
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(Map.of("a", new byte[1]));
        }
        run("mount", "-o", "remount,ro", disk.toString());
        Map<String, byte[]> before = place.contents();
        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.write(Map.of("a", new byte[2]))))
                    .isEqualTo(Reason.FAILED);
            assertThat(VaultFilesTest.reasonOf(vault::erase)).isEqualTo(Reason.FAILED);
        }
        assertThat(place.contents()).usingRecursiveComparison().isEqualTo(before);
        assertThat(keyring.entries).containsKey("vault-key");
        run("mount", "-o", "remount,rw", disk.toString());
        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(vault.read("a")).hasSize(1);
        }
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 1_000; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.onExit().get().exitValue())
                .as(String.join(" ", command) + ": " + said)
                .isZero();
    }
}
