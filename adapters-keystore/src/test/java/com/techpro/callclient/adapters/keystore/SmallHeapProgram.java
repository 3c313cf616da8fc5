// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Asks a vault with a passphrase for what its heap has no room for, then another for what it has. */
final class SmallHeapProgram {
    private SmallHeapProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (Vault vault = Vault.withPassphrase(directory.resolve("vault"), Secret.of("correct horse"))) {
            for (int i = 0; i < 2; i++) {
                try {
                    vault.write(Map.of("a", new byte[1]));
                    System.out.println("written");
                } catch (SecureStoreException e) {
                    System.out.println(e.reason());
                }
            }
        }
        // The directory is free again: not even the lock is held.
        try (Vault vault = new VaultPlace(directory.resolve("vault"), directory.resolve("vault")).withPassphrase("x")) {
            vault.write(Map.of("a", "1".getBytes(StandardCharsets.UTF_8)));
            System.out.println(new String(vault.read("a"), StandardCharsets.UTF_8));
        }
    }
}
