// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of a vault, looked at where it lay once the vault is closed. */
class VaultKeyWipedTest {
    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private final FakeKeyring keyring = new FakeKeyring();
    private final List<byte[]> keys = new ArrayList<>();

    private Vault vault() {
        return new Vault(
                new VaultFiles(directory.toAbsolutePath(), DiskOperations.REAL),
                new Watched(new KeyringHolder(keyring, random)),
                random);
    }

    private static void write(Vault vault, String name, byte @Nullable [] value) throws SecureStoreException {
        Map<String, byte @Nullable []> changes = new HashMap<>();
        changes.put(name, value);
        vault.write(changes);
    }

    @Test
    void a_key_that_was_made_is_overwritten_when_the_vault_is_closed() throws Exception {
        Vault vault = vault();
        write(vault, "name", new byte[] {1, 2, 3});
        assertThat(keys).hasSize(1);
        assertThat(isWiped(keys.get(0))).as("while it is open").isFalse();
        vault.close();
        assertThat(keys).allMatch(VaultKeyWipedTest::isWiped);
    }

    @Test
    void a_key_that_was_fetched_is_overwritten_when_the_vault_is_closed() throws Exception {
        Vault first = vault();
        write(first, "name", new byte[] {1, 2, 3});
        first.close();
        keys.clear();
        Vault second = vault();
        assertThat(second.read("name")).containsExactly(1, 2, 3);
        assertThat(keys).hasSize(1).noneMatch(VaultKeyWipedTest::isWiped);
        second.close();
        assertThat(keys).allMatch(VaultKeyWipedTest::isWiped);
    }

    /** The other half: one that opens nothing. */
    @Test
    void a_key_of_a_vault_that_cannot_be_opened_is_overwritten_at_once() throws Exception {
        Vault first = vault();
        write(first, "name", new byte[] {1, 2, 3});
        first.close();
        keys.clear();
        Path file = directory.resolve(VaultSession.FILE);
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length - 1] ^= 1;
        Files.write(file, damaged);
        Vault second = vault();
        assertThatThrownBy(() -> second.read("name"))
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CORRUPT));
        assertThat(keys).hasSize(1).allMatch(VaultKeyWipedTest::isWiped);
        second.close();
    }

    private static boolean isWiped(byte[] key) {
        for (byte each : key) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Keeps each key that it hands over. */
    private final class Watched implements KeyHolder {
        private final KeyHolder holder;

        Watched(KeyHolder holder) {
            this.holder = holder;
        }

        private byte[] kept(byte[] key) {
            keys.add(key);
            return key;
        }

        @Override
        public Reason wrongKey() {
            return holder.wrongKey();
        }

        @Override
        public Access access() throws SecureStoreException {
            Access access = holder.access();
            return new Access() {
                @Override
                public byte[] keyOf(VaultHeader header) throws SecureStoreException {
                    return kept(access.keyOf(header));
                }

                @Override
                public NewKey newKey() throws SecureStoreException {
                    NewKey made = access.newKey();
                    kept(made.key());
                    return made;
                }

                @Override
                public OptionalLong generation(byte @Nullable [] key) throws SecureStoreException {
                    return access.generation(key);
                }

                @Override
                public void remember(long generation, byte[] key) throws SecureStoreException {
                    access.remember(generation, key);
                }

                @Override
                public void destroy() throws SecureStoreException {
                    access.destroy();
                }

                @Override
                public void close() {
                    access.close();
                }
            };
        }

        @Override
        public void close() {
            holder.close();
        }
    }
}
