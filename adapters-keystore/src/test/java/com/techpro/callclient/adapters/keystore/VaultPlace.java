// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a test's vaults are, and how to do with their files what others might. */
record VaultPlace(Path directory, Path generations) {
    /** So cheap that a test can open a vault a thousand times. */
    static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

    static VaultPlace in(Path directory) {
        return new VaultPlace(directory.resolve("vault-of-a-user"), directory.resolve("generations"));
    }

    /** Modes, links and pipes of files. */
    static void requirePosix(Path anywhere) {
        Precondition.require(
                anywhere.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX file system");
    }

    /** A program of its own that uses a vault, and can be killed: small and soon there. */
    static ChildJvm.Builder program(Class<?> main, String... arguments) {
        return ChildJvm.of(main)
                .options(List.of(
                        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR"))
                .arguments(arguments);
    }

    Vault withKeyring(Keyring keyring) {
        return withKeyring(keyring, DiskOperations.REAL);
    }

    Vault withKeyring(Keyring keyring, DiskOperations disk) {
        SecureRandom random = new SecureRandom();
        return new Vault(new VaultFiles(directory, disk), new KeyringHolder(keyring, random), random);
    }

    Vault withPassphrase(String passphrase) {
        return withPassphrase(passphrase, DiskOperations.REAL);
    }

    Vault withPassphrase(String passphrase, DiskOperations disk) {
        SecureRandom random = new SecureRandom();
        return new Vault(
                new VaultFiles(directory, disk),
                new PassphraseHolder(
                        Secret.of(passphrase),
                        new GenerationFile(new VaultFiles(generations, disk)),
                        CHEAP,
                        random,
                        System::nanoTime),
                random);
    }

    Path file() {
        return directory.resolve("vault");
    }

    /** Name and content of the vault's files, but for the lock, which is empty and stays. */
    Map<String, byte[]> contents() {
        try {
            Map<String, byte[]> contents = new TreeMap<>();
            for (Path each : List.of(directory, generations)) {
                if (Files.isDirectory(each)) {
                    try (Stream<Path> files = Files.list(each)) {
                        for (Path file : files.toList()) {
                            contents.put(each.getFileName() + "/" + file.getFileName(), Files.readAllBytes(file));
                        }
                    }
                }
            }
            if (contents.getOrDefault(directory.getFileName() + "/vault.lock", new byte[0]).length == 0) {
                contents.remove(directory.getFileName() + "/vault.lock");
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        contents().forEach((name, content) -> {
            all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(content);
        });
        return all.toByteArray();
    }

    /** Changes the last byte of the vault file. */
    boolean tamper() {
        try {
            byte[] content = Files.readAllBytes(file());
            content[content.length - 1] ^= 1;
            Files.write(file(), content);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the vault file alone. */
    Runnable copy() {
        try {
            byte[] content = Files.readAllBytes(file());
            return () -> {
                try {
                    Files.write(file(), content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
