// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Counts upwards in a vault, as fast as it can, and says each number after it was written. */
final class WritingProgram {
    private WritingProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Vault vault = VaultPlace.in(Path.of(arguments[0])).withPassphrase("correct horse")) {
            count(vault);
        }
    }

    static void count(Vault vault) throws Exception {
        byte[] last = vault.read("number");
        long number = last == null ? 0 : ByteBuffer.wrap(last).getLong();
        System.out.println("at " + number);
        Random sizes = Seeds.random(number);
        while (!Thread.interrupted()) {
            number++;
            byte[] bytes = ByteBuffer.allocate(8).putLong(number).array();
            byte[] filler = new byte[sizes.nextInt(100_000)];
            vault.write(Map.of("number", bytes, "same", bytes, "filler", filler));
            System.out.println(number);
        }
    }
}
