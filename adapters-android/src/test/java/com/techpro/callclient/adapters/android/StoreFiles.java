// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a closed store left in its directory, for the test that looks at it, damages it, and puts older copies back. */
record StoreFiles(Path directory) {
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files(directory).forEach((file, content) -> {
            if (content.length > 0) {
                all.writeBytes(directory.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                all.writeBytes(content);
            }
        });
        return all.toByteArray();
    }

    boolean tamper() {
        try {
            Path vault = directory.resolve("vault").resolve("vault");
            byte[] content = Files.readAllBytes(vault);
            content[content.length - 1] ^= 1;
            Files.write(vault, content);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the vault file's directory: putting back that of the keyring as well is not found out, and is said not to be. */
    Runnable copy() {
        Path vault = directory.resolve("vault");
        Map<Path, byte[]> copy = files(vault);
        return () -> {
            try {
                for (Path file : files(vault).keySet()) {
                    Files.delete(file);
                }
                for (Map.Entry<Path, byte[]> file : copy.entrySet()) {
                    Files.write(file.getKey(), file.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Map<Path, byte[]> files(Path root) {
        if (!Files.isDirectory(root)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            Map<Path, byte[]> files = new TreeMap<>();
            List<Path> paths = all.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            for (Path path : paths) {
                files.put(path, Files.readAllBytes(path));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
