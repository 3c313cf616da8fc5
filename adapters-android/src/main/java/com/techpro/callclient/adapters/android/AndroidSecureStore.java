// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Context;
import android.os.UserManager;
import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secure store as a vault file in the app's private directory that Android does not back up.
 * Its key and generation lie beside it, wrapped with a key that never leaves Android's Keystore. So
 * the files are worthless on another device, and here after log-out.
 *
 * <p>An older copy of the vault file alone is detected; one of the whole directory is not. Until
 * the user has unlocked the device for the first time after its start, the store is {@code LOCKED}.
 */
public final class AndroidSecureStore implements SecureStorePort {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Context context;
    private final Vault vault;

    /** @param name 1 to 32 characters of {@code a-z0-9-}; one store per name */
    public AndroidSecureStore(Context context, String name, KeyProtection protection) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a store's name is 1 to 32 of a-z, 0-9 and hyphen");
        }
        this.context = context.getApplicationContext();
        Path directory = directory(this.context, name);
        KeystoreKey key = new KeystoreKey(this.context, "callclient-" + name, protection);
        this.vault =
                Vault.withKeyring(directory.resolve("vault"), new KeystoreKeyring(key, directory.resolve("keyring")));
    }

    static Path directory(Context context, String name) {
        return context.getNoBackupFilesDir().toPath().resolve("callclient").resolve(name);
    }

    @Override
    public byte @Nullable [] read(String name) throws SecureStoreException {
        requireUnlocked();
        return vault.read(name);
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        requireUnlocked();
        return vault.names();
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        requireUnlocked();
        vault.write(changes);
    }

    @Override
    public void erase() throws SecureStoreException {
        requireUnlocked();
        vault.erase();
    }

    @Override
    public void close() {
        vault.close();
    }

    @Override
    public String toString() {
        return "AndroidSecureStore";
    }

    /** Before that even the directory is invisible, and would look like an empty store. */
    private void requireUnlocked() throws SecureStoreException {
        if (!context.getSystemService(UserManager.class).isUserUnlocked()) {
            throw new SecureStoreException(Reason.LOCKED, null);
        }
    }
}
