// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VaultFormatTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VaultHeader HEADER =
            new VaultHeader(VaultHeader.Holder.PASSPHRASE, Argon2Cost.FLOOR, new byte[16], 7);

    private final SecureRandom random = new SecureRandom();
    private final byte[] file = VaultFormat.seal(
            HEADER, KEY, Map.of("password", "secret".getBytes(StandardCharsets.UTF_8), "empty", new byte[0]), random);

    @Test
    void a_sealed_vault_opens() throws Exception {
        VaultHeader header = VaultFormat.header(file);

        assertThat(header.holder()).isEqualTo(VaultHeader.Holder.PASSPHRASE);
        assertThat(header.cost()).isEqualTo(Argon2Cost.FLOOR);
        assertThat(header.generation()).isEqualTo(7);
        Map<String, byte[]> values = VaultFormat.open(file, KEY, Reason.WRONG_PASSPHRASE);
        assertThat(values.get("password")).asString().isEqualTo("secret");
        assertThat(values.get("empty")).isEmpty();
    }

    @Test
    void every_flipped_bit_is_refused() {
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            reasons.merge(refusal(changed), 1, Integer::sum);
        }

        // The version is 1: each of its other fifteen bits makes it a later one.
        assertThat(reasons).containsOnlyKeys(Reason.CORRUPT, Reason.TOO_NEW).containsEntry(Reason.TOO_NEW, 15);
        assertThat(reasons.get(Reason.CORRUPT)).isEqualTo(file.length * 8 - 15);
    }

    @Test
    void every_flipped_bit_is_refused_also_when_the_checksum_was_made_to_fit() throws Exception {
        for (int bit = 0; bit < VaultFormat.HEADER_LENGTH * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] checksum =
                    MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(changed, VaultFormat.HEADER_LENGTH - 32));
            System.arraycopy(checksum, 0, changed, VaultFormat.HEADER_LENGTH - 32, 32);
            if (!Arrays.equals(changed, file)) {
                assertThat(refusal(changed)).isIn(Reason.CORRUPT, Reason.TOO_NEW, Reason.WRONG_PASSPHRASE);
            }
        }
    }

    @Test
    void every_truncation_and_every_extension_is_refused() {
        for (int length = 0; length < file.length; length++) {
            assertThat(refusal(Arrays.copyOf(file, length))).isEqualTo(Reason.CORRUPT);
        }
        assertThat(refusal(Arrays.copyOf(file, file.length + 1))).isEqualTo(Reason.CORRUPT);
        assertThat(refusal(Arrays.copyOf(file, file.length + 1024))).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void parts_of_two_files_under_one_key_do_not_fit_together() {
        byte[] other =
                VaultFormat.seal(HEADER, KEY, Map.of("password", "secret".getBytes(StandardCharsets.UTF_8)), random);
        byte[] mixed = file.clone();
        System.arraycopy(
                other,
                VaultFormat.HEADER_LENGTH,
                mixed,
                VaultFormat.HEADER_LENGTH,
                file.length - VaultFormat.HEADER_LENGTH);

        assertThat(refusal(mixed)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void another_key_is_told_from_damage() {
        byte[] other = KEY.clone();
        other[0] ^= 1;

        assertThatThrownBy(() -> VaultFormat.open(file, other, Reason.WRONG_PASSPHRASE))
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.WRONG_PASSPHRASE));
    }

    @Test
    void a_file_may_not_ask_for_endless_work_to_derive_its_key() {
        for (Argon2Cost cost : new Argon2Cost[] {
            new Argon2Cost(Integer.MAX_VALUE, 3, 1),
            new Argon2Cost(-1, 3, 1),
            new Argon2Cost(64 * 1024, Integer.MAX_VALUE, 1),
            new Argon2Cost(64 * 1024, 0, 1),
            new Argon2Cost(64 * 1024, 3, 0),
            new Argon2Cost(64 * 1024, 3, 1 << 24)
        }) {
            byte[] greedy = VaultFormat.seal(
                    new VaultHeader(VaultHeader.Holder.PASSPHRASE, cost, new byte[16], 1), KEY, Map.of(), random);
            assertThat(refusal(greedy)).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void the_length_tells_no_more_than_the_number_of_blocks() {
        int shortPassword = VaultFormat.seal(HEADER, KEY, Map.of("p", new byte[6]), random).length;
        int longPassword = VaultFormat.seal(HEADER, KEY, Map.of("p", new byte[60]), random).length;

        assertThat(shortPassword).isEqualTo(longPassword);
    }

    @Test
    void the_largest_content_fits() throws Exception {
        Map<String, byte[]> values = new TreeMap<>();
        for (int i = 0; i < 65_536; i++) {
            values.put("x".repeat(58) + String.format("%06d", i), new byte[128]);
        }
        VaultBody.checkSize(values);

        byte[] sealed = VaultFormat.seal(HEADER, KEY, values, random);

        assertThat(sealed.length).isLessThanOrEqualTo(VaultFormat.MOST_FILE_LENGTH);
        assertThat(VaultFormat.open(sealed, KEY, Reason.KEY_MISSING)).hasSize(65_536);
    }

    private static Reason refusal(byte[] changed) {
        try {
            VaultFormat.header(changed);
            VaultFormat.open(changed, KEY, Reason.WRONG_PASSPHRASE);
        } catch (SecureStoreException e) {
            return e.reason();
        }
        throw new AssertionError("was accepted");
    }
}
