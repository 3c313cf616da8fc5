// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Build;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.KeyProperties;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key in Android's Keystore that protects no data. Each use requires the owner's finger or face,
 * and Android invalidates it when another one is enrolled. If it works, somebody was recognised who
 * was enrolled when it was created. From any thread.
 */
final class EnrolmentKey {
    // With a dot, which no secure store's alias has.
    static final String ALIAS = "callclient.enrolment";

    private static final String PROVIDER = "AndroidKeyStore";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    /**
     * Creates it anew. If that fails, for example because nobody is enrolled, there is none
     * afterwards.
     */
    void renew() throws GeneralSecurityException, IOException {
        KeyStore keystore = keystore();
        if (keystore.containsAlias(ALIAS)) {
            keystore.deleteEntry(ALIAS);
        }
        KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER);
        generator.init(specification());
        SecretKey unused = generator.generateKey();
    }

    /**
     * Returns a cipher that works once Android has recognised somebody for it. Null if another
     * finger or face was enrolled since, or there is no key.
     *
     * @throws RuntimeException from some vendors' key stores
     */
    @Nullable
    Cipher cipher() throws GeneralSecurityException, IOException {
        try {
            Key key = keystore().getKey(ALIAS, null);
            if (key == null) {
                return null;
            }
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (KeyPermanentlyInvalidatedException e) {
            return null;
        } catch (UnrecoverableKeyException e) {
            if (e.getCause() instanceof KeyPermanentlyInvalidatedException) {
                return null;
            }
            throw e;
        }
    }

    /** Returns {@link Answer#YES} only if the Keystore too accepts this cipher as authenticated. */
    Answer use(Cipher cipher) {
        try {
            byte[] unused = cipher.doFinal(new byte[1]);
            return Answer.YES;
        } catch (GeneralSecurityException | RuntimeException e) {
            return changed() ? Answer.ENROLMENT_CHANGED : Answer.UNAVAILABLE;
        }
    }

    private boolean changed() {
        try {
            return cipher() == null;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    private static KeyGenParameterSpec specification() {
        KeyGenParameterSpec.Builder specification = new KeyGenParameterSpec.Builder(
                        ALIAS, KeyProperties.PURPOSE_ENCRYPT)
                .setKeySize(256)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setUserAuthenticationRequired(true)
                .setInvalidatedByBiometricEnrollment(true);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            specification.setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG);
        }
        return specification.build();
    }

    private static KeyStore keystore() throws GeneralSecurityException, IOException {
        KeyStore keystore = KeyStore.getInstance(PROVIDER);
        keystore.load(null);
        return keystore;
    }
}
