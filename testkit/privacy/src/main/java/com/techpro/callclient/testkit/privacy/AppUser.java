// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The user of an app: one client over the user's own encrypted vault. Logs in by e-mail and
 * password, quits and restarts the app, and logs out. Every step waits, on real sockets, until it
 * is done.
 */
public final class AppUser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Path home;
    private final Supplier<Vault> vaults;
    private final Runnable afterwards;
    private final PhoneSystem system;
    private final Function<SecureStorePort, CallClient> app;
    private Vault vault;
    private CallClient client;

    /**
     * Starts the app for the first time, over a vault with a passphrase.
     *
     * @param home the user's own directory, for the vault
     * @param passphrase of the vault; wiped when this user is closed
     * @param system the kind of phone system to log in to
     * @param app creates a client with that store
     */
    public AppUser(Path home, Secret passphrase, PhoneSystem system, Function<SecureStorePort, CallClient> app) {
        this(
                home,
                () -> Vault.withPassphrase(home.resolve("vault"), home.resolve("generation"), passphrase),
                passphrase::wipe,
                system,
                app);
    }

    /**
     * Starts the app for the first time.
     *
     * @param home the user's own directory
     * @param vaults opens the user's vault in that directory; called at each start
     */
    public AppUser(Path home, Supplier<Vault> vaults, PhoneSystem system, Function<SecureStorePort, CallClient> app) {
        this(home, vaults, () -> {}, system, app);
    }

    private AppUser(
            Path home,
            Supplier<Vault> vaults,
            Runnable afterwards,
            PhoneSystem system,
            Function<SecureStorePort, CallClient> app) {
        this.home = home;
        this.vaults = vaults;
        this.afterwards = afterwards;
        this.system = system;
        this.app = app;
        this.vault = vaults.get();
        this.client = app.apply(vault);
    }

    /** Returns the running client; a different one after {@link #restart}. */
    public CallClient client() {
        return client;
    }

    /** Logs in. After success the account is registered, and favourites and history are loaded. */
    public LoginResult logIn(Login login) {
        return settled(await("the login", client.login(system, login)));
    }

    /** Quits the app, starts it again over the same vault, and restores the login. */
    public LoginResult restart() {
        quit();
        vault = vaults.get();
        client = app.apply(vault);
        return settled(await("the login of the restarted app", client.restore(system)));
    }

    /** Logs out and keeps no data. */
    public LogoutResult logOut() {
        return await("the logout", client.logout(LogoutOptions.EVERYTHING));
    }

    private LoginResult settled(LoginResult result) {
        if (result instanceof LoginResult.LoggedIn user) {
            Account account = user.account();
            Await.until("the user is registered", () -> account.registration().state() == RegistrationState.REGISTERED);
            Await.until(
                    "favourites and history are there",
                    () -> isRead(client.people().favorites().snapshot().storage())
                            && isRead(client.people().history().snapshot().storage()));
        }
        return result;
    }

    private static boolean isRead(StorageStatus storage) {
        return storage.state() != StorageStatus.State.LOADING;
    }

    /** Returns the contents of each file in the user's directory, by path. */
    public Map<String, byte[]> onDisk() {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                read(file).ifPresent(content -> files.put(home.relativize(file).toString(), content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /**
     * A vault being written has a temporary file for a moment, which then replaces the previous
     * one.
     */
    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void quit() {
        try {
            await("the end of the app", client.shutdown(GOODBYE));
        } finally {
            vault.close();
        }
    }

    /** Quits the app for good. Files stay on disk. */
    @Override
    public void close() {
        quit();
        afterwards.run();
    }

    private static <T> T await(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + what, e);
        }
    }

    @Override
    public String toString() {
        return "AppUser[redacted]";
    }
}
