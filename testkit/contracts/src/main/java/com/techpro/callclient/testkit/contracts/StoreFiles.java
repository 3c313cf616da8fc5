// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files in a store's directory, for a kit that reads and damages them. Empty ones, such as
 * locks, do not count.
 */
record StoreFiles(Path directory) {
    /** Sorted by name, so the order is stable. */
    List<Path> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> files = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.size(file) > 0) {
                    files.add(file);
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns names and contents in sequence. */
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        contents().forEach((file, content) -> {
            all.writeBytes(directory.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(content);
        });
        return all.toByteArray();
    }

    /** Changes the last byte of the largest file; returns whether there was one. */
    boolean tamper() {
        Map<Path, byte[]> contents = contents();
        contents.entrySet().stream()
                .max(Comparator.comparingInt(file -> file.getValue().length))
                .ifPresent(file -> {
                    file.getValue()[file.getValue().length - 1] ^= 1;
                    write(file.getKey(), file.getValue());
                });
        return !contents.isEmpty();
    }

    /** Returns a task that restores these files and removes all others. */
    Runnable copy() {
        Map<Path, byte[]> copy = contents();
        return () -> {
            try {
                for (Path file : list()) {
                    if (!copy.containsKey(file)) {
                        Files.delete(file);
                    }
                }
                for (Map.Entry<Path, byte[]> file : copy.entrySet()) {
                    Files.createDirectories(file.getKey().getParent());
                    write(file.getKey(), file.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Keeps the present files open, even if others replace them. */
    Held hold() {
        return new Held(contents());
    }

    private Map<Path, byte[]> contents() {
        try {
            Map<Path, byte[]> contents = new LinkedHashMap<>();
            for (Path file : list()) {
                contents.put(file, Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Open files and their contents. */
    static final class Held implements AutoCloseable {
        private final Map<Path, byte[]> contents;
        private final Map<Path, FileChannel> channels = new LinkedHashMap<>();

        private Held(Map<Path, byte[]> contents) {
            this.contents = contents;
            try {
                for (Path file : contents.keySet()) {
                    channels.put(file, FileChannel.open(file, StandardOpenOption.READ));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns the files whose bytes have changed; appending is no change. */
        List<Path> changed() throws IOException {
            List<Path> changed = new ArrayList<>();
            for (Map.Entry<Path, FileChannel> held : channels.entrySet()) {
                byte[] before = contents.get(held.getKey());
                ByteBuffer now = ByteBuffer.allocate(before == null ? 0 : before.length);
                int read = 0;
                while (now.hasRemaining() && read >= 0) {
                    read = held.getValue().read(now, now.position());
                }
                if (!Arrays.equals(before, now.array()) || now.hasRemaining()) {
                    changed.add(held.getKey().getFileName());
                }
            }
            return changed;
        }

        @Override
        public void close() throws IOException {
            for (FileChannel channel : channels.values()) {
                channel.close();
            }
        }
    }
}
