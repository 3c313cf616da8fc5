// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * In a file that has no name from the moment it is open, where the system permits that: whatever becomes of the process, the system then takes
 * it away. Elsewhere it is deleted as it is closed. What the disk has no room for is kept in memory.
 */
final class FileChunks implements Chunks {
    private final Path path;
    // A hand-off: the file has one position, and the writer and readers share it.
    private final RandomAccessFile file;
    private final MemoryChunks overflow = new MemoryChunks();
    private int written;
    private boolean diskFailed;
    private long end;
    private boolean erased;

    FileChunks(Path path) throws IOException {
        this.path = path;
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            // Not a file system with such permissions; what is written is encrypted.
            Files.createFile(path);
        }
        this.file = new RandomAccessFile(path.toFile(), "rw");
        if (!delete()) {
            Loggers.VOICEMAIL.debug("a cached message is not deleted yet");
        }
    }

    @Override
    public void add(byte[] chunk) throws IOException {
        synchronized (file) {
            if (erased) {
                throw new IOException("the cached message is gone");
            }
            if (!diskFailed) {
                try {
                    file.seek(end);
                    file.write(chunk);
                    end += chunk.length;
                    written++;
                    return;
                } catch (IOException e) {
                    // The message can be played all the same.
                    diskFailed = true;
                    Loggers.VOICEMAIL.warn("the rest of a cached message is in memory, its folder cannot be written");
                }
            }
            overflow.add(chunk);
        }
    }

    @Override
    public byte[] get(int index, int length) throws IOException {
        byte[] chunk = new byte[length];
        synchronized (file) {
            if (index >= written && diskFailed) {
                return overflow.get(index - written, length);
            }
            file.seek((long) index * SealedChunks.LENGTH);
            file.readFully(chunk);
        }
        return chunk;
    }

    @Override
    public void erase() {
        synchronized (file) {
            if (erased) {
                return;
            }
            erased = true;
            overflow.erase();
            try {
                file.setLength(0);
                file.close();
            } catch (IOException e) {
                Loggers.VOICEMAIL.warn("a cached message was not closed properly");
            }
        }
        if (!delete()) {
            Loggers.VOICEMAIL.warn("a cached message is not deleted yet");
        }
    }

    private boolean delete() {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
