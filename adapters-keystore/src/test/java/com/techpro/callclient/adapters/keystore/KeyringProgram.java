// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import java.nio.file.Path;
import java.util.Map;

/** A program that embeds the vault as a host does. */
final class KeyringProgram {
    private KeyringProgram() {}

    /** What to do ({@code once} or {@code count}), the test's directory, the service. */
    public static void main(String[] arguments) throws Exception {
        try (Vault vault =
                Vault.withKeyring(VaultPlace.in(Path.of(arguments[1])).directory(), arguments[2])) {
            if (arguments[0].equals("count")) {
                WritingProgram.count(vault);
            }
            byte[] before = vault.read("runs");
            byte[] runs = {(byte) (before == null ? 1 : before[0] + 1)};
            vault.write(Map.of("runs", runs));
            System.out.println("run " + runs[0]);
        }
    }
}
