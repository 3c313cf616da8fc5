// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.techpro.callclient.adapters.keystore.Keyring;
import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.internal.account.login.SecretCopy;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.IntegrityKey.PasswordAlgorithm;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does with a secret of its own what each part of the engine does with secrets, and writes down the whole heap, also what nothing refers to any more: until
 * the collector comes by, that is where a copy lies that was not overwritten. Run in a JVM of its own, whose collector has nothing to do.
 */
final class SecretCopies {
    /** What handles a secret. */
    enum Part {
        /** Nothing is overwritten: the test sees it. */
        CONTROL,
        READ,
        READ_AS_BYTES,
        WIPED,
        INTEGRITY_KEY,
        COPY_OF_A_LOGIN,
        LOCK_PIN_SET,
        LOCK_PIN_OPENS,
        LOCK_PIN_WRONG,
        LOCK_PASSWORD_WITHOUT_LOGIN,
        ROOM_PIN_TYPED,
        ROOM_PIN_WITHOUT_A_CALL,
        ROOM_PIN_OF_A_REFUSED_CALL,
        ROOM_PIN_CUT_SHORT,
        ROOM_PIN_OF_A_GONE_ACCOUNT,
        VAULT_VALUE,
        VAULT_VALUE_REPLACED,
        VAULT_VALUE_BESIDE_ANOTHER,
        VAULT_VALUE_NOT_WRITTEN,
        VAULT_VALUE_BEFORE_A_BAD_NAME,
        VAULT_VALUE_UNLOCKED,
        VAULT_VALUE_OF_AN_OLDER_COPY,
        VAULT_PASSPHRASE,
        /** Nothing is overwritten, and strings do not count. */
        LOGIN_CONTROL(true),
        LOGIN_PASSWORD(true),
        LOGIN_PASSWORD_CHANGED(true);

        /**
         * Whether it is also in JSON on its way to the store: that has strings of it, which nothing
         * overwrites.
         */
        final boolean stored;

        Part() {
            this(false);
        }

        Part(boolean stored) {
            this.stored = stored;
        }

        private static final String KEYS = "0123456789*#ABCD";

        /**
         * Characters that are nowhere else, and behind them those that take more octets than an encoder
         * expects; of a room's PIN keys alone. Never a string here.
         */
        char[] secret(long seed) {
            Random random = Seeds.random(seed, name());
            boolean keys = name().startsWith("ROOM_PIN");
            char[] characters = new char[keys ? UNIQUE : UNIQUE + 8];
            Arrays.fill(characters, 'ä');
            for (int i = 0; i < UNIQUE; i++) {
                characters[i] =
                        keys ? KEYS.charAt(random.nextInt(KEYS.length())) : (char) ('!' + random.nextInt('~' - '!'));
            }
            return characters;
        }
    }

    /** How many characters of a secret are of it alone. */
    static final int UNIQUE = 24;

    private static final List<Object> kept = new ArrayList<>();

    private SecretCopies() {}

