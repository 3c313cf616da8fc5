// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.adapters.keystore.Keyring;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts in a file each, encrypted with a key of Android's Keystore: a byte 1, the nonce, then
 * AES-256-GCM that authenticates the entry's name. Deleting the last text deletes the key.
 */
final class KeystoreKeyring implements Keyring {
    private static final byte VERSION = 1;
    private static final int LONGEST = 4_096;
    private static final String TEMPORARY = ".new";

    private final KeystoreKey key;
    private final Path directory;

    KeystoreKeyring(KeystoreKey key, Path directory) {
        this.key = key;
        this.directory = directory;
    }

    @Override
    public Session open() throws SecureStoreException {
        key.requireAvailable();
        return new Entries();
    }

    private final class Entries implements Session {
        @Override
        public char @Nullable [] get(String name) throws SecureStoreException {
            byte[] file = readFile(name);
            if (file == null) {
                return null;
            }
            if (file.length < 1 + KeystoreKey.NONCE_LENGTH || file.length > LONGEST) {
                throw new SecureStoreException(Reason.CORRUPT, null);
            }
            if (file[0] != VERSION) {
                throw new SecureStoreException(Reason.TOO_NEW, null);
            }
            byte[] ascii = key.decrypt(Arrays.copyOfRange(file, 1, file.length), authenticated(name));
            CharBuffer text = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(ascii));
            char[] characters = new char[text.remaining()];
            text.get(characters);
            Arrays.fill(text.array(), '\0');
            Arrays.fill(ascii, (byte) 0);
            return characters;
        }

        @Override
        public void put(String name, char[] text) throws SecureStoreException {
            ByteBuffer encoded = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(text));
            byte[] ascii = new byte[encoded.remaining()];
            encoded.get(ascii);
            Arrays.fill(encoded.array(), (byte) 0);
            byte[] encrypted;
            try {
                encrypted = key.encrypt(ascii, authenticated(name), isEmpty());
            } catch (IOException e) {
                throw failure(e);
            } finally {
                Arrays.fill(ascii, (byte) 0);
            }
            byte[] file = new byte[1 + encrypted.length];
            file[0] = VERSION;
            System.arraycopy(encrypted, 0, file, 1, encrypted.length);
            replaceFile(name, file);
            look(name, text);
        }

        @Override
        public void remove(String name) throws SecureStoreException {
            try {
                Files.deleteIfExists(directory.resolve(name + TEMPORARY));
                if (Files.deleteIfExists(directory.resolve(name))) {
                    syncDirectory();
                }
                if (isEmpty()) {
                    key.delete();
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }

        @Override
        public void close() {}

        private void look(String name, char[] written) throws SecureStoreException {
            char[] read = get(name);
            boolean same = Arrays.equals(written, read);
            if (read != null) {
                Arrays.fill(read, '\0');
            }
            if (!same) {
                throw new SecureStoreException(Reason.FAILED, null);
            }
        }
    }

    private byte @Nullable [] readFile(String name) throws SecureStoreException {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            if (Files.size(file) > LONGEST) {
                throw new SecureStoreException(Reason.CORRUPT, null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * After it has returned the file has this content, even if the power fails; before, it has the
     * old content or this.
     */
    private void replaceFile(String name, byte[] content) throws SecureStoreException {
        Path temporary = directory.resolve(name + TEMPORARY);
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            syncDirectory();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private boolean isEmpty() throws IOException {
        if (!Files.isDirectory(directory)) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private static byte[] authenticated(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static SecureStoreException failure(IOException e) {
        if (e instanceof SecureStoreException known) {
            return known;
        }
        String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = words.contains("no space left") || words.contains("enospc") || words.contains("quota exceeded");
        return new SecureStoreException(full ? Reason.FULL : Reason.FAILED, Redacted.of(e));
    }
}
