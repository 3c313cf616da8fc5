// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write and an erasure that fail, or are the end of the program, at each step in turn. */
class VaultFaultsTest {
    private static final Set<String> NAMES = Set.of("a", "b");

    @TempDir
    private Path directory;

    private final FakeKeyring keyring = new FakeKeyring();

    @Test
    void a_write_syncs_the_file_before_it_is_renamed_and_the_directory_afterwards() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        FaultyDisk disk = new FaultyDisk();
        try (Vault vault = place.withKeyring(keyring, disk)) {
            vault.write(values("1"));

            assertThat(disk.trace)
                    .containsExactly(
                            "create vault.new", "sync vault.new", "replace vault", "sync-directory vault-of-a-user");
        }
    }

    @Test
    void a_write_that_is_full_or_ends_the_program_at_any_step_left_the_old_or_the_new() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            int step = 0;
            while (writeWithFault(directory.resolve(crash + "-" + step), step, crash, true)) {
                step++;
            }
            assertThat(step).isEqualTo(4);
        }
    }

    @Test
    void a_faulty_write_with_a_passphrase_and_generation_file_leaves_the_old_or_the_new() throws Exception {
        for (boolean crash : new boolean[] {false, true}) {
            int step = 0;
            while (writeWithFault(directory.resolve(crash + "-" + step), step, crash, false)) {
                step++;
            }
            assertThat(step).isEqualTo(8);
        }
    }

    @Test
    void a_first_write_that_ends_the_program_at_any_step_left_an_empty_store_or_the_new() throws Exception {
        for (boolean withKeyring : new boolean[] {true, false}) {
            for (int step = 0; step < 12; step++) {
                VaultPlace place = VaultPlace.in(directory.resolve(withKeyring + "-" + step));
                keyring.entries.clear();
                FaultyDisk disk = new FaultyDisk();
                disk.crashes = true;
                disk.stepsUntilFault = step;
                try (Vault vault = open(place, withKeyring, disk)) {
                    vault.write(values("1"));
                } catch (FaultyDisk.Crash e) {
                    // the program is gone
                }
                try (Vault next = open(place, withKeyring, DiskOperations.REAL)) {
                    assertThat(next.names()).isIn(Set.of(), NAMES);
                    next.write(values("2"));
                    assertThat(next.read("a")).isEqualTo(bytes("2"));
                }
            }
        }
    }

    @Test
    void a_keyring_that_is_locked_at_any_step_of_a_write_costs_nothing_of_it() throws Exception {
        boolean failed = true;
        for (int step = 0; failed; step++) {
            VaultPlace place = VaultPlace.in(directory.resolve("step-" + step));
            keyring.entries.clear();
            keyring.stepsUntilFailure = Integer.MAX_VALUE;
            try (Vault vault = place.withKeyring(keyring)) {
                vault.write(values("1"));
                keyring.stepsUntilFailure = step;
                try {
                    vault.write(values("2"));
                    failed = false;
                } catch (SecureStoreException e) {
                    assertThat(e.reason()).isEqualTo(Reason.LOCKED);
                }
                keyring.stepsUntilFailure = Integer.MAX_VALUE;
                assertConsistent(vault);
                vault.write(values("3"));
                assertThat(vault.read("b")).isEqualTo(bytes("3"));
            }
        }
    }

    @Test
    void an_erasure_that_ends_the_program_at_any_step_is_finished_by_the_next_one() throws Exception {
        for (boolean withKeyring : new boolean[] {true, false}) {
            boolean crashed = true;
            for (int step = 0; crashed; step++) {
                VaultPlace place = VaultPlace.in(directory.resolve(withKeyring + "-" + step));
                keyring.entries.clear();
                try (Vault vault = open(place, withKeyring, DiskOperations.REAL)) {
                    vault.write(values("1"));
                }
                FaultyDisk disk = new FaultyDisk();
                disk.crashes = true;
                disk.stepsUntilFault = step;
                try (Vault vault = open(place, withKeyring, disk)) {
                    vault.erase();
                    crashed = false;
                } catch (FaultyDisk.Crash e) {
                    // the program is gone
                }
                boolean begun = place.contents().containsKey("vault-of-a-user/vault.erasing")
                        || !place.contents().containsKey("vault-of-a-user/vault");
                try (Vault next = open(place, withKeyring, DiskOperations.REAL)) {
                    if (begun) {
                        assertThat(next.names()).isEmpty();
                        assertThat(place.contents()).isEmpty();
                        assertThat(keyring.entries).isEmpty();
                    } else {
                        assertThat(next.read("a")).isEqualTo(bytes("1"));
                    }
                    next.erase();
                    assertThat(place.contents()).isEmpty();
                    assertThat(keyring.entries).isEmpty();
                }
            }
        }
    }

    @Test
    void a_full_disk_keeps_nobody_from_logging_out() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        FaultyDisk disk = new FaultyDisk() {
            @Override
            public void create(Path file, byte[] content) throws IOException {
                if (file.endsWith("vault.erasing.new")) {
                    throw new IOException("No space left on device");
                }
                super.create(file, content);
            }
        };
        try (Vault vault = place.withKeyring(keyring, disk)) {
            vault.write(values("1"));

            vault.erase();

            assertThat(vault.names()).isEmpty();
            assertThat(place.contents()).isEmpty();
            assertThat(keyring.entries).isEmpty();
        }
    }

    @Test
    void a_log_out_with_a_locked_keyring_takes_the_file_at_once_and_the_key_when_it_can() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(values("1"));
            keyring.failure = Reason.LOCKED;
            assertThat(VaultFilesTest.reasonOf(vault::erase)).isEqualTo(Reason.LOCKED);
            assertThat(place.file()).doesNotExist();
        }
        keyring.failure = null;
        try (Vault next = place.withKeyring(keyring)) {
            assertThat(next.names()).isEmpty();
            assertThat(keyring.entries).isEmpty();
            assertThat(place.contents()).isEmpty();
        }
    }

    /** Whether a fault was met. */
    private boolean writeWithFault(Path at, int step, boolean crash, boolean withKeyring) throws Exception {
        VaultPlace place = VaultPlace.in(at);
        keyring.entries.clear();
        try (Vault vault = open(place, withKeyring, DiskOperations.REAL)) {
            vault.write(values("1"));
        }
        FaultyDisk disk = new FaultyDisk();
        boolean met = false;
        try (Vault vault = open(place, withKeyring, disk)) {
            assertThat(vault.read("a")).isEqualTo(bytes("1"));
            disk.crashes = crash;
            disk.stepsUntilFault = step;
            try {
                vault.write(values("2"));
            } catch (SecureStoreException e) {
                assertThat(e.reason()).isEqualTo(Reason.FULL);
                met = true;
                disk.stepsUntilFault = Integer.MAX_VALUE;
                assertConsistent(vault);
            } catch (FaultyDisk.Crash e) {
                met = true;
            }
        }
        try (Vault next = open(place, withKeyring, DiskOperations.REAL)) {
            assertConsistent(next);
            if (!met) {
                assertThat(next.read("a")).isEqualTo(bytes("2"));
            }
            assertThat(place.contents().keySet()).noneMatch(name -> name.endsWith(".new"));
            next.write(values("3"));
            assertThat(next.read("a")).isEqualTo(bytes("3"));
        }
        return met;
    }

    private Vault open(VaultPlace place, boolean withKeyring, DiskOperations disk) {
        return withKeyring ? place.withKeyring(keyring, disk) : place.withPassphrase("correct horse", disk);
    }

    private static void assertConsistent(Vault vault) throws SecureStoreException {
        assertThat(vault.names()).isEqualTo(NAMES);
        assertThat(vault.read("a")).isEqualTo(vault.read("b")).isIn(bytes("1"), bytes("2"));
    }

    private static Map<String, byte[]> values(String value) {
        return Map.of("a", bytes(value), "b", bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
