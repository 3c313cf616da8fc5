// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The macOS Keychain and the Windows Credential Manager, by java-keyring. It has not been run on
 * either yet.
 *
 * <p>java-keyring passes texts as {@code String}s, which cannot be wiped. It does not distinguish a
 * missing entry from an unreadable one, so both count as missing. That never costs the user's data:
 * a key is created only if there is no file.
 */
final class SystemKeyring implements Keyring {
    private final KeyringStorageType type;
    private final String service;

    private SystemKeyring(KeyringStorageType type, String service) {
        this.type = type;
        this.service = service;
    }

    /** Returns the keyring of the operating system. */
    static Keyring of(String operatingSystem, String service) {
        String name = operatingSystem.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return new SystemKeyring(KeyringStorageType.WINDOWS_CREDENTIAL_STORE, service);
        }
        if (name.startsWith("mac")) {
            return new SystemKeyring(KeyringStorageType.OSX_KEYCHAIN, service);
        }
        return new SecretServiceKeyring(service);
    }

    @Override
    public Session open() throws SecureStoreException {
        try {
            return new Entries(com.github.javakeyring.Keyring.create(type), service);
        } catch (BackendNotSupportedException | RuntimeException | LinkageError e) {
            throw new SecureStoreException(Reason.UNAVAILABLE, Redacted.of(e));
        }
    }

    private static final class Entries implements Session {
        private final com.github.javakeyring.Keyring keyring;
        private final String service;

        Entries(com.github.javakeyring.Keyring keyring, String service) {
            this.keyring = keyring;
            this.service = service;
        }

        @Override
        public char @Nullable [] get(String name) throws SecureStoreException {
            try {
                String text = keyring.getPassword(service, name);
                return text == null ? null : text.toCharArray();
            } catch (PasswordAccessException e) {
                return null;
            } catch (RuntimeException e) {
                throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
            }
        }

        @Override
        public void put(String name, char[] text) throws SecureStoreException {
            String written = new String(text);
            try {
                keyring.setPassword(service, name, written);
                if (!written.equals(keyring.getPassword(service, name))) {
                    throw new SecureStoreException(Reason.FAILED, null);
                }
            } catch (PasswordAccessException e) {
                throw new SecureStoreException(Reason.LOCKED, Redacted.of(e));
            } catch (RuntimeException e) {
                throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
            }
        }

        @Override
        public void remove(String name) throws SecureStoreException {
            if (get(name) == null) {
                return;
            }
            try {
                keyring.deletePassword(service, name);
            } catch (PasswordAccessException e) {
                throw new SecureStoreException(Reason.LOCKED, Redacted.of(e));
            } catch (RuntimeException e) {
                throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
            }
            if (get(name) != null) {
                throw new SecureStoreException(Reason.FAILED, null);
            }
        }

        @Override
        public void close() {
            try {
                keyring.close();
            } catch (Exception e) {
                // Nothing was pending: each operation was completed and checked before.
            }
        }
    }
}
