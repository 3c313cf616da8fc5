// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyPermanentlyInvalidatedException;
import android.security.keystore.StrongBoxUnavailableException;
import android.security.keystore.UserNotAuthenticatedException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Android's Keystore, which Robolectric lacks: keys by alias that are used here and never given away, nonces that only it chooses, keys that want a
 * user who authenticated, for a time or for each use, or that Android gave up. What it does not show is how a real device's chips fail.
 */
final class FakeAndroidKeystore extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static FakeAndroidKeystore installed;

    final transient Map<String, KeystoreSecret> keys = new HashMap<>();
    boolean userAuthenticated = true;
    boolean strongBoxFull;
    boolean fingersEnrolled = true;
    private final transient List<Gcm> begun = new ArrayList<>();

    private FakeAndroidKeystore() {
        super("AndroidKeyStore", "1", "for tests");
        put("KeyStore.AndroidKeyStore", Store.class.getName());
        put("KeyGenerator.AES", Generator.class.getName());
        put("Cipher.AES/GCM/NoPadding", Gcm.class.getName());
    }

    static FakeAndroidKeystore install() {
        FakeAndroidKeystore keystore = new FakeAndroidKeystore();
        installed = keystore;
        keystore.returnToService();
        return keystore;
    }

    /** Before the others, some of which take a key without bytes for one of theirs; Android sees to that too. */
    void returnToService() {
        Security.insertProviderAt(this, 1);
    }

    /** As if the device had none. */
    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** What a sensor tells the Keystore when it recognised somebody for what was begun with this cipher. */
    void authorise(Cipher recognisedFor) {
        for (Gcm each : begun) {
            each.authorised |= Arrays.equals(each.engineGetIV(), recognisedFor.getIV());
        }
    }

    /** Another finger or face. */
    void enrolAnother() {
        for (KeystoreSecret key : keys.values()) {
            key.invalidated |= key.forEachUse() && key.specification.isInvalidatedByBiometricEnrollment();
        }
    }

    /** A key that does not show its bytes. */
    static final class KeystoreSecret implements SecretKey {
        private static final long serialVersionUID = 1L;

        final transient KeyGenParameterSpec specification;
        private final byte[] bytes = new byte[32];
        boolean invalidated;

        private KeystoreSecret(KeyGenParameterSpec specification) {
            this.specification = specification;
            new SecureRandom().nextBytes(bytes);
        }

        private boolean forEachUse() {
            return specification.isUserAuthenticationRequired()
                    && specification.getUserAuthenticationValidityDurationSeconds() <= 0;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    public static final class Generator extends KeyGeneratorSpi {
        private KeyGenParameterSpec specification;

        @Override
        protected void engineInit(AlgorithmParameterSpec parameters, SecureRandom random) {
            specification = (KeyGenParameterSpec) parameters;
        }

        @Override
        protected void engineInit(SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int size, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineGenerateKey() {
            KeystoreSecret key = new KeystoreSecret(specification);
            if (key.forEachUse() && !installed.fingersEnrolled) {
                throw new IllegalStateException("At least one biometric must be enrolled");
            }
            if (android.os.Build.VERSION.SDK_INT >= 28
                    && specification.isStrongBoxBacked()
                    && installed.strongBoxFull) {
                throw new StrongBoxUnavailableException("full");
            }
            installed.keys.put(specification.getKeystoreAlias(), key);
            return key;
        }
    }

    public static final class Gcm extends CipherSpi {
        private Cipher cipher;
        private KeystoreSecret secret;
        private boolean authorised;

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            if (!(key instanceof KeystoreSecret known)) {
                throw new InvalidKeyException("not one of this keystore");
            }
            secret = known;
            if (secret.invalidated) {
                throw new KeyPermanentlyInvalidatedException("given up");
            }
            if (secret.forEachUse()) {
                installed.begun.add(this);
            } else if (secret.specification.isUserAuthenticationRequired() && !installed.userAuthenticated) {
                throw new UserNotAuthenticatedException("asks for the user");
            }
            if (mode == Cipher.ENCRYPT_MODE && parameters != null) {
                throw new InvalidAlgorithmParameterException("the caller must not choose the nonce");
            }
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
                cipher.init(mode, new SecretKeySpec(secret.bytes, "AES"), parameters);
            } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
            try {
                engineInit(mode, key, (AlgorithmParameterSpec) null, random);
            } catch (InvalidAlgorithmParameterException e) {
                throw new InvalidKeyException(e);
            }
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdateAAD(byte[] source, int offset, int length) {
            cipher.updateAAD(source, offset, length);
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int offset, int length) {
            return cipher.update(input, offset, length);
        }

        @Override
        protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int offset, int length)
                throws javax.crypto.IllegalBlockSizeException, javax.crypto.BadPaddingException {
            if (secret.forEachUse() && (secret.invalidated || !authorised)) {
                throw new javax.crypto.IllegalBlockSizeException("Key user not authenticated");
            }
            authorised = false;
            return cipher.doFinal(input, offset, length);
        }

        @Override
        protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineGetIV() {
            return cipher.getIV();
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return cipher.getParameters();
        }

        @Override
        protected int engineGetBlockSize() {
            return cipher.getBlockSize();
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return cipher.getOutputSize(length);
        }

        @Override
        protected void engineSetMode(String mode) {}

        @Override
        protected void engineSetPadding(String padding) {}
    }

    public static final class Store extends KeyStoreSpi {
        @Override
        public Key engineGetKey(String alias, char[] password) {
            return installed.keys.get(alias);
        }

        @Override
        public void engineDeleteEntry(String alias) {
            installed.keys.remove(alias);
        }

        @Override
        public boolean engineContainsAlias(String alias) {
            return installed.keys.containsKey(alias);
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(installed.keys.keySet());
        }

        @Override
        public int engineSize() {
            return installed.keys.size();
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return engineContainsAlias(alias);
        }

        @Override
        public void engineLoad(InputStream stream, char[] password) {}

        @Override
        public Certificate[] engineGetCertificateChain(String alias) {
            return null;
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            return null;
        }

        @Override
        public Date engineGetCreationDate(String alias) {
            return null;
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public void engineStore(OutputStream stream, char[] password) {
            throw new UnsupportedOperationException();
        }
    }
}
