// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a version of this module wrote and that every later one must open. Never write them anew: add others. */
class StoredVaultTest {
    private static final byte[] PASSWORD = "pa\u00df wort".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY = "an example key of 32 bytes, long".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private VaultPlace place;

    @BeforeEach
    void choosePlace() throws Exception {
        place = VaultPlace.in(directory);
        Files.createDirectories(place.directory());
        Files.createDirectories(place.generations());
    }

    @Test
    void a_passphrase_vault_of_version_1_opens_and_can_be_written() throws Exception {
        Files.write(place.file(), stored("version-1.vault"));
        Files.write(place.generations().resolve("vault.generation"), stored("version-1.generation"));

        for (int run = 0; run < 2; run++) {
            try (Vault vault = Vault.withPassphrase(
                    place.directory(), place.generations(), Secret.of("correct horse battery stapl\u00e9"))) {
                assertThat(vault.names()).contains("account.password", "favorites", "empty");
                assertThat(vault.read("account.password")).isEqualTo(PASSWORD);
                assertThat(vault.read("favorites")).containsExactly(0, 1, 2, 255);
                assertThat(vault.read("empty")).isEmpty();
                vault.write(Map.of("more", PASSWORD));
            }
        }
    }

    @Test
    void a_keyring_vault_of_version_1_opens_and_can_be_written() throws Exception {
        Files.write(place.file(), stored("version-1-keyring.vault"));
        FakeKeyring keyring = new FakeKeyring();
        keyring.entries.put("vault-key", Base64.getEncoder().encodeToString(KEY));
        keyring.entries.put("vault-generation", "1");

        for (int run = 0; run < 2; run++) {
            try (Vault vault = place.withKeyring(keyring)) {
                assertThat(vault.read("account.password")).isEqualTo(PASSWORD);
                vault.write(Map.of("more", PASSWORD));
            }
        }
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(StoredVaultTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
