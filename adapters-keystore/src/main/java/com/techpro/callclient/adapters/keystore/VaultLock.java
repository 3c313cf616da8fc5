// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Allows one store at a time on a directory: a set for this process, a file lock for others. The
 * set is checked first. On POSIX, closing any channel on a file drops the process's locks on it, so
 * a second store that merely tried would release the first one's lock.
 *
 * <p>The file is empty and stays; deleting it would let two processes hold locks on two files of
 * one name.
 */
final class VaultLock implements AutoCloseable {
    static final String FILE = "vault.lock";

    private static final Set<Object> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Object identity;
    private final FileChannel channel;

    private VaultLock(Object identity, FileChannel channel) {
        this.identity = identity;
        this.channel = channel;
    }

    static VaultLock take(VaultFiles files) throws SecureStoreException {
        Path directory = files.directory();
        Object identity = null;
        FileChannel channel = null;
        try {
            Object candidate = identityOf(directory);
            if (!HELD_HERE.add(candidate)) {
                throw new SecureStoreException(Reason.IN_USE, null);
            }
            identity = candidate;
            Path file = directory.resolve(FILE);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new SecureStoreException(Reason.FAILED, null); // opening a pipe would wait for its other end
            }
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    OwnerOnly.fileAttributes(directory));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new SecureStoreException(Reason.IN_USE, null);
            }
            VaultLock taken = new VaultLock(identity, channel);
            identity = null;
            channel = null;
            return taken;
        } catch (OverlappingFileLockException e) {
            throw new SecureStoreException(Reason.IN_USE, e);
        } catch (SecureStoreException e) {
            throw e;
        } catch (IOException e) {
            throw files.failure(e);
        } finally {
            release(identity, channel);
        }
    }

    @Override
    public void close() {
        release(identity, channel);
    }

    private static void release(@Nullable Object identity, @Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock is gone with the descriptor, even if closing it failed.
            }
        }
        if (identity != null) {
            HELD_HERE.remove(identity);
        }
    }

    /** The same for all names of a directory: device and inode if available, else the real path. */
    private static Object identityOf(Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, directory.toRealPath());
    }
}
