// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The fake store with all its data in one file: correct, or with one fault. */
final class FileStore implements SecureStorePort {
    /** Faults that would lose or expose stored data. */
    enum Break {
        NOTHING,
        BASE64_FOR_ENCRYPTION,
        COMPRESSION_FOR_ENCRYPTION,
        ONE_BYTE_OF_XOR_FOR_ENCRYPTION,
        CONSTANT_IV,
        ALTERNATING_IV,
        IV_OF_THREE,
        ONE_BLOCK_LIKE_THE_OTHER,
        MISSING_FILE_IS_AN_EMPTY_STORE,
        WRITTEN_WHERE_IT_LIES,
        FIRST_WRITTEN_WHERE_IT_LIES,
        ONE_NAME_AFTER_THE_OTHER,
        TORN_WHEN_FULL,
        ONE_OF_TWO_WRITES_LOST
    }

    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[16], "AES");
    private static final int ROOM_LEFT = 1_000;

    /** What outlives the program, and what the platform knows of the file. */
    static final class Platform implements FullDisk {
        final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        private final Path file;
        private final Break broken;
        private final List<byte[]> written = new ArrayList<>();
        private boolean full;
        private boolean wasFull;
        private int stepsLeft = Integer.MAX_VALUE;
        private long writes;
        private final Semaphore first = new Semaphore(1);
        private final CountDownLatch second = new CountDownLatch(1);

        Platform(Path directory, Break broken) {
            this.file = directory.resolve("values");
            this.broken = broken;
            disk.excludeOthers();
        }

        void fail(@Nullable Reason reason) {
            full = reason == Reason.FULL;
            stepsLeft = Integer.MAX_VALUE;
            disk.fail(full && broken == Break.TORN_WHEN_FULL ? null : reason);
        }

        @Override
        public void fullAfter(int steps) {
            stepsLeft = steps;
            wasFull = false;
        }

        @Override
        public boolean wasFull() {
            return wasFull;
        }

        /** The first write waits for one that begins meanwhile, which is lost. */
        private boolean isLost() {
            try {
                if (first.tryAcquire()) {
                    boolean unused = second.await(1, TimeUnit.SECONDS);
                    return false;
                }
                boolean lost = second.getCount() > 0;
                second.countDown();
                return lost;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean hasRoom() {
            if (stepsLeft > 0) {
                stepsLeft--;
                return true;
            }
            wasFull = true;
            return false;
        }

        private void write(Path to, byte[] content) throws IOException, SecureStoreException {
            boolean room = hasRoom();
            Files.write(to, room ? content : Arrays.copyOf(content, content.length / 2));
            if (!room) {
                throw new SecureStoreException(Reason.FULL, null);
            }
        }

        private void move(Path from, Path to) throws IOException, SecureStoreException {
            if (!hasRoom()) {
                throw new SecureStoreException(Reason.FULL, null);
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private final Platform platform;
    private final FakeSecureStore values;
    private final Thread opener = Thread.currentThread();

    FileStore(Platform platform) {
        this.platform = platform;
        this.values = new FakeSecureStore(platform.disk);
    }

    @Override
    public byte @Nullable [] read(String name) throws SecureStoreException {
        synchronized (platform) {
            byte[] value = values.read(name);
            return isMissing() ? null : value;
        }
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        synchronized (platform) {
            Set<String> names = values.names();
            return isMissing() ? Set.of() : names;
        }
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        var unused = names();
        if (platform.full && platform.broken == Break.TORN_WHEN_FULL) {
            for (String name : changes.keySet()) {
                byte[] value = changes.get(name);
                if (value != null && value.length > ROOM_LEFT) {
                    throw new SecureStoreException(Reason.FULL, null);
                }
                values.write(Map.of(name, value == null ? new byte[0] : value));
            }
            throw new SecureStoreException(Reason.FULL, null);
        }
        if (platform.broken == Break.ONE_OF_TWO_WRITES_LOST && Thread.currentThread() != opener && platform.isLost()) {
            return;
        }
        synchronized (platform) {
            if (platform.broken == Break.ONE_NAME_AFTER_THE_OTHER) {
                for (String name : changes.keySet()) {
                    put(Collections.singletonMap(name, changes.get(name)));
                }
            } else {
                put(changes);
            }
        }
    }

    private void put(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        Map<String, byte @Nullable []> before = new HashMap<>();
        for (String name : changes.keySet()) {
            before.put(name, values.read(name));
        }
        values.write(changes);
        try {
            save();
        } catch (SecureStoreException e) {
            values.write(before);
            throw e;
        }
    }

    @Override
    public void erase() throws SecureStoreException {
        values.erase();
        try {
            Files.deleteIfExists(platform.file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        platform.written.clear();
    }

    @Override
    public void close() {
        values.close();
    }

    /** Whether the file is missing and the store expects that. */
    private boolean isMissing() throws SecureStoreException {
        try {
            boolean there = Files.exists(platform.file);
            int last = platform.written.size() - 1;
            if (!there && last < 0) {
                return false;
            }
            if (!there && platform.broken == Break.MISSING_FILE_IS_AN_EMPTY_STORE) {
                return true;
            }
            byte[] found = there ? Files.readAllBytes(platform.file) : new byte[0];
            for (int i = 0; i < last; i++) {
                if (Arrays.equals(found, platform.written.get(i))) {
                    throw new SecureStoreException(Reason.ROLLED_BACK, null);
                }
            }
            if (last < 0 || !Arrays.equals(found, platform.written.get(last))) {
                throw new SecureStoreException(Reason.CORRUPT, null);
            }
            return false;
        } catch (SecureStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save() throws SecureStoreException {
        try {
            byte[] content = encrypted(serialized());
            Files.createDirectories(platform.file.getParent());
            if (liesThere()) {
                platform.write(platform.file, content);
            } else {
                Path next = platform.file.resolveSibling("values.new");
                try {
                    platform.write(next, content);
                    platform.move(next, platform.file);
                } finally {
                    Files.deleteIfExists(next);
                }
            }
            platform.written.add(content);
        } catch (SecureStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean liesThere() {
        return switch (platform.broken) {
            case WRITTEN_WHERE_IT_LIES -> true;
            case FIRST_WRITTEN_WHERE_IT_LIES -> platform.written.isEmpty();
            default -> false;
        };
    }

    private byte[] serialized() throws SecureStoreException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : new TreeSet<>(values.names())) {
            byte[] value = values.read(name);
            all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(ByteBuffer.allocate(5)
                    .putInt(1, value == null ? 0 : value.length)
                    .array());
            all.writeBytes(value == null ? new byte[0] : value);
        }
        return all.toByteArray();
    }

    private byte[] encrypted(byte[] clear) throws IOException {
        platform.writes++;
        long number = switch (platform.broken) {
            case CONSTANT_IV -> 7;
            case ALTERNATING_IV -> platform.writes % 2;
            case IV_OF_THREE -> platform.writes % 3;
            default -> platform.writes;
        };
        return switch (platform.broken) {
            case BASE64_FOR_ENCRYPTION -> Base64.getMimeEncoder().encode(clear);
            case COMPRESSION_FOR_ENCRYPTION ->
                new DeflaterInputStream(new ByteArrayInputStream(clear), new Deflater()).readAllBytes();
            case ONE_BYTE_OF_XOR_FOR_ENCRYPTION -> {
                byte[] masked = clear.clone();
                for (int i = 0; i < masked.length; i++) {
                    masked[i] ^= (byte) 0xA5;
                }
                yield masked;
            }
            case ONE_BLOCK_LIKE_THE_OTHER -> cipher("AES/ECB/PKCS5Padding", null, clear);
            default ->
                cipher(
                        "AES/CTR/NoPadding",
                        ByteBuffer.allocate(16).putLong(number).array(),
                        clear);
        };
    }

    private static byte[] cipher(String transformation, byte @Nullable [] counter, byte[] clear) {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            if (counter == null) {
                cipher.init(Cipher.ENCRYPT_MODE, KEY);
            } else {
                cipher.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(counter));
            }
            return cipher.doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
