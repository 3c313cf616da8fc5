// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** The individual disk operations, each of which can fail; tests make them fail. */
interface DiskOperations {
    DiskOperations REAL = new Real();

    /** Creates a new file for its owner only; it need not be durable. */
    void create(Path file, byte[] content) throws IOException;

    /** Makes a file's content durable. */
    void sync(Path file) throws IOException;

    /** Replaces a file by another atomically. */
    void replace(Path file, Path target) throws IOException;

    void deleteIfExists(Path file) throws IOException;

    /** Makes created and deleted names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Reads a whole file without following a link. */
    byte[] read(Path file, int length) throws IOException;

    final class Real implements DiskOperations {
        private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

        @Override
        public void create(Path file, byte[] content) throws IOException {
            // CREATE_NEW is O_EXCL: it never writes through a file or link that someone put there.
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (SeekableByteChannel out = Files.newByteChannel(file, options, OwnerOnly.fileAttributes(file))) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }

        @Override
        public void sync(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
        }

        @Override
        public void replace(Path file, Path target) throws IOException {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void deleteIfExists(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            if (WINDOWS) {
                return; // a directory cannot be opened there; NTFS journals its names
            }
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public byte[] read(Path file, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try (SeekableByteChannel in =
                    Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }
}