    /** Seed, folder, file for the dump. */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[0]);
        for (Part part : Part.values()) {
            if (Stream.of("VAULT", "LOGIN", "LOCK", "ROOM").noneMatch(part.name()::startsWith)) {
                handle(part, seed);
            }
        }
        lock(seed);
        RoomPinCopies.live(part -> secret(part, seed));
        vault(seed, Path.of(arguments[1]));
        older(seed, Path.of(arguments[1]));
        logins(seed);
        kept.addAll(HandshakeCopies.agreed());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[2], false);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            System.out.println("collections " + collector.getCollectionCount());
        }
    }

    private static void handle(Part part, long seed) {
        Secret secret = secret(part, seed);
        SecretAccess access = SecretAccess.forAuthenticators();
        switch (part) {
            case READ -> kept.add(secret.use(access, characters -> characters.length));
            case READ_AS_BYTES -> kept.add(secret.useUtf8(access, bytes -> bytes.length));
            case INTEGRITY_KEY ->
                kept.add(IntegrityKey.longTerm("alice", "example.com", secret, PasswordAlgorithm.SHA_256));
            case COPY_OF_A_LOGIN ->
                SecretCopy.wipe(SecretCopy.of(new Login(
                        "alice",
                        secret,
                        null,
                        secret,
                        Login.of("alice@example.com", secret).trust())));
            default -> kept.add(part);
        }
        if (part == Part.CONTROL) {
            kept.add(secret);
        } else {
            secret.wipe();
        }
    }

    private static Secret secret(Part part, long seed) {
        char[] characters = part.secret(seed);
        Secret secret = Secret.of(characters);
        Arrays.fill(characters, '\0');
        return secret;
    }

    private static byte[] value(Part part, long seed) {
        char[] characters = part.secret(seed);
        byte[] value = new byte[characters.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) characters[i];
        }
        Arrays.fill(characters, '\0');
        return value;
    }

    /** As a host uses it, which leaves the wiping to the lock. */
    private static void lock(long seed) {
        CallClientConfig config = CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.store(new FakeSecureStore()))
                .build();
        AppLock.Settings settings = new AppLock.Settings(AppLock.Mode.PIN, null, null);
        try (CallClient client = CallClient.create(config)) {
            AppLock lock = client.lock();
            kept.add(done(
                    lock.setPin(secret(Part.LOCK_PIN_SET, seed), settings, new AppLock.Proof.None()), Result.DONE));
            AppLock.Proof set = new AppLock.Proof.Pin(secret(Part.LOCK_PIN_SET, seed));
            kept.add(done(lock.setPin(secret(Part.LOCK_PIN_OPENS, seed), settings, set), Result.DONE));
            kept.add(done(lock.unlockWithPin(secret(Part.LOCK_PIN_WRONG, seed)), Result.WRONG_PIN));
            kept.add(done(lock.unlockWithPin(secret(Part.LOCK_PIN_OPENS, seed)), Result.DONE));
            kept.add(done(lock.unlock(secret(Part.LOCK_PASSWORD_WITHOUT_LOGIN, seed)), Result.NOT_LOGGED_IN));
        }
    }

    private static LockOutcome done(CompletionStage<LockOutcome> stage, Result expected) {
        LockOutcome outcome = stage.toCompletableFuture().join();
        if (outcome.result() != expected) {
            throw new AssertionError("the lock says " + outcome);
        }
        return outcome;
    }

    private static void vault(long seed, Path directory) throws Exception {
        Secret passphrase = secret(Part.VAULT_PASSPHRASE, seed);
        Vault vault = Vault.withPassphrase(directory.resolve("vault"), directory.resolve("generations"), passphrase);
        passphrase.wipe();
        write(vault, "replaced", value(Part.VAULT_VALUE_REPLACED, seed));
        write(vault, "replaced", new byte[] {1});
        write(vault, "removed", value(Part.VAULT_VALUE, seed));
        byte[] read = vault.read("removed");
        Arrays.fill(read, (byte) 0);
        write(vault, "removed", null);
        write(vault, "another", value(Part.VAULT_VALUE_BESIDE_ANOTHER, seed));
        write(vault, "beside-it", new byte[] {2});
        kept.add(vault.read("replaced"));
        kept.add(vault.names());
        Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
        byte[] before = value(Part.VAULT_VALUE_BEFORE_A_BAD_NAME, seed);
        changes.put("good", before);
        changes.put("A bad one", new byte[] {3});
        try {
            vault.write(changes);
            throw new AssertionError("a bad name was written");
        } catch (IllegalArgumentException e) {
            Arrays.fill(before, (byte) 0);
        }
        vault.close();
        try {
            write(vault, "late", value(Part.VAULT_VALUE_NOT_WRITTEN, seed));
            throw new AssertionError("a closed vault was written");
        } catch (IllegalStateException | SecureStoreException e) {
            kept.add(vault);
        }
    }

    /**
     * A value in a vault that is opened anew, and one in an older copy that somebody puts in the
     * place of the vault.
     */
    private static void older(long seed, Path directory) throws Exception {
        Path file = directory.resolve("older/vault");
        Path copy = directory.resolve("copy");
        MemoryKeyring keyring = new MemoryKeyring();
        try (Vault vault = Vault.withKeyring(file.getParent(), keyring)) {
            write(vault, "older", value(Part.VAULT_VALUE_OF_AN_OLDER_COPY, seed));
            Files.copy(file, copy);
            write(vault, "older", value(Part.VAULT_VALUE_UNLOCKED, seed));
        }
        try (Vault vault = Vault.withKeyring(file.getParent(), keyring)) {
            kept.add(vault.names());
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            vault.names();
            throw new AssertionError("an older copy was read");
        } catch (SecureStoreException e) {
            if (e.reason() != SecureStoreException.Reason.ROLLED_BACK) {
                throw e;
            }
        }
    }

    /** Takes no time and no memory for its key, as a passphrase does. */
    private static final class MemoryKeyring implements Keyring {
        private final Map<String, char[]> entries = new HashMap<>();

        @Override
        public Session open() {
            return new Session() {
                @Override
                public char @Nullable [] get(String name) {
                    char[] text = entries.get(name);
                    return text == null ? null : text.clone();
                }

                @Override
                public void put(String name, char[] text) {
                    entries.put(name, text.clone());
                }

                @Override
                public void remove(String name) {
                    entries.remove(name);
                }

                @Override
                public void close() {}
            };
        }
    }

    private static void logins(long seed) {
        kept.add(secret(Part.LOGIN_CONTROL, seed));
        Secret password = secret(Part.LOGIN_PASSWORD, seed);
        Secret changed = secret(Part.LOGIN_PASSWORD_CHANGED, seed);
        LoginCopies.live(password, changed);
        password.wipe();
        changed.wipe();
    }

    private static void write(Vault vault, String name, byte @Nullable [] value) throws Exception {
        Map<String, byte @Nullable []> changes = new HashMap<>();
        changes.put(name, value);
        try {
            vault.write(changes);
        } finally {
            if (value != null) {
                Arrays.fill(value, (byte) 0);
            }
        }
    }
}
