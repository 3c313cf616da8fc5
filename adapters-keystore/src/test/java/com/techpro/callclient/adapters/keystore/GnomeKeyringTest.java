// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The vault with a real GNOME Keyring, looked at with an independent program. */
@Tag("interop")
@Tag("day-0")
class GnomeKeyringTest {
    private static final String SERVICE = "com.example.callclient";
    private static final Map<String, byte[]> VALUES = Map.of("a", "1".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private GnomeKeyring gnome;
    private VaultPlace place;

    @BeforeEach
    void start() throws Exception {
        gnome = new GnomeKeyring(directory.resolve("gnome"));
        place = VaultPlace.in(directory);
    }

    @AfterEach
    void stop() {
        gnome.close();
    }

    @Test
    void key_and_generation_are_in_the_keyring_and_after_an_erasure_they_are_not() throws Exception {
        gnome.startUnlocked();
        try (Vault vault = vault()) {
            vault.write(VALUES);
            vault.write(VALUES);
            String key = gnome.lookup(SERVICE, "vault-key");
            assertThat(Base64.getDecoder().decode(key)).hasSize(32);
            assertThat(gnome.lookup(SERVICE, "vault-generation")).isEqualTo("2");
            assertThat(new String(place.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain(key);

            vault.erase();

            assertThat(gnome.lookup(SERVICE, "vault-key")).isEmpty();
            assertThat(gnome.lookup(SERVICE, "vault-generation")).isEmpty();
            assertThat(place.contents()).isEmpty();
            // The deletion did not lock the user's keyring, which java-keyring's would have done.
            vault.write(VALUES);
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void a_keyring_that_is_locked_from_the_start_makes_no_key_and_loses_none() throws Exception {
        gnome.startUnlocked();
        try (Vault vault = vault()) {
            vault.write(VALUES);
        }
        String key = gnome.lookup(SERVICE, "vault-key");
        Map<String, byte[]> before = place.contents();
        gnome.startLocked();
        try (Vault vault = vault()) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.read("a"))).isEqualTo(Reason.LOCKED);
            assertThat(VaultFilesTest.reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.LOCKED);
        }
        assertThat(place.contents()).usingRecursiveComparison().isEqualTo(before);
        gnome.startUnlocked();
        assertThat(gnome.lookup(SERVICE, "vault-key")).isEqualTo(key);
        try (Vault vault = vault()) {
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void an_open_vault_is_readable_while_the_keyring_is_locked_and_writable_afterwards() throws Exception {
        gnome.startUnlocked();
        try (Vault vault = vault()) {
            vault.write(VALUES);
            gnome.startLocked();
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
            assertThat(VaultFilesTest.reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.LOCKED);
            gnome.startUnlocked();
            vault.write(VALUES);
        }
    }

    @Test
    void where_there_is_a_bus_and_no_keyring_it_is_unavailable() throws Exception {
        try (Vault vault = vault()) {
            assertThat(VaultFilesTest.reasonOf(() -> vault.read("a"))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(VaultFilesTest.reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(place.contents()).isEmpty();
            gnome.startUnlocked();
            vault.write(VALUES);
        }
    }

    @Test
    void a_program_finds_the_keyring_by_its_environment_and_leaves_no_threads() throws Exception {
        gnome.startUnlocked();
        for (int run = 1; run <= 2; run++) {
            try (ChildJvm program = VaultPlace.program(KeyringProgram.class, "once", directory.toString(), SERVICE)
                    .environment(gnome.environment())
                    .start()) {
                assertThat(program.rest()).containsExactly("run " + run);
                assertThat(program.exitValue()).isZero();
            }
        }
        try (Vault vault = vault()) {
            vault.write(VALUES);
            Await.until(
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("DBus")),
                    Duration.ofSeconds(10));
        }
        try (ChildJvm program = VaultPlace.program(KeyringProgram.class, "once", directory.toString(), SERVICE)
                .environment(Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"))
                .start()) {
            assertThat(String.join("\n", program.rest())).contains(Reason.UNAVAILABLE.advice());
        }
    }

    @Test
    @Timeout(300)
    void a_program_killed_at_any_moment_loses_no_write_that_returned() throws Exception {
        gnome.startUnlocked();
        Random random = Seeds.random(2);
        long last = 0;
        for (int cycle = 0; cycle < 30; cycle++) {
            try (ChildJvm program = VaultPlace.program(KeyringProgram.class, "count", directory.toString(), SERVICE)
                    .environment(gnome.environment())
                    .start()) {
                assertThat(program.line()).isEqualTo("at " + last);
                for (int line = random.nextInt(4); line > 0; line--) {
                    last = Long.parseLong(program.line());
                }
                LockSupport.parkNanos(random.nextInt(60_000_000));
                program.kill();
                for (String line : program.rest()) {
                    last = Long.parseLong(line);
                }
            }
            try (Vault vault = vault()) {
                byte[] bytes = vault.read("number");
                long now = bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
                assertThat(now).isBetween(last, last + 1);
                assertThat(vault.read("same")).isEqualTo(bytes);
                last = now;
            }
        }
        assertThat(last).isPositive();
    }

    private Vault vault() {
        return place.withKeyring(new SecretServiceKeyring(SERVICE, gnome.address()));
    }
}
