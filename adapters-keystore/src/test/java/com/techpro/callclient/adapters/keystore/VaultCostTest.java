// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.ChildJvm;
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
    void a_file_asks_for_as_much_as_any_machine_chooses_or_a_few_times_what_this_one_would() {
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
    void finding_out_what_this_machine_would_choose_is_left_out_where_it_decides_nothing() {
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

    @Test
    void a_file_that_asks_for_more_is_refused_before_anything_is_derived() throws Exception {
        VaultPlace place = VaultPlace.in(directory);
        try (Vault vault = place.withPassphrase("correct horse")) {
            vault.write(Map.of("a", new byte[1]));
        }
        // Opened by a machine whose floor is that of the tests: 8 KiB, once.
        Argon2Cost dear = new Argon2Cost(64, 64, 1);
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[VaultHeader.SALT_LENGTH];
        VaultHeader header = new VaultHeader(VaultHeader.Holder.PASSPHRASE, dear, salt, 1);
        byte[] key = dear.derive("correct horse".getBytes(java.nio.charset.StandardCharsets.UTF_8), salt);
        Files.write(place.file(), VaultFormat.seal(header, key, Map.of("a", new byte[1]), random));

        try (Vault vault = place.withPassphrase("correct horse")) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
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
