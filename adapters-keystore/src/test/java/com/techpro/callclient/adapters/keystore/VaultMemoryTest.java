// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dump of the whole heap shows while a vault is open, and after it was closed. */
class VaultMemoryTest {
    private static final String PASSPHRASE = "canary passphrase 9e107d9d";
    private static final String VALUE = "canary credential 372bb682";

    @TempDir
    private Path directory;

    @Test
    void an_open_vault_holds_no_value_and_a_closed_one_neither_key_nor_passphrase() throws Exception {
        String filler = "#".repeat(8190);
        try (ChildJvm program =
                VaultPlace.program(MemoryProgram.class, directory.toString()).start()) {
            program.say(PASSPHRASE);
            program.say(VALUE);
            assertThat(program.line()).isEqualTo("filled");
            program.say(filler);
            assertThat(program.line()).isEqualTo("open");
            program.dumpHeap(directory.resolve("open.hprof"));
            program.say(filler);
            assertThat(program.line()).isEqualTo("closed");
            program.dumpHeap(directory.resolve("closed.hprof"));
            program.say("");
            assertThat(program.line()).isEqualTo("done Vault[passphrase]");
        }
        byte[] file = Files.readAllBytes(directory.resolve("vault/vault"));
        VaultHeader header = VaultFormat.header(file);
        assertThat(header.cost().isAtLeast(Argon2Cost.FLOOR)).isTrue();
        byte[] key = header.cost().derive(ascii(PASSPHRASE), header.salt());
        assertThat(VaultFormat.open(file, key, null).get("credential")).isEqualTo(ascii(VALUE));

        byte[] open = Files.readAllBytes(directory.resolve("open.hprof"));
        assertThat(contains(open, key))
                .as("the probe finds the key where it is")
                .isTrue();
        assertThat(contains(open, ascii(VALUE))).isFalse();
        assertThat(contains(open, utf16(VALUE))).isFalse();

        byte[] closed = Files.readAllBytes(directory.resolve("closed.hprof"));
        for (byte[] secret : List.of(key, ascii(PASSPHRASE), utf16(PASSPHRASE), ascii(VALUE), utf16(VALUE))) {
            assertThat(contains(closed, secret))
                    .as("after closing: %s", HexFormat.of().formatHex(secret))
                    .isFalse();
        }
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int at = 0; at <= whole.length - part.length; at++) {
            if (whole[at] == part[0] && Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As the characters of an array stand in a heap dump. */
    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE);
    }
}
