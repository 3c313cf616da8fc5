// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The files of the store's own directory: read without following links, replaced atomically and
 * durably.
 */
final class VaultFiles {
    private static final String TEMPORARY = ".new";

    private final Path directory;
    private final DiskOperations disk;

    VaultFiles(Path directory, DiskOperations disk) {
        this.directory = directory;
        this.disk = disk;
    }

    Path directory() {
        return directory;
    }

    /** Creates the directory, for its owner only. */
    void prepare() throws SecureStoreException {
        try {
            OwnerOnly.directory(directory);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    boolean exists(String name) {
        return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Returns the file's bytes, or null if there is none. Anything but a file of at most that
     * length was put there by someone else.
     */
    byte @Nullable [] read(String name, int mostLength) throws SecureStoreException {
        Path file = directory.resolve(name);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() > mostLength) {
                throw new SecureStoreException(Reason.CORRUPT, null);
            }
            OwnerOnly.file(file);
            return disk.read(file, (int) attributes.size());
        } catch (NoSuchFileException e) {
            return null;
        } catch (SecureStoreException e) {
            throw e;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * After it has returned the file has this content, even if the power fails; before, it has the
     * old content or this.
     */
    void replace(String name, byte[] content) throws SecureStoreException {
        Path temporary = directory.resolve(name + TEMPORARY);
        try {
            disk.deleteIfExists(temporary);
            disk.create(temporary, content);
            disk.sync(temporary);
            disk.replace(temporary, directory.resolve(name));
            disk.syncDirectory(directory);
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw failure(e);
        }
    }

    /** After it has returned none of them exists, nor leftovers of an interrupted replacement. */
    void delete(String... names) throws SecureStoreException {
        try {
            for (String name : names) {
                disk.deleteIfExists(directory.resolve(name));
                disk.deleteIfExists(directory.resolve(name + TEMPORARY));
            }
            disk.syncDirectory(directory);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Removes the leftovers of an interrupted replacement. */
    void sweep(String... names) throws SecureStoreException {
        try {
            for (String name : names) {
                disk.deleteIfExists(directory.resolve(name + TEMPORARY));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void deleteQuietly(Path temporary) {
        try {
            disk.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next opening of the store removes it, and it is encrypted anyway.
        }
    }

    /** No Java exception says that the disk is full; the system's message and the free space do. */
    SecureStoreException failure(IOException cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = words.contains("no space left") // Linux, macOS
                || words.contains("quota exceeded")
                || words.contains("not enough space"); // Windows
        if (!full && !(cause instanceof AccessDeniedException)) {
            try {
                full = Files.getFileStore(directory).getUsableSpace() == 0;
            } catch (IOException e) {
                full = false;
            }
        }
        return new SecureStoreException(full ? Reason.FULL : Reason.FAILED, Redacted.of(cause));
    }
}
