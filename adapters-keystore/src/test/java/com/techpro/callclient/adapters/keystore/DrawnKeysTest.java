// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Promise S1: each key, salt and nonce is drawn, and none is drawn once for two uses. */
class DrawnKeysTest {
    private static final byte[] WRAPPING = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> every_key_salt_and_nonce_is_random() {
        return Map.<String, Callable<byte[]>>of(
                        "a file's data key and nonces", this::dataKeyAndNonces,
                        "a passphrase's salt, and the key from it", this::saltAndDerivedKey,
                        "the key in the keyring", this::keyringKey)
                .entrySet()
                .stream()
                .map(draw -> DynamicTest.dynamicTest(
                        draw.getKey(), () -> RandomDraws.assertRandomOctets(() -> octets(draw.getValue()))));
    }

    /** Read by the JDK's cipher, as docs/vault-format.md says. */
    private byte[] dataKeyAndNonces() throws Exception {
        VaultHeader header = new VaultHeader(VaultHeader.Holder.PASSPHRASE, Argon2Cost.FLOOR, new byte[16], 7);
        byte[] file = VaultFormat.seal(header, WRAPPING, Map.of(), random);
        byte[] wrapNonce = Arrays.copyOfRange(file, 48, 60);
        byte[] bodyNonce = Arrays.copyOfRange(file, 108, 120);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(WRAPPING, "AES"), new GCMParameterSpec(128, wrapNonce));
        cipher.updateAAD(file, 0, 48);
        byte[] dataKey = cipher.doFinal(file, 60, 48);
        return joined(dataKey, wrapNonce, bodyNonce);
    }

    private byte[] saltAndDerivedKey() throws Exception {
        GenerationFile generation = new GenerationFile(new VaultFiles(directory, DiskOperations.REAL));
        try (var holder = new PassphraseHolder(
                        Secret.of("always the same"), generation, VaultPlace.CHEAP, random, System::nanoTime);
                KeyHolder.Access access = holder.access()) {
            KeyHolder.NewKey made = access.newKey();
            return joined(made.header().salt(), made.key());
        }
    }

    private byte[] keyringKey() throws Exception {
        try (var holder = new KeyringHolder(new FakeKeyring(), random);
                KeyHolder.Access access = holder.access()) {
            return access.newKey().key();
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(joined::put);
        return joined.array();
    }

    private static byte[] octets(Callable<byte[]> draw) {
        try {
            return draw.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
