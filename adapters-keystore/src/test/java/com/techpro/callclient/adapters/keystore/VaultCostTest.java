// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file may ask of whoever opens it, and what becomes of it where there is too little memory. */
class VaultCostTest {
    @TempDir
    private Path directory;

    @Test
    void the_cost_limit_is_the_usual_maximum_or_a_few_times_the_local_choice() {
        Argon2Cost floor = Argon2Cost.FLOOR;
        Argon2Cost slow = floor;
        Argon2Cost fast = new Argon2Cost(floor.memoryKib(), 24, 1);
        Argon2Cost greatest = new Argon2Cost(256 * 1024, 64, 1);
        Argon2Cost later = new Argon2Cost(128 * 1024, 24, 1);

        assertThat(fast.isAffordable(floor, () -> slow))
                .as("of a fast machine, opened on a slow one")
                .isTrue();
        assertThat(greatest.isAffordable(floor, () -> fast)).isFalse();
        assertThat(greatest.isAffordable(floor, () -> slow)).isFalse();
        assertThat(later.isAffordable(floor, () -> fast)).isTrue();
        assertThat(later.isAffordable(floor, () -> slow)).isFalse();
    }

    @Test
    void the_local_cost_is_not_measured_if_it_decides_nothing() {
        AtomicInteger asked = new AtomicInteger();
        Argon2Cost floor = Argon2Cost.FLOOR;
        for (Argon2Cost cost : List.of(floor, new Argon2Cost(256 * 1024, 64, 1))) {
            cost.isAffordable(floor, () -> {
                asked.incrementAndGet();
                return floor;
            });
        }
        assertThat(asked).hasValue(0);
    }

    /** Opened by a machine whose floor is that of the tests: 8 KiB, once. */
    @Test
    void a_file_that_asks_for_more_is_refused_before_anything_is_derived() throws Exception {
        VaultPlace affordable = asking("affordable", new Argon2Cost(8, 24, 1));
        try (Vault vault = affordable.withPassphrase("correct horse")) {
            assertThat(vault.read("a")).isEqualTo(new byte[1]);
        }
        VaultPlace dear = asking("dear", new Argon2Cost(64, 64, 1));
        try (Vault vault = dear.withPassphrase("correct horse")) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    private VaultPlace asking(String name, Argon2Cost cost) throws Exception {
        VaultPlace place = VaultPlace.in(Files.createDirectory(directory.resolve(name)));
        try (Vault vault = place.withPassphrase("correct horse")) {
            vault.write(Map.of("a", new byte[1]));
        }
        byte[] salt = new byte[VaultHeader.SALT_LENGTH];
        VaultHeader header = new VaultHeader(VaultHeader.Holder.PASSPHRASE, cost, salt, 1);
        byte[] key = cost.derive("correct horse".getBytes(StandardCharsets.UTF_8), salt);
        Files.write(place.file(), VaultFormat.seal(header, key, Map.of("a", new byte[1]), new SecureRandom()));
        new GenerationFile(new VaultFiles(place.generations(), DiskOperations.REAL)).write(1, key);
        return place;
    }

    @Test
    void a_heap_too_small_to_derive_a_key_in_is_told_and_the_vault_goes_on() throws Exception {
        try (ChildJvm program = ChildJvm.of(SmallHeapProgram.class)
                .options(List.of("-Xmx24m", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR"))
                .arguments(directory.toString())
                .start()) {
            assertThat(program.line()).isEqualTo("FAILED");
            assertThat(program.line()).isEqualTo("FAILED");
            assertThat(program.line()).isEqualTo("1");
        }
    }
}
