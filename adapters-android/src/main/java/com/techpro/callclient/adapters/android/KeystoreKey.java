// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.KeyProperties;
import android.security.keystore.StrongBoxUnavailableException;
import android.security.keystore.UserNotAuthenticatedException;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.time.Duration;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An AES key in Android's Keystore. It encrypts and decrypts there, and its bytes never leave it.
 */
final class KeystoreKey {
    static final int NONCE_LENGTH = 12;

    private static final String PROVIDER = "AndroidKeyStore";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;

    private final Context context;
    private final String alias;
    private final KeyProtection protection;

    KeystoreKey(Context context, String alias, KeyProtection protection) {
        this.context = context;
        this.alias = alias;
        this.protection = protection;
    }

    /** Checks that the Keystore is usable at all. */
    void requireAvailable() throws SecureStoreException {
        KeyStore unused = keystore();
    }

    /**
     * Returns the nonce, which the Keystore chooses, and the ciphertext.
     *
     * @param first whether nothing was encrypted with this key yet, so that a missing key is
     *     created
     */
    byte[] encrypt(byte[] plain, byte[] authenticated, boolean first) throws SecureStoreException {
        try {
            Key key = keystore().getKey(alias, null);
            if (key == null && !first) {
                throw new SecureStoreException(Reason.KEY_MISSING, null);
            }
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.ENCRYPT_MODE, key == null ? generate() : key);
            cipher.updateAAD(authenticated);
            byte[] encrypted = cipher.doFinal(plain);
            byte[] nonce = cipher.getIV();
            byte[] both = new byte[NONCE_LENGTH + encrypted.length];
            System.arraycopy(nonce, 0, both, 0, NONCE_LENGTH);
            System.arraycopy(encrypted, 0, both, NONCE_LENGTH, encrypted.length);
            return both;
        } catch (GeneralSecurityException | ProviderException e) {
            throw failure(e);
        }
    }

    byte[] decrypt(byte[] nonceAndEncrypted, byte[] authenticated) throws SecureStoreException {
        try {
            Key key = keystore().getKey(alias, null);
            if (key == null) {
                throw new SecureStoreException(Reason.KEY_MISSING, null);
            }
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonceAndEncrypted, 0, NONCE_LENGTH));
            cipher.updateAAD(authenticated);
            return cipher.doFinal(nonceAndEncrypted, NONCE_LENGTH, nonceAndEncrypted.length - NONCE_LENGTH);
        } catch (GeneralSecurityException | ProviderException e) {
            throw failure(e);
        }
    }

    /** Deletes the key; when it returns there is none. */
    void delete() throws SecureStoreException {
        try {
            KeyStore keystore = keystore();
            if (keystore.containsAlias(alias)) {
                keystore.deleteEntry(alias);
            }
            if (keystore.containsAlias(alias)) {
                throw new SecureStoreException(Reason.FAILED, null);
            }
        } catch (KeyStoreException e) {
            throw failure(e);
        }
    }

    private SecretKey generate() throws GeneralSecurityException {
        if (protection.strongBox()
                && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P
                && context.getPackageManager().hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)) {
            try {
                return generate(specification().setIsStrongBoxBacked(true).build());
            } catch (StrongBoxUnavailableException e) {
                // It is full, or does not support these keys: the processor's own store does.
            }
        }
        return generate(specification().build());
    }

    private static SecretKey generate(KeyGenParameterSpec specification) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER);
        generator.init(specification);
        return generator.generateKey();
    }

    private KeyGenParameterSpec.Builder specification() {
        KeyGenParameterSpec.Builder specification = new KeyGenParameterSpec.Builder(
                        alias, KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT)
                .setKeySize(256)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE);
        Duration after = protection.afterUserAuthentication();
        if (after != null) {
            specification.setUserAuthenticationRequired(true);
            validFor(specification, (int) after.getSeconds());
        }
        return specification;
    }

    @SuppressWarnings("deprecation") // the newer method exists from API 30
    private static void validFor(KeyGenParameterSpec.Builder specification, int seconds) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            specification.setUserAuthenticationParameters(
                    seconds, KeyProperties.AUTH_BIOMETRIC_STRONG | KeyProperties.AUTH_DEVICE_CREDENTIAL);
        } else {
            specification.setUserAuthenticationValidityDurationSeconds(seconds);
        }
    }

    private static KeyStore keystore() throws SecureStoreException {
        try {
            KeyStore keystore = KeyStore.getInstance(PROVIDER);
            keystore.load(null);
            return keystore;
        } catch (GeneralSecurityException | IOException e) {
            throw new SecureStoreException(Reason.UNAVAILABLE, Redacted.of(e));
        }
    }

    private static SecureStoreException failure(Exception e) {
        return new SecureStoreException(reason(e), Redacted.of(e));
    }

    private static Reason reason(@Nullable Throwable e) {
        if (e instanceof UserNotAuthenticatedException) {
            return Reason.LOCKED;
        }
        if (e instanceof KeyPermanentlyInvalidatedException) {
            return Reason.KEY_MISSING; // invalidated by removing the screen lock
        }
        if (e instanceof AEADBadTagException) {
            return Reason.CORRUPT;
        }
        if (e instanceof UnrecoverableKeyException) {
            // An invalidated key shows only in the cause.
            return reason(e.getCause());
        }
        return Reason.FAILED;
    }
}
